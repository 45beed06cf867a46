import { virtual } from '@guidepup/virtual-screen-reader/browser.js';
import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { open, stateNamed, sunday } from '../support/page/states.js';

/** What screen readers do not say unless asked: where a part ends, and plain parts of a text. */
const unsaid = /^(end of .*|paragraph|strong|list|status|alert|cell|row(group)?(, .*)?)$/;

/** What is said from the banner's first word to its last, one utterance per line. */
async function transcript(banner: CpIsBanner): Promise<readonly string[]> {
  await virtual.start({ container: find(banner, 'section') });
  while (!(await virtual.lastSpokenPhrase()).startsWith('end of region')) await virtual.next();
  const spoken = await virtual.spokenPhraseLog();
  await virtual.stop();
  const announced = [...rootOf(banner).querySelectorAll('section ~ .unseen')].map(({ textContent }) => textContent);
  return [
    ...withoutParts(spoken.filter((phrase) => !unsaid.test(phrase))).map((phrase) =>
      phrase.replace(/^listitem, level 1, position (\d), set size (\d)$/, 'item $1 of $2'),
    ),
    ...announced.filter((text) => text !== ''),
  ];
}

/** Drops the parts of a link, a button, a cell or a heading, because its name has just been said. */
function withoutParts(spoken: readonly string[]): readonly string[] {
  let name: string | undefined;
  return spoken.filter((phrase) => {
    const isPart = name?.includes(phrase) === true;
    if (!isPart) name = /^(link|button|cell|heading), /.test(phrase) ? phrase : undefined;
    return !isPart;
  });
}

