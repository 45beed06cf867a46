import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, otherNumber, type AccessFacts } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { resume, startClockAt, stopDateAt } from '../support/page/clock.js';
import { button, find, pressAll, rootOf } from '../support/page/page.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';
import { sunday } from '../support/page/states.js';

const now = Date.parse(sunday);
const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
const secondsAgo = (seconds: number): string => ago(seconds / 3600);
const headers = { Date: new Date(now).toUTCString() };
const whittington = 'Whittington Hospital, emergency department';

async function open(
  facts: readonly AccessFacts[],
  properties: Partial<CpIsBanner> = {},
  scripts: Scripts = {},
): Promise<CpIsBanner> {
  const register = await ScriptedRegister.answering({
    CareTeam: { body: held(), headers },
    AuditEvent: { body: accesses(facts), headers },
    ...scripts,
  });
  return answered(mount(register, properties));
}

const inShort = (banner: CpIsBanner): string => textOf(banner, '[part=visits]').replace(/ ?(Details|Show)$/, '');

/** The rows of the table, cell by cell. */
async function rowsOf(banner: CpIsBanner): Promise<readonly (readonly string[])[]> {
  await pressAll(banner, /^(Details|Show)$/);
  return [...rootOf(banner).querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
  );
}

const hasTryAgain = (banner: CpIsBanner): boolean => textOf(banner, '[part=visits]').includes('Try again');

