import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, careTeam, held, nhsNumber, searchSet } from '../fixtures/bundles.js';
import { nextTask, unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { selectsButtons } from '../support/page/engine.js';
import { button, find, rootOf } from '../support/page/page.js';
import { islington, layouts, open, states, stateNamed, sunday } from '../support/page/states.js';

const folded = (text: string): string => text.replace(/[ \t\n]+/g, ' ').trim();

/** The visible texts of a banner, in order, without those for screen readers. */
function seen(banner: CpIsBanner): string {
  const texts: string[] = [];
  const walker = document.createTreeWalker(find(banner, '.sheet'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const { nodeValue, parentElement } = walker.currentNode as Text;
    const isSeen = parentElement?.checkVisibility({ visibilityProperty: true }) === true;
    if (isSeen && parentElement.closest(selectsButtons ? '.unseen, svg' : '.unseen, svg, button') === null)
      texts.push(nodeValue ?? '');
  }
  return texts.join('');
}

/** What a drag over the whole banner selects. */
function selected(banner: CpIsBanner): string {
  const selection = getSelection();
  selection?.selectAllChildren(find(banner, '.sheet'));
  const text = selection?.toString() ?? '';
  selection?.removeAllRanges();
  return text;
}

/** The text without white space, because a line's end and a space mean the same to whoever pastes it. */
const words = (text: string): string => text.replace(/\s+/g, '');

describe('what is copied', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  for (const layout of layouts)
    it(`by a drag over the banner is what is seen, in every state: ${layout}`, async () => {
      for (const state of states) {
        const banner = await open(state, state.only ?? 'unscheduled', { layout });
        if (state.name === 'idle') continue;
        expect(words(selected(banner)), state.name).to.equal(words(seen(banner)));
        expect(selected(banner), `${state.name}: plain spaces`).not.to.match(/[\u00a0\u2000-\u200f]/);
        banner.remove();
      }
    });

  it('by a drag over one number is that number', async () => {
    const banner = await open(stateNamed('child protection plan'));
    for (const [selector, number] of [
      ['.number .phone', '020 7946 0123'],
      ['ul .phone', '020 7946 0199'],
    ] as const) {
      getSelection()?.selectAllChildren(find(banner, selector));
      expect(getSelection()?.toString()).to.equal(number);
    }
  });

  it('never joins two numbers that stand on one line', async () => {
    const two = held(islington, { ...islington, start: '2026-01-01', office: '02079460188', emergency: '02079460456' });
    const state = stateNamed('child protection plan');
    for (const layout of layouts) {
      const banner = await open({ ...state, scripts: { ...state.scripts, CareTeam: { body: two } } }, 'unscheduled', {
        layout,
      });
      expect(selected(banner).match(/\d[\d ]{9,}\d/g)).to.include.members([
        '020 7946 0123',
        '020 7946 0456',
        '020 7946 0188',
        '020 7946 0199',
      ]);
      banner.remove();
    }
  });

  /** Presses the button, and returns what reached the clipboard. */
  async function copiedBy(banner: CpIsBanner, name: string): Promise<string> {
    let text = '';
    const clipboard = { writeText: (written: string) => ((text = written), Promise.resolve()) };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    try {
      button(banner, name).click();
      await nextTask(5);
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
    return text;
  }

  it('by Copy is the number as it is seen, with plain spaces', async () => {
    const banner = await open(stateNamed('several authorities'));
    for (const [name, number] of [
      ['Copy Islington emergency duty team 020 7946 0123', '020 7946 0123'],
      ['Copy Hackney emergency duty team 020 7946 0456', '020 7946 0456'],
    ] as const)
      expect(await copiedBy(banner, name)).to.equal(number);
  });

  const notes: readonly [state: string, attendance: 'unscheduled' | 'scheduled', text: string][] = [
    [
      'child protection plan',
      'unscheduled',
      'Safeguarding: hide from online and proxy access. CP-IS checked 22-Nov-2026 21:42, NHS No. ending 0018. ' +
        'Child protection plan since 26-Sep-2025, Islington. 3 visits. Islington emergency duty team 020 7946 0123. ' +
        'Rang social care? No / Yes (whom, when, outcome):',
    ],
    [
      'several authorities',
      'scheduled',
      'Safeguarding: hide from online and proxy access. CP-IS checked 22-Nov-2026 21:42, NHS No. ending 0018. ' +
        'Child protection plan since 26-Sep-2025, Islington; unborn baby: child protection plan since 02-Oct-2026, Sheffield; ' +
        'looked after since 03-Feb-2026, Hackney; child protection plan since 06-Jan-2025, ended 14-Mar-2026, Narnia Council. ' +
        '3 visits. Islington emergency duty team 020 7946 0123. Sheffield emergency duty team 0114 496 0123. ' +
        'Hackney emergency duty team 020 7946 0456. Rang social care? No / Yes (whom, when, outcome):',
    ],
    [
      'visits failed',
      'unscheduled',
      'Safeguarding: hide from online and proxy access. CP-IS checked 22-Nov-2026 21:42, NHS No. ending 0018. ' +
        'Child protection plan since 26-Sep-2025, Islington. Earlier visits not available. ' +
        'Islington emergency duty team 020 7946 0123. Rang social care? No / Yes (whom, when, outcome):',
    ],
    [
      'none',
      'unscheduled',
      'CP-IS checked 22-Nov-2026 21:42, NHS No. ending 0018: no record. This does not rule out a concern.',
    ],
    [
      'not checked: busy',
      'unscheduled',
      'CP-IS could not be checked 22-Nov-2026 21:42, NHS No. ending 0018: status unknown. Referred as usual? No / Yes (whom, when):',
    ],
    [
      'not checked: nhs-number-missing',
      'unscheduled',
      'CP-IS could not be checked 22-Nov-2026 21:42: status unknown. Referred as usual? No / Yes (whom, when):',
    ],
  ];
  for (const [name, attendance, text] of notes)
    it(`for the notes: ${name}, ${attendance}; the host gets the same text`, async () => {
      const banner = await open(stateNamed(name), attendance);
      const counted = (note: string): string =>
        note.replace(/(?:About )?\d+ (?:earlier|unscheduled) visits?, \d+ in the last 30 days/, '3 visits');
      expect(counted(banner.note())).to.equal(text);
      expect(await copiedBy(banner, 'Copy for the notes')).to.equal(banner.note());
    });

  const headers = { Date: new Date(sunday).toUTCString() };
  const office = { system: 'phone', value: '02079460199', use: 'work' };
  for (const [name, telecom, number] of [
    [
      'the number of no known line, when by night nobody answers the other',
      [office, { system: 'phone', value: '02079460777' }],
      'Islington other number 020 7946 0777.',
    ],
    ['no number, when by night nobody answers the only one', [office], ''],
  ] as const)
    it(`for the notes has ${name}, as the banner does`, async () => {
      const body = searchSet('CareTeam', [{ ...careTeam(islington), telecom }], nhsNumber);
      const banner = await open({
        ...stateNamed('visits empty'),
        scripts: { CareTeam: { body, headers }, AuditEvent: { body: accesses([]), headers } },
      });
      const large = [...rootOf(banner).querySelectorAll('.number .phone')].map(({ textContent }) => textContent.trim());
      expect(large).to.deep.equal(number === '' ? [] : ['020 7946 0777']);
      expect(/in CP-IS\. (.*)Rang social care/.exec(banner.note())?.[1]?.trim()).to.equal(number);
    });

  it('for the notes has no place, no staff and no complete NHS number, in any state', async () => {
    for (const state of states) {
      const banner = await open(state, state.only ?? 'unscheduled');
      expect(banner.note(), state.name).not.to.match(/Whittington|111 London|SHAH|OKAFOR|LEWIS|999 ?000 ?0018|\u00a0/);
      banner.remove();
    }
  });

  it('for the notes is not offered while nothing is known, or before a discreet banner is revealed', async () => {
    for (const name of ['idle', 'checking']) expect((await open(stateNamed(name))).note(), name).to.equal('');
    const banner = await open(stateNamed('child protection plan'), 'unscheduled', { discreet: true });
    expect(folded(seen(banner)).replace(/ ?Show$/, '')).to.equal('Please read: CP-IS');
    expect(banner.note()).to.contain('Child protection plan');
    button(banner, 'Show').click();
    await banner.updateComplete;
    expect(rootOf(banner).querySelectorAll('button')[0]?.innerText.trim()).to.equal('Copy for the notes');
  });
});