describe('what a screen reader says, from the first word to the last', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  it('a child protection plan, on a Sunday evening', async () => {
    const banner = await open(stateNamed('child protection plan'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, Child protection plan, level 2',
      'since 26 September 2025 · Islington',
      'NHS No. 999 000 0018',
      'Checked 21:42',
      'button, Copy for the notes',
      'button, Hide',
      'heading, If concerned, ring Islington emergency duty team, level 3',
      'link, Ring Islington emergency duty team 020 7946 0123',
      'button, Copy Islington emergency duty team 020 7946 0123',
      'item 1 of 1',
      'office',
      'link, Ring Islington office 020 7946 0199',
      'usually opens 09:00 Monday',
      'heading, About 3 earlier visits, 2 in the last 30 days, level 3',
      'at 2 services · CP-IS viewed 4 times · Viewed in the last 12 hours at Whittington Hospital, emergency department: 1 staff',
      'button, Details, not expanded',
      'CP-IS alerts Islington automatically.',
      'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
      'button, Opened in error?, not expanded',
      'CP-IS: Child protection plan',
    ]);
  });

  it('two authorities: each with its line, its plan and its numbers', async () => {
    const banner = await open(stateNamed('several authorities'));
    const said = await transcript(banner);
    const first = said.findIndex((phrase) => phrase.startsWith('heading, If concerned'));
    const last = said.findIndex((phrase) => phrase.includes('earlier visits'));
    expect(said.slice(first, last)).to.deep.equal([
      'heading, If concerned, ring (the offices usually open again 09:00 Monday), level 3',
      'Islington',
      ', emergency duty team',
      'child protection plan',
      'office',
      'link, Ring Islington office 020 7946 0199',
      'link, Ring Islington emergency duty team 020 7946 0123',
      'button, Copy Islington emergency duty team 020 7946 0123',
      'Sheffield',
      ', emergency duty team',
      'Out of area',
      'unborn baby’s plan',
      'office',
      'link, Ring Sheffield office 0114 496 0199',
      'link, Ring Sheffield emergency duty team 0114 496 0123',
      'button, Copy Sheffield emergency duty team 0114 496 0123',
      'Hackney',
      ', emergency duty team',
      'Out of area',
      'looked after',
      'office',
      'link, Ring Hackney office 020 7946 0188',
      'link, Ring Hackney emergency duty team 020 7946 0456',
      'button, Copy Hackney emergency duty team 020 7946 0456',
      'Plan ended, Narnia Council:',
      'office',
      'link, Ring Narnia Council office 020 7946 0199',
      'emergency duty team',
      'link, Ring Narnia Council emergency duty team 020 7946 0123',
    ]);
  });

  it('no record', async () => {
    const banner = await open(stateNamed('none'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'No CP-IS record for this NHS number.',
      'This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only. Concerned? Refer as usual.',
      'Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.',
      'NHS No. 999 000 0018',
      'Checked 21:42',
      'button, Copy for the notes',
      'button, Hide',
      'No CP-IS record for this NHS number. This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only. Concerned? Refer as usual. Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.',
    ]);
  });

  it('not checked', async () => {
    const banner = await open(stateNamed('not checked: timed-out'));
    const line = 'CP-IS did not answer. Don’t rely on an alert. Concerned? Don’t wait: refer as usual.';
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, CP-IS not checked: status unknown, level 2',
      line,
      'NHS No. 999 000 0018',
      'button, Copy for the notes',
      'button, Check again',
      `CP-IS not checked: status unknown. ${line}`,
    ]);
  });

  it('checking', async () => {
    const banner = await open(stateNamed('checking'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing, busy',
      'Checking CP-IS… recorded under your name.',
      'NHS No. 999 000 0018',
    ]);
  });

  it('out of sync: no word of the record, and how to get it back', async () => {
    const banner = await open(stateNamed('child protection plan'), 'unscheduled', { outOfSync: true });
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, This may be another patient: NHS No. 999 000 0018, level 2',
      'Out of sync. Open your patient again.',
      'button, Show',
      'This may be another patient. Out of sync. Open your patient again.',
    ]);
  });

  it('in a narrow pane; "SFD1 - SHEFFIELD CITY COUNCIL" is said as people say it', async () => {
    const banner = await open(stateNamed('unborn baby'), 'unscheduled', { layout: 'compact' });
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, Unborn baby: child protection plan, level 2',
      'button, Copy for the notes',
      'button, Hide',
      'heading, Sheffield emergency duty team, level 3',
      'link, Ring Sheffield emergency duty team 0114 496 0123',
      'button, Copy Sheffield emergency duty team 0114 496 0123',
      'item 1 of 1',
      'office',
      'link, Ring Sheffield office 0114 496 0199',
      'usually opens 09:00 Monday',
      'heading, About 3 earlier visits, 2 in the last 30 days, level 3',
      'at 2 services · CP-IS viewed 4 times · Viewed in the last 12 hours at Whittington Hospital, emergency department: 1 staff',
      'button, Show, not expanded',
      'CP-IS alerts Sheffield automatically.',
      'Don’t assume anyone has read it. Concerned? Ring now; don’t wait for discharge.',
      'After birth:',
      'give Sheffield the baby’s NHS number.',
      'button, Opened in error?, not expanded',
      'The plan is the unborn baby’s; CP-IS holds it here, on the mother’s record. Mother under 18? Consider her safety too.',
      'since 2 October 2026',
      'NHS No. 999 000 0018',
      'Checked 21:42',
      'CP-IS: Unborn baby: child protection plan',
    ]);
  });

  it('the details, once opened: the plans, how often, each cell with its column’s name, dates in words', async () => {
    const banner = await open(stateNamed('ended'), 'unscheduled', {
      service: 'Whittington Hospital, emergency department',
    });
    await pressAll(banner, /^Details$/);
    const said = await transcript(banner);
    expect(said.slice(said.indexOf('button, Details, 1 control, expanded'))).to.deep.equal([
      'button, Details, 1 control, expanded',
      'CP-IS alerts Islington automatically.',
      'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
      'button, Opened in error?, not expanded',
      'heading, Plans, level 3',
      'item 1 of 1',
      'Ended 14 March 2026: child protection plan · Islington',
      'heading, How often, in 12 months, level 3',
      'NHS 111 London 2 · Royal London Hospital, emergency department 1',
      'image, 3 visits in the 12 months to 22 November 2026, 2 in the last 30 days, on a line from old to new',
      'table, CP-IS viewed by',
      'caption, CP-IS viewed by',
      'columnheader, Visit',
      'columnheader, Where',
      'columnheader, Viewed by',
      'cell, This attendance 22 November 2026 21:42',
      'cell, Whittington Hospital, emergency department',
      'cell, This check: Ms Hannah LEWIS, Staff nurse 21:42',
      'cell, 18 November 2026 02:15',
      'cell, Royal London Hospital, emergency department',
      'cell, Mr Daniel OKAFOR, Staff nurse 02:15 Dr Amira SHAH, Specialty registrar 02:51',
      'item 1 of 2',
      'Mr Daniel OKAFOR, Staff nurse 02:15',
      'item 2 of 2',
      'Dr Amira SHAH, Specialty registrar 02:51',
      'cell, 14 November 2026 19:20',
      'cell, NHS 111 London',
      'cell, Duty team, Health adviser 19:20',
      'cell, 2 March 2026 10:00',
      'cell, NHS 111 London',
      'cell, Duty team, Health adviser 10:00',
      'Visits are an estimate: returns within 12 hours may show as one, a long stay as several. Don’t share places or authority with the family: a placement may be confidential.',
      'CP-IS: Child protection plan ended 14 March 2026',
    ]);
  });
});
