import { virtual } from '@guidepup/virtual-screen-reader/browser.js';
import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { unmountAll } from '../support/banner.js';
import { resume, stopDateAt } from '../support/clock.js';
import { find, pressAll } from '../support/page.js';
import { open, stateNamed, sunday } from '../support/states.js';

/** What readers do not say unless asked: where a part ends, and plain parts of a text. */
const unsaid = /^(end of .*|paragraph|strong|list|status|alert|cell|row(group)?(, .*)?)$/;

/** What is said from the banner's first word to its last, one utterance a line. */
async function transcript(banner: CpIsBanner): Promise<readonly string[]> {
  await virtual.start({ container: find(banner, 'section') });
  while (!(await virtual.lastSpokenPhrase()).startsWith('end of region')) await virtual.next();
  const spoken = await virtual.spokenPhraseLog();
  await virtual.stop();
  return spoken
    .filter((phrase, index) => !unsaid.test(phrase) && !/^(link|cell|heading), /.test(twice(spoken[index - 1], phrase)))
    .map((phrase) => phrase.replace(/^listitem, level 1, position (\d), set size (\d)$/, 'item $1 of $2'));
}

/** The utterance before, when it has just said the same with its role. */
const twice = (before: string | undefined, phrase: string): string =>
  before?.replace(/, level \d$/, '').endsWith(`, ${phrase}`) === true ? before : '';

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
      'Checked 21:42',
      'button, Hide',
      'heading, If concerned, ring: emergency duty team, level 3',
      'Islington',
      'link, 0 2 0, 7 9 4 6, 0 1 2 3',
      'button, Copy 0 2 0, 7 9 4 6, 0 1 2 3',
      'office usually opens 09:00 Monday',
      'item 1 of 1',
      'Office',
      'link, 0 2 0, 7 9 4 6, 0 1 9 9',
      'button, Copy 0 2 0, 7 9 4 6, 0 1 9 9',
      'heading, Unscheduled care, level 3',
      'CP-IS viewed',
      '4 times',
      'before now, at 2 services.',
      'About 3 visits; 2 in the last 30 days.',
      'image, 3 visits in the 12 months to 22 November 2026, on a line from old to new',
      'button, Show all 5 views, not expanded',
      'CP-IS alerts the local authority automatically.',
      'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
      'button, Opened in error?, not expanded',
      'CP-IS: Child protection plan',
    ]);
  });

  it('no record', async () => {
    const banner = await open(stateNamed('none'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'No CP-IS record for this NHS number.',
      'This does not rule out a concern. England only.',
      'Checked 21:42',
      'button, Hide',
      'No CP-IS record for this NHS number. This does not rule out a concern. England only.',
    ]);
  });

  it('not checked', async () => {
    const banner = await open(stateNamed('not checked: timed-out'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, CP-IS not checked: status unknown, level 2',
      'button, Check again',
      'CP-IS did not answer.',
      'Don’t rely on an alert.',
      'Concerned? Don’t wait: refer as usual.',
      'CP-IS not checked: status unknown. CP-IS did not answer. Concerned? Don’t wait: refer as usual.',
    ]);
  });

  it('checking', async () => {
    const banner = await open(stateNamed('checking'));
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing, busy',
      'Checking CP-IS… recorded under your name.',
    ]);
  });

  it('in a narrow pane; "SFD1 - SHEFFIELD CITY COUNCIL" is said as people say it', async () => {
    const banner = await open(stateNamed('unborn baby'), 'unscheduled', { layout: 'compact' });
    expect(await transcript(banner)).to.deep.equal([
      'region, Child Protection – Information Sharing',
      'heading, Unborn baby: child protection plan, level 2',
      'button, Hide',
      'Sheffield',
      '·',
      'since 2 October 2026',
      '·',
      'about 3 visits, 2 in 30 days',
      'heading, If concerned, ring: emergency duty team, level 3',
      'Emergency duty team',
      'link, 0 1 1 4, 4 9 6, 0 1 2 3',
      'button, Copy 0 1 1 4, 4 9 6, 0 1 2 3',
      'office usually opens 09:00 Monday',
      'item 1 of 1',
      'Office',
      'link, 0 1 1 4, 4 9 6, 0 1 9 9',
      'button, Copy 0 1 1 4, 4 9 6, 0 1 9 9',
      'Held on this patient’s record.',
      'CP-IS alerts the local authority automatically.',
      'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
      'After birth:',
      'give Sheffield the baby’s NHS number.',
      'button, Opened in error?, not expanded',
      'CP-IS: Unborn baby: child protection plan',
    ]);
  });

  it('the views, once they are opened: each cell under its column’s name, dates in words', async () => {
    const banner = await open(stateNamed('ended'));
    await pressAll(banner, /^Show all/);
    const said = await transcript(banner);
    const table = said.slice(said.indexOf('table, CP-IS viewed by'));
    expect(table).to.deep.equal([
      'table, CP-IS viewed by',
      'caption, CP-IS viewed by',
      'columnheader, Date and time',
      'columnheader, Viewed at',
      'columnheader, Viewed by',
      'columnheader, Role',
      'cell, 22 November 2026 21:42',
      'cell, Whittington Hospital, emergency department',
      'cell, This check: Ms Hannah LEWIS',
      'cell, Staff nurse',
      'cell, 18 November 2026 02:51',
      'cell, Royal London Hospital, emergency department',
      'cell, Dr Amira SHAH',
      'cell, Specialty registrar',
      'cell, 18 November 2026 02:15',
      'cell, same service, about the same visit',
      'cell, Mr Daniel OKAFOR',
      'cell, Staff nurse',
      'cell, 14 November 2026 19:20',
      'cell, NHS 111 London',
      'cell, Duty team',
      'cell, Health adviser',
      'cell, 2 March 2026 10:00',
      'cell, NHS 111 London',
      'cell, Duty team',
      'cell, Health adviser',
      'Visits are an estimate: returns within 12 hours may show as one. Don’t share places or authority with the family: a placement may be confidential.',
      'CP-IS alerts the local authority automatically.',
      'Don’t assume anyone has read it. Concerned? Ring before the patient leaves.',
      'button, Opened in error?, not expanded',
      'CP-IS: Child protection plan ended 14 March 2026',
    ]);
  });
});