describe('earlier visits to unscheduled care', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  it('are asked for only when a record is held', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = await answered(mount(register));
    expect(banner.visits).to.equal('none');
    expect(await register.log('AuditEvent')).to.have.lengthOf(0);
  });

  it('appear after the status has been painted', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([{ at: ago(1) }]), hold: true },
    });
    const banner = await until(mount(register), ({ visits }) => visits === 'loading');
    expect(banner.status).to.equal('current');
    expect(textOf(banner)).to.contain('Islington').and.to.contain('Loading earlier visits…');
    while ((await register.log('AuditEvent')).length === 0) await nextTask(5);
    await register.release();
    await answered(banner);
    expect(banner.visits).to.equal('shown');
  });

  it('show views as counted and visits as an estimate, one row a visit; this attendance is marked and not counted', async () => {
    const banner = await open(
      [
        { at: ago(30), place: whittington, viewer: 'Dr Amira SHAH', role: 'Specialty registrar' },
        { at: ago(0), place: whittington, viewer: 'Ms Hannah LEWIS' },
        { at: ago(40.5), place: 'NHS 111 London', viewer: 'Duty team', role: 'Health adviser' },
        { at: ago(31), place: whittington, viewer: 'Mr Daniel OKAFOR', role: 'Staff nurse' },
        { at: ago(40), place: 'NHS 111 London', viewer: 'Duty team', role: 'Health adviser' },
      ],
      { service: whittington },
    );
    expect(inShort(banner)).to.equal(
      'About 3 earlier visits, 3 in the last 30 days at 2 services · CP-IS viewed 4 times',
    );
    expect(await rowsOf(banner)).to.deep.equal([
      ['This attendance 22-Nov-2026 21:42', whittington, 'This check: Ms Hannah LEWIS, Staff nurse 21:42'],
      [
        '21-Nov-2026 14:42',
        whittington,
        'Mr Daniel OKAFOR, Staff nurse 14:42 Dr Amira SHAH, Specialty registrar 15:42',
      ],
      ['21-Nov-2026 05:42', 'NHS 111 London', 'Duty team, Health adviser 05:42'],
      ['21-Nov-2026 05:12', 'NHS 111 London', 'Duty team, Health adviser 05:12'],
    ]);
  });

  it('a scheduled check marks nothing: whoever looked a moment ago is counted, and named', async () => {
    const place = 'St Elsewhere ED';
    const banner = await open([{ at: ago(0), place, viewer: 'Dr Emergency' }], {
      careSetting: 'general-practice',
      service: place,
    });
    expect(inShort(banner)).to.equal('1 unscheduled visit, 1 in the last 30 days at 1 service · CP-IS viewed once');
    expect(await rowsOf(banner)).to.deep.equal([['22-Nov-2026 21:42', place, 'Dr Emergency, Staff nurse 21:42']]);
  });

  it('none before now', async () => {
    const banner = await open([{ at: ago(0), place: whittington }], { service: whittington });
    expect(inShort(banner)).to.equal('No earlier visits in CP-IS. Visits without a CP-IS view don’t show.');
    expect(banner.visits).to.equal('shown');
  });

  for (const layout of ['banner', 'compact', 'panel'])
    it(`none read from an answer that may be incomplete is not shown as "no earlier visits": ${layout}`, async () => {
      const body = { ...accesses([{ at: ago(0), place: whittington }]), total: 2 };
      const banner = await open([], { layout, service: whittington }, { AuditEvent: { body, headers } });
      expect(textOf(banner)).to.contain('Earlier visits did not load. There may be some.');
      expect(textOf(banner)).not.to.match(/no earlier visits/i);
    });

  it('an empty history is shown as one', async () => {
    const banner = await open([]);
    expect([banner.visits, inShort(banner)]).to.deep.equal([
      'shown',
      'No earlier visits in CP-IS. Visits without a CP-IS view don’t show.',
    ]);
  });

  it('25 rows are all that can be had, so the counts are "at least"', async () => {
    const facts = Array.from({ length: 25 }, (_, index) => ({ at: ago(index * 24), place: whittington }));
    const banner = await open(facts, { service: whittington });
    expect(inShort(banner)).to.equal(
      'At least 24 earlier visits, at least 24 in the last 30 days ' +
        'at 1 service or more · CP-IS viewed at least 24 times · Only the latest 25 views show, back to 29-Oct-2026.',
    );
    expect(await rowsOf(banner)).to.have.lengthOf(25);
  });

  it('names appear only in the table, and places only in the opened details', async () => {
    const place = 'The Havens, sexual assault referral centre';
    const facts = [{ at: ago(30), viewer: 'Dr Amira SHAH', place }];
    for (const layout of ['banner', 'compact', 'panel']) {
      const banner = await open(facts, { layout });
      if (layout !== 'panel') expect(rootOf(banner).textContent, layout).not.to.match(/SHAH|Havens/);
      await pressAll(banner, /^(Details|Show)$/);
      expect(textOf(banner, '.table')).to.contain('SHAH').and.to.contain('Havens');
      find(banner, '.table').remove();
      expect(rootOf(banner).textContent, layout).not.to.contain('SHAH');
      find(banner, '.more').remove();
      expect(rootOf(banner).textContent, layout).not.to.contain('Havens');
    }
  });

  it('panel shows the table at once', async () => {
    const banner = await open([{ at: ago(30), viewer: 'Dr Amira SHAH' }], { layout: 'panel' });
    expect(textOf(banner, '.table')).to.contain('Dr Amira SHAH');
  });

  it('two people of a visit are in its row; more are folded away, one press away', async () => {
    const staff = ['Ms Hannah LEWIS', 'Dr Amira SHAH', 'Mr Daniel OKAFOR'].map((viewer, index) => ({
      at: ago(30 - index),
      viewer,
      place: whittington,
    }));
    expect((await rowsOf(await open(staff.slice(0, 2))))[0]?.[2]).to.equal(
      'Ms Hannah LEWIS, Staff nurse 15:42 Dr Amira SHAH, Staff nurse 16:42',
    );
    const banner = await open(staff);
    expect((await rowsOf(banner))[0]?.[2]).to.equal('3 staff');
    find(banner, 'summary').click();
    expect(find(banner, 'details').innerText.replace(/\s+/g, ' ').trim()).to.equal(
      '3 staff Ms Hannah LEWIS, Staff nurse 15:42 Dr Amira SHAH, Staff nurse 16:42 Mr Daniel OKAFOR, Staff nurse 17:42',
    );
  });
});

