import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, otherNumber } from '../fixtures/bundles.js';
import { answered, isSlotShown, mount, nextTask, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { emulateMedia } from '../support/page/devtools.js';
import { needing } from '../support/page/engine.js';
import { button, find } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const ignore = (): void => undefined;
/** The visible text, on paper or on the screen. */
const seenIn = (banner: CpIsBanner): string => find(banner, 'section').innerText;

/**
 * Another document. The frame stands for a pop-up or a picture-in-picture window, which adopt elements in the same way.
 */
function otherDocument(): Document & { readonly defaultView: Window & typeof globalThis } {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame.contentDocument as Document & { readonly defaultView: Window & typeof globalThis };
}

describe('the tag in another document', () => {
  let banner: CpIsBanner;
  let register: ScriptedRegister;
  beforeEach(async () => {
    register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body: accesses([]) } });
    banner = await answered(mount(register, { discreet: true }));
  });
  afterEach(async () => {
    banner.remove();
    unmountAll();
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
    await emulateMedia();
  });

  it('has its styles there, in the same task, and again after moving back', () => {
    const { body } = document;
    for (const place of [otherDocument().body, otherDocument().body, body]) {
      place.append(banner);
      expect(banner.shadowRoot!.adoptedStyleSheets).to.have.lengthOf(1);
      expect(getComputedStyle(banner.shadowRoot!.querySelector('.printed')!).display).to.equal('none');
      expect(isSlotShown(banner)).to.equal(false);
    }
  });

  it('is not a reason to ask again after a move', async () => {
    otherDocument().body.append(banner);
    await nextTask(50);
    expect([banner.status, (await register.log()).length]).to.deep.equal(['current', 2]);
  });

  needing('paper').it('details that were shown are not printed', async () => {
    button(banner, 'Show').click();
    otherDocument().body.append(banner);
    await banner.updateComplete;
    expect(seenIn(banner)).to.contain('Islington');
    await emulateMedia({ print: true });
    expect(seenIn(banner)).to.not.contain('Islington').and.to.not.equal('');
  });

  it('details that were shown are hidden when that window loses the focus, and not when the old one does', async () => {
    const { body, defaultView } = otherDocument();
    body.append(banner);
    button(banner, 'Show').click();
    await banner.updateComplete;
    dispatchEvent(new Event('blur'));
    await banner.updateComplete;
    expect(seenIn(banner)).to.contain('Islington');
    defaultView.dispatchEvent(new Event('blur'));
    await banner.updateComplete;
    expect(seenIn(banner)).to.not.contain('Islington');
  });

  it('asks when that document is seen, whatever the visibility of the page', async () => {
    const other = otherDocument();
    other.body.append(banner);
    const mendPage = replace(document, 'visibilityState', 'hidden');
    const mend = replace(other, 'visibilityState', 'hidden');
    await register.script({ CareTeam: { body: none(otherNumber) } });
    banner.nhsNumber = otherNumber;
    await nextTask(100);
    expect([banner.status, (await register.log()).length]).to.deep.equal(['checking', 2]);
    mend();
    other.dispatchEvent(new Event('visibilitychange'));
    await answered(banner);
    mendPage();
    expect(banner.status).to.equal('none');
  });

  for (const [what, breaks] of [
    [
      'cannot be made there',
      ({ defaultView }: ReturnType<typeof otherDocument>) => replace(defaultView, 'CSSStyleSheet', undefined),
    ],
    [
      'are not taken there',
      () => {
        Object.defineProperty(banner.shadowRoot!, 'adoptedStyleSheets', {
          configurable: true,
          get: () => [],
          set: ignore,
        });
        return () => Reflect.deleteProperty(banner.shadowRoot!, 'adoptedStyleSheets');
      },
    ],
  ] as const)
    it(`whose styles ${what}: the light DOM shows, and nothing without styles`, async () => {
      const other = otherDocument();
      const mend = breaks(other);
      other.body.append(banner);
      expect(isSlotShown(banner)).to.equal(true);
      expect(banner.status).to.equal('not-checked');
      banner.requestUpdate();
      await banner.updateComplete;
      expect(isSlotShown(banner)).to.equal(true);
      expect(banner.shadowRoot!.querySelector('section')).to.equal(null);
      mend();
    });
});
