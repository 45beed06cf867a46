import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, otherNumber } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { button } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

/** Every text in a banner. */
function textsIn(banner: CpIsBanner): readonly Text[] {
  const walker = document.createTreeWalker(banner.shadowRoot!, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode.textContent?.trim() !== '') found.push(walker.currentNode as Text);
  return found;
}

/** What programs that write into pages do to its texts. */
const writers: Readonly<Record<string, (banner: CpIsBanner) => void>> = {
  'a translator, which puts an element in the place of each text': (banner) => {
    for (const text of textsIn(banner)) {
      const translated = document.createElement('span');
      translated.textContent = `~${text.data}`;
      text.replaceWith(translated);
    }
  },
  'a translator, which writes into each text': (banner) => {
    for (const text of textsIn(banner)) text.data = `~${text.data}`;
  },
  'a detector of numbers, which makes links of them': (banner) => {
    for (const text of textsIn(banner)) {
      if (!/\d/.test(text.data)) continue;
      const link = document.createElement('a');
      link.href = 'tel:0';
      text.replaceWith(link);
      link.append(text);
    }
  },
  'a detector of words, which splits texts': (banner) => {
    for (const text of textsIn(banner)) if (text.length > 3) text.splitText(2);
  },
  'a reader’s help, which writes everything anew': (banner) => {
    const section = banner.shadowRoot?.querySelector('section');
    const { innerHTML = '' } = section ?? {};
    if (section) section.innerHTML = innerHTML;
  },
  'a blocker, which takes everything away': (banner) => {
    banner.shadowRoot?.querySelector('section')?.replaceChildren();
  },
  'a writer who joins texts': (banner) => {
    banner.shadowRoot?.querySelector('section')?.normalize();
  },
};

const now = '2026-11-20T16:50:30Z';
const headers = { Date: new Date(now).toUTCString() };
const scripts = (body: object): object => ({ body, headers });

/** Things that happen afterwards, none of which may leave an old line. */
const turns: Readonly<Record<string, (banner: CpIsBanner) => Promise<unknown>>> = {
  'the next patient': (banner) => {
    banner.nhsNumber = otherNumber;
    return answered(banner);
  },
  nobody: (banner) => {
    banner.clear();
    return banner.updateComplete;
  },
  'another layout': (banner) => {
    banner.layout = 'panel';
    return banner.updateComplete;
  },
  'out of sync': (banner) => {
    banner.outOfSync = true;
    return banner.updateComplete;
  },
  'Hide, once it has been drawn again': async (banner) => {
    banner.requestUpdate();
    await banner.updateComplete;
    button(banner, 'Hide').click();
    await banner.updateComplete;
  },
};

describe('others who write into the page', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  const open = async (): Promise<CpIsBanner> => {
    stopDateAt(now);
    const register = await ScriptedRegister.answering({
      CareTeam: { ...scripts(held({ name: 'Quillshire', end: '2026-01-01' }, {})), then: scripts(none(otherNumber)) },
      AuditEvent: scripts(accesses([{ at: '2026-11-01T10:00:00Z' }])),
    });
    const banner = await answered(mount(register));
    await nextTask();
    return banner;
  };

  for (const [what, turn] of Object.entries(turns))
    for (const [who, write] of Object.entries(writers))
      it(`${who}: then ${what}: no old line stays`, async () => {
        const untouched = await open();
        await turn(untouched);
        const expected = textOf(untouched);
        const banner = await open();
        write(banner);
        await turn(banner);
        expect(textOf(banner)).to.equal(expected);
        expect(banner.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.hidden).to.equal(true);
      });

  it('elements that nobody else has written into are updated, not replaced', async () => {
    const banner = await open();
    const section = banner.shadowRoot?.querySelector('section');
    banner.outOfSync = true;
    await banner.updateComplete;
    expect(banner.shadowRoot?.querySelector('section')).to.equal(section);
  });

  it('the focus stays in the banner', async () => {
    const banner = await open();
    button(banner, 'Opened in error?').focus();
    writers['a translator, which writes into each text']?.(banner);
    banner.outOfSync = true;
    await banner.updateComplete;
    expect(banner.shadowRoot?.activeElement?.localName).to.match(/button|section/);
  });

  it('it tells translation tools not to translate', async () => {
    const section = (await open()).shadowRoot?.querySelector('section');
    expect([section?.translate, section?.classList.contains('notranslate')]).to.deep.equal([false, true]);
  });
});