describe('this attendance is not an earlier visit', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  const none = 'No earlier visits in CP-IS. Visits without a CP-IS view don’t show.';
  const nurse = { viewer: 'Ms Hannah LEWIS', place: whittington };
  const doctor = { viewer: 'Dr Amira SHAH', role: 'Specialty registrar', place: whittington };

  it('a doctor who reads ten seconds after the nurse sees the nurse’s view, and no earlier visit', async () => {
    const banner = await open(
      [
        { ...doctor, at: ago(0) },
        { ...nurse, at: secondsAgo(10) },
      ],
      { service: whittington },
    );
    expect(inShort(banner)).to.equal(`${none} · Also viewed here in the last 12 hours: 1 staff`);
    expect(await rowsOf(banner)).to.deep.equal([
      [
        'This attendance 22-Nov-2026 21:41',
        whittington,
        'Ms Hannah LEWIS, Staff nurse 21:41 This check: Dr Amira SHAH, Specialty registrar 21:42',
      ],
    ]);
    const { answer } = banner;
    const history = answer?.status === 'current' ? answer.history : undefined;
    expect(history?.before, 'the host is told the same').to.deep.equal({ views: 0, visits: 0 });
    expect(history?.thisAttendance.map(({ part }) => part)).to.deep.equal(['this-check', 'this-attendance']);
    expect(banner.note()).to.contain('No earlier visits in CP-IS.');
  });

  it('a nurse who opens the patient again after 66 seconds makes no visit of her own', async () => {
    // The register keeps only the first of her views.
    const banner = await open([{ ...nurse, at: secondsAgo(66) }], { service: whittington });
    expect(inShort(banner)).to.equal(`${none} · Viewed here in the last 12 hours: 1 staff`);
    expect(await rowsOf(banner)).to.deep.equal([
      ['This attendance 22-Nov-2026 21:40', whittington, 'Ms Hannah LEWIS, Staff nurse 21:40'],
    ]);
  });

  it('comes first in the table, and an earlier visit here is counted', async () => {
    const banner = await open(
      [
        { ...doctor, at: ago(0) },
        { ...nurse, at: ago(1) },
        { ...nurse, at: ago(13) },
      ],
      { service: whittington },
    );
    expect(inShort(banner)).to.equal(
      '1 earlier visit, 1 in the last 30 days at 1 service · CP-IS viewed once · Also viewed here in the last 12 hours: 1 staff',
    );
    expect((await rowsOf(banner)).map(([visit]) => visit)).to.deep.equal([
      'This attendance 22-Nov-2026 20:42',
      '22-Nov-2026 08:42',
    ]);
  });

  it('where the host has not said where we are, nothing is guessed: neither earlier nor this attendance', async () => {
    const banner = await open([
      { ...doctor, at: ago(0) },
      { ...nurse, at: secondsAgo(10) },
    ]);
    expect(inShort(banner)).to.equal(`${none} · Viewed in the last 12 hours at ${whittington}: 2 staff`);
    expect((await rowsOf(banner)).map(([visit]) => visit)).to.deep.equal(['Last 12 hours 22-Nov-2026 21:41']);
  });

  it('is decided again when the host says where we are', async () => {
    const banner = await open([{ ...nurse, at: secondsAgo(66) }]);
    expect(inShort(banner)).to.contain('Viewed in the last 12 hours at Whittington');
    banner.service = whittington.toUpperCase();
    await banner.updateComplete;
    expect(inShort(banner)).to.equal(`${none} · Viewed here in the last 12 hours: 1 staff`);
  });
});

describe('earlier visits that did not load', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  const didNotLoad = 'Earlier visits did not load. There may be some.';
  const failures = {
    'an error': [{ status: 500 }, `${didNotLoad} Try again`],
    'another patient’s number': [
      { body: accesses([{ at: ago(1), number: otherNumber }]) },
      'Earlier visits were for another NHS number. Not shown. Report it now: IT and the safeguarding team.',
    ],
    'no answer': [{ hold: true }, `${didNotLoad} Try again`],
    rubbish: [{ body: '<html>' }, `${didNotLoad} Try again`],
  } as const;
  for (const [name, [script, says]] of Object.entries(failures))
    it(`failed by ${name}: this is said, and the status stays`, async () => {
      // The plans need their time even on a busy machine.
      const banner = await open([], { timeout: 5 }, { CareTeam: { body: held() }, AuditEvent: script });
      expect([banner.status, banner.visits]).to.deep.equal(['current', 'failed']);
      expect(textOf(banner, '[part=visits]')).to.equal(says);
    });

  const failing = (): Promise<ScriptedRegister> =>
    ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { status: 500 } });

  /** What was asked, and with how many TraceIDs. */
  const asked = async (register: ScriptedRegister): Promise<readonly [resources: string, traces: number]> => {
    const log = await register.log();
    const traces = new Set(log.map((request) => request.headers['traceid']));
    expect([...traces]).not.to.include(undefined);
    return [log.map(({ resource }) => resource).join(' '), traces.size];
  };

  it('are asked for again with the open’s TraceID, and what is known stays meanwhile', async () => {
    const register = await failing();
    const banner = await answered(mount(register));
    const heard: string[] = [];
    banner.addEventListener('cp-is-change', ({ status, visits }) => heard.push(`${status} ${visits}`));
    const [before] = await asked(register);
    await register.script({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([{ at: new Date(Date.now() - 30 * 3_600_000).toISOString() }]), hold: true },
    });
    button(banner, 'Try again').click();
    await banner.updateComplete;
    expect([banner.status, banner.visits]).to.deep.equal(['current', 'loading']);
    expect(textOf(banner, 'h2')).to.equal('Child protection plan');
    expect(textOf(banner)).to.contain('020 7946 0123').and.to.contain('Loading earlier visits…');
    expect(hasTryAgain(banner)).to.equal(false);
    while ((await register.log()).length < before.split(' ').length + 2) await nextTask(5);
    await register.release();
    await answered(banner);
    expect(textOf(banner, '[part=visits] h3')).to.equal('1 earlier visit, 1 in the last 30 days');
    expect(await asked(register)).to.deep.equal([`${before} CareTeam AuditEvent`, 1]);
    expect([...new Set(heard)], 'the status stood').to.deep.equal(['current loading', 'current shown']);
  });

  for (const [what, scripts] of Object.entries({
    'the visits fail again': { CareTeam: { body: held() }, AuditEvent: { status: 500 } },
    'the register cannot be reached at all': { CareTeam: { drop: true }, AuditEvent: { drop: true } },
  }))
    it(`${what}: this is said again, and the status stays`, async () => {
      const register = await failing();
      const banner = await answered(mount(register));
      await register.script(scripts);
      button(banner, 'Try again').click();
      await until(banner, ({ visits }) => visits === 'loading');
      await answered(banner);
      expect([banner.status, banner.visits]).to.deep.equal(['current', 'failed']);
      expect(textOf(banner, '[part=visits]')).to.equal(`${didNotLoad} Try again`);
      expect(textOf(banner)).to.contain('020 7946 0123');
    });

  it('an answer for another number ends it: nothing of either stays', async () => {
    const register = await failing();
    const banner = await answered(mount(register));
    await register.script({ CareTeam: { body: held({ number: otherNumber, name: 'Hackney' }) } });
    button(banner, 'Try again').click();
    await until(banner, ({ status }) => status === 'not-checked');
    expect(banner.reason).to.equal('wrong-patient');
    expect(textOf(banner)).not.to.match(/Islington|Hackney|020 7946/);
  });

  it('cannot be asked for again when the open is over, because its TraceID is no longer kept', async () => {
    const clock = startClockAt(sunday);
    const register = await failing();
    const banner = await answered(mount(register, { freshFor: 300 }));
    clock.tick(240_000);
    await banner.updateComplete;
    expect(hasTryAgain(banner)).to.equal(true);
    clock.tick(120_000);
    await banner.updateComplete;
    expect(textOf(banner, '[part=visits]')).to.equal(didNotLoad);
    expect(banner.status).to.equal('current');
  });

  it('nor in the seconds before the minute turns, when the button is still there', async () => {
    const clock = startClockAt(sunday);
    const register = await failing();
    const banner = await answered(mount(register, { freshFor: 30 }));
    const { length } = await register.log();
    clock.tick(31_000);
    button(banner, 'Try again').click();
    await banner.updateComplete;
    await nextTask(50);
    expect(textOf(banner, '[part=visits]')).to.equal(didNotLoad);
    expect(await register.log()).to.have.lengthOf(length);
  });

  it('can be while the open has an encounter: its TraceID lives as long as the page', async () => {
    const clock = startClockAt(sunday);
    const register = await failing();
    const banner = await answered(mount(register, { freshFor: 300, encounter: 'one' }));
    clock.tick(600_000);
    await banner.updateComplete;
    button(banner, 'Try again').click();
    await until(banner, ({ visits }) => visits === 'loading');
    await answered(banner);
    expect((await asked(register))[1]).to.equal(1);
  });
});
