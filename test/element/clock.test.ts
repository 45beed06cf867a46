import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { endOfTask } from '../../src/session/end-of-task.js';
import { accesses, held, none, type CareTeamFacts } from '../fixtures/bundles.js';
import { answered, isSlotShown, mount, nextTask, textOf, unmountAll } from '../support/page/banner.js';
import { replace } from '../support/page/broken-storage.js';
import { resume, startClockAt, stopDateAt } from '../support/page/clock.js';
import { button, pressAll, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const minute = 60_000;
let clock: ReturnType<typeof startClockAt>;

/** A banner opened at a moment, with the register's clock right. */
async function openAt(
  moment: string,
  plans: readonly CareTeamFacts[] = [{}],
  properties: Partial<CpIsBanner> = {},
): Promise<CpIsBanner> {
  clock = startClockAt(moment);
  const headers = { Date: new Date(moment).toUTCString() };
  const register = await ScriptedRegister.answering({
    CareTeam: { body: held(...plans), headers },
    AuditEvent: { body: accesses([]), headers },
  });
  return answered(mount(register, properties));
}

/** The computer sleeps until two minutes before a moment, and is awake for these two. */
async function goTo(banner: CpIsBanner, moment: string): Promise<void> {
  const left = Date.parse(moment) - Date.now();
  if (left > 2 * minute) clock.jump(left - 2 * minute);
  clock.tick(Date.parse(moment) - Date.now());
  await banner.updateComplete;
  // The host is told after that.
  await endOfTask();
}

/** The title, the number below it, and what is said about the office while it is closed. */
const line = (banner: CpIsBanner): string =>
  ['[part=contacts] h3', '.number .phone', '.ring .when'].map((part) => textOf(banner, part)).join(' | ');

describe('a banner left open says whom to ring, at the minute', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  const duty = (opens: string): string =>
    `If concerned, ring Islington emergency duty team | 020 7946 0123 | usually opens ${opens}`;
  const office = (until = '17:00'): string =>
    `If concerned, ring Islington office (usually open until ${until}). Ask for the allocated social worker. | 020 7946 0199 | `;

  const rows: Readonly<Record<string, { hours?: string; says: readonly (readonly [moment: string, says: string])[] }>> =
    {
      'a Friday evening and a Monday morning': {
        says: [
          ['2026-11-20T16:58:30Z', office()],
          ['2026-11-20T16:59:59Z', office()],
          ['2026-11-20T17:00:00Z', duty('09:00 Monday')],
          ['2026-11-23T08:59:59Z', duty('09:00 today')],
          ['2026-11-23T09:00:00Z', office()],
        ],
      },
      'the weekend of a bank holiday, in summer time': {
        says: [
          ['2026-05-22T15:59:30Z', office()],
          ['2026-05-22T16:00:00Z', duty('09:00 Tuesday')],
          ['2026-05-25T08:00:00Z', duty('09:00 Tuesday')],
          ['2026-05-25T23:00:00Z', duty('09:00 today')],
          ['2026-05-26T07:59:59Z', duty('09:00 today')],
          ['2026-05-26T08:00:00Z', office()],
        ],
      },
      'Christmas, with a substitute day': {
        says: [
          ['2026-12-24T16:59:00Z', office()],
          ['2026-12-24T17:00:00Z', duty('09:00 Tuesday')],
          ['2026-12-28T09:00:00Z', duty('09:00 Tuesday')],
          ['2026-12-29T09:00:00Z', office()],
        ],
      },
      'Easter 2027, in which the clocks go forward': {
        says: [
          ['2027-03-25T16:59:00Z', office()],
          ['2027-03-25T17:00:00Z', duty('09:00 Tuesday')],
          ['2027-03-30T07:59:59Z', duty('09:00 today')],
          ['2027-03-30T08:00:00Z', office()],
        ],
      },
      'the clocks going forward, March 2026': {
        says: [
          ['2026-03-27T16:59:00Z', office()],
          ['2026-03-27T17:00:00Z', duty('09:00 Monday')],
          ['2026-03-30T07:59:59Z', duty('09:00 today')],
          ['2026-03-30T08:00:00Z', office()],
        ],
      },
      'the clocks going back, October 2026': {
        says: [
          ['2026-10-23T15:59:00Z', office()],
          ['2026-10-23T16:00:00Z', duty('09:00 Monday')],
          ['2026-10-26T08:00:00Z', duty('09:00 today')],
          ['2026-10-26T08:59:59Z', duty('09:00 today')],
          ['2026-10-26T09:00:00Z', office()],
        ],
      },
      'the clocks going back, October 2027': {
        says: [
          ['2027-10-29T15:59:00Z', office()],
          ['2027-10-29T16:00:00Z', duty('09:00 Monday')],
          ['2027-11-01T08:59:59Z', duty('09:00 today')],
          ['2027-11-01T09:00:00Z', office()],
        ],
      },
      'an opening time that the spring change skips': {
        hours: 'Sun 01:30-05:00',
        says: [
          ['2026-03-29T00:58:30Z', duty('02:00 today')],
          ['2026-03-29T01:00:00Z', office('05:00')],
          ['2026-03-29T04:00:00Z', duty('01:30 Sunday 05-Apr-2026')],
        ],
      },
      'a closing time that the autumn change repeats': {
        hours: 'Sun 00:00-01:30',
        says: [
          ['2026-10-25T00:28:30Z', office('01:30')],
          ['2026-10-25T00:30:00Z', duty('01:00 today')],
          ['2026-10-25T01:00:00Z', office('01:30')],
          ['2026-10-25T01:30:00Z', duty('00:00 Sunday 01-Nov-2026')],
        ],
      },
    };

  for (const [name, { hours, says }] of Object.entries(rows))
    it(name, async () => {
      const [first, ...later] = says;
      if (first === undefined) throw new Error();
      const banner = await openAt(first[0], [{}], hours === undefined ? {} : { officeHours: hours });
      expect(line(banner), first[0]).to.equal(first[1]);
      for (const [moment, expected] of later) {
        await goTo(banner, moment);
        expect(line(banner), moment).to.equal(expected);
      }
    });

  it('after a minute in which this computer’s clock threw, and only the light DOM could be shown', async () => {
    const banner = await openAt('2026-11-20T16:58:30Z');
    const mend = replace(Date, 'now', () => {
      throw new Error('broken');
    });
    clock.tick(45_000);
    await endOfTask();
    expect(isSlotShown(banner)).to.equal(true);
    mend();
    clock.tick(60_000);
    await goTo(banner, '2026-11-20T17:00:30Z');
    expect([isSlotShown(banner), line(banner)]).to.deep.equal([false, duty('09:00 Monday')]);
  });
});

describe('a banner left open says how old its answer is', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  for (const [season, at, moments] of [
    [
      'from four hours on',
      '2026-11-22T02:25:30Z',
      [
        ['2026-11-22T06:25:00Z', '02:25'],
        ['2026-11-22T06:26:00Z', 'Checked 02:25, 4 hours ago. Still your patient? Open again to check.'],
        ['2026-11-22T08:26:00Z', 'Checked 02:25, 6 hours ago. Still your patient? Open again to check.'],
        ['2026-11-23T02:26:00Z', 'Checked 22-Nov-2026 02:25, 24 hours ago. Still your patient? Open again to check.'],
      ],
    ],
    [
      'over the hour that the clocks repeat',
      '2026-10-25T00:30:30Z',
      [
        ['2026-10-25T03:31:00Z', '01:30'],
        ['2026-10-25T04:31:00Z', 'Checked 01:30, 4 hours ago. Still your patient? Open again to check.'],
      ],
    ],
  ] as const)
    it(season, async () => {
      const banner = await openAt(at);
      for (const [moment, says] of moments) {
        await goTo(banner, moment);
        expect(textOf(banner, '.stamp'), moment).to.equal(`NHS No. 999 000 0018 ${says}`);
      }
    });
});

describe('a banner left open over midnight', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  const changes = (banner: CpIsBanner): readonly string[] => {
    const heard: string[] = [];
    banner.addEventListener('cp-is-change', ({ status, reason }) =>
      heard.push([status, reason ?? ''].join(' ').trim()),
    );
    return heard;
  };

  for (const [season, end, before, midnight] of [
    ['winter', '2026-11-22', '2026-11-22T23:58:30Z', '2026-11-23T00:00:00Z'],
    ['summer', '2026-06-30', '2026-06-30T22:58:30Z', '2026-06-30T23:00:00Z'],
  ] as const)
    it(`a plan is current through its last day in London, and then has ended: ${season}`, async () => {
      const banner = await openAt(before, [{ end }]);
      const heard = changes(banner);
      await goTo(banner, new Date(Date.parse(midnight) - 1000).toISOString());
      expect([banner.status, textOf(banner, 'h2'), heard]).to.deep.equal(['current', 'Child protection plan', []]);
      await goTo(banner, midnight);
      expect([banner.status, banner.getAttribute('status'), heard]).to.deep.equal(['ended', 'ended', ['ended']]);
      expect(textOf(banner, 'h2')).to.match(/^Child protection plan ended (22-Nov|30-Jun)-2026$/);
      expect(textOf(banner)).to.contain('May have no social worker now.');
    });

  it('a plan starts', async () => {
    const banner = await openAt('2026-11-30T23:58:30Z', [{ start: '2026-12-01' }]);
    expect(textOf(banner, 'h2')).to.equal('Child protection plan starts 01-Dec-2026. Treat as current.');
    await goTo(banner, '2026-12-01T00:00:00Z');
    expect(textOf(banner, 'h2')).to.equal('Child protection plan');
  });

  it('the most urgent of several plans ends: the next one is shown', async () => {
    const banner = await openAt('2026-11-22T23:58:30Z', [{ end: '2026-11-22' }, { code: '764841000000100' }]);
    expect(textOf(banner, 'h2')).to.equal('Child protection plan and looked after');
    await goTo(banner, '2026-11-23T00:00:00Z');
    expect([banner.status, textOf(banner, 'h2')]).to.deep.equal(['current', 'Looked after']);
    await pressAll(banner, /^Details$/);
    expect(textOf(banner, '[part=plans]')).to.contain('Ended 22-Nov-2026: child protection plan · Islington');
  });

  it('"Checked" gains its date, and a question', async () => {
    const banner = await openAt('2026-11-22T23:58:30Z');
    await goTo(banner, '2026-11-22T23:59:59Z');
    expect(textOf(banner, '.stamp')).to.equal('NHS No. 999 000 0018 23:58');
    expect(rootOf(banner).querySelector('.stamp .telling')).to.equal(null);
    await goTo(banner, '2026-11-23T00:00:00Z');
    expect(textOf(banner, '.stamp .telling')).to.equal(
      'Checked 22-Nov-2026 23:58. Still your patient? Open again to check.',
    );
  });

  it('what was opened stays open, and nobody is asked again', async () => {
    clock = startClockAt('2026-11-22T23:58:30Z');
    const headers = { Date: new Date().toUTCString() };
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held(), headers },
      AuditEvent: { body: accesses([]), headers },
    });
    const banner = await answered(mount(register));
    button(banner, 'Opened in error?').click();
    await goTo(banner, '2026-11-24T09:00:00Z');
    expect(textOf(banner)).to.contain('The alert can’t be recalled.');
    expect(await register.log()).to.have.lengthOf(2);
  });
});

it('revealed details of a discreet banner go away after 60 seconds', async () => {
  const banner = await openAt('2026-11-22T21:42:10Z', [{}], { discreet: true });
  button(banner, 'Show').click();
  clock.tick(59_000);
  await banner.updateComplete;
  expect(textOf(banner)).to.contain('Islington');
  clock.tick(1000);
  await banner.updateComplete;
  expect(textOf(banner)).to.equal('Please read: CP-IS Show');
  unmountAll();
  resume();
});

describe('this computer’s clock and the register’s', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  const now = '2026-11-22T21:42:00Z';
  const warning = 'This computer’s clock and CP-IS’s differ. Check the time before you choose a number.';
  for (const [name, seconds, warns] of [
    ['the same', 0, false],
    ['4:59 behind', -299, false],
    ['4:59 ahead', 299, false],
    ['5:00 behind', -300, true],
    ['5:00 ahead', 300, true],
    ['a day ahead', 86_400, true],
  ] as const)
    it(`${name}: ${warns ? 'a warning' : 'no warning'}, held or none`, async () => {
      stopDateAt(now);
      const headers = { Date: new Date(Date.parse(now) - seconds * 1000).toUTCString() };
      for (const body of [held(), none()]) {
        const register = await ScriptedRegister.answering({
          CareTeam: { body, headers },
          AuditEvent: { body: accesses([]), headers },
        });
        const banner = await answered(mount(register));
        await nextTask();
        expect(textOf(banner).includes(warning)).to.equal(warns);
        unmountAll();
      }
    });

  /** A banner on a Friday afternoon by the register's clock, on a computer whose clock is this many minutes ahead. */
  const openAhead = async (
    minutes: number,
    plans: readonly CareTeamFacts[],
    extra: Readonly<Record<string, string>> = {},
  ): Promise<CpIsBanner> => {
    const friday = Date.parse('2026-11-20T16:50:00Z');
    stopDateAt(new Date(friday + minutes * minute).toISOString());
    const headers = { Date: new Date(friday).toUTCString(), ...extra };
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held(...plans), headers },
      AuditEvent: { body: accesses([{ at: '2026-11-01T10:00:00Z' }]), headers },
    });
    const banner = await answered(mount(register, { layout: 'panel' }));
    await nextTask();
    return banner;
  };
  const days = 24 * 60;

  for (const [name, minutes, plan, status] of [
    ['400 days ahead, a plan with 200 days to run', 400 * days, { end: '2027-06-08' }, 'current'],
    ['2 days ahead, on a plan’s last day', 2 * days, { end: '2026-11-20' }, 'current'],
    ['8 hours ahead, on a plan’s last day', 480, { end: '2026-11-20' }, 'current'],
    [
      '400 days behind, a plan that ended yesterday',
      -400 * days,
      { start: '2025-01-01', end: '2026-11-19' },
      'current',
    ],
    ['400 days ahead, a plan that ended yesterday', 400 * days, { end: '2026-11-19' }, 'ended'],
    ['right, a plan that ended yesterday', 0, { end: '2026-11-19' }, 'ended'],
  ] as const)
    it(`${name}: ${status}, in status, heading and tone`, async () => {
      const banner = await openAhead(minutes, [plan]);
      const says = textOf(banner, 'h2');
      expect([banner.status, says.includes('ended'), says.includes('starts')]).to.deep.equal([
        status,
        status === 'ended',
        false,
      ]);
    });

  for (const [name, minutes, line] of [
    ['right', 0, 'office'],
    ['an hour ahead', 60, 'office'],
    ['9 hours behind', -540, 'office'],
    ['400 days ahead', 400 * days, 'office'],
    ['a minute ahead: this computer’s hour holds', 1, 'office'],
  ] as const)
    it(`${name}: the line to ring is the ${line}’s, by the register’s clock`, async () => {
      expect(textOf(await openAhead(minutes, [{}]), '[part=contacts] h3')).to.match(
        new RegExp(`^If concerned, ring Islington ${line}\\b`),
      );
    });

  it('ahead over the closing hour: the line changes when it is closing time by the register’s clock', async () => {
    clock = startClockAt('2026-11-20T18:58:30Z');
    const headers = { Date: 'Fri, 20 Nov 2026 16:58:30 GMT' };
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held(), headers },
      AuditEvent: { body: accesses([]), headers },
    });
    const banner = await answered(mount(register));
    const ahead = (banner.answer as { clock: number }).clock;
    const onThisComputer = (moment: string): string => new Date(Date.parse(moment) + ahead).toISOString();
    await goTo(banner, onThisComputer('2026-11-20T16:59:59.900Z'));
    expect(line(banner)).to.match(/^If concerned, ring Islington office \(usually open until 17:00\)/);
    await goTo(banner, onThisComputer('2026-11-20T17:00:00Z'));
    expect(line(banner)).to.match(/^If concerned, ring Islington emergency duty team .*usually opens 09:00 Monday/);
  });

  it('a cached answer does not date the clocks: the line is by this computer’s clock, and there is no warning', async () => {
    const banner = await openAhead(180, [{}], { Age: '10800' });
    expect(banner.answer).to.include({ status: 'current', kept: true, clock: undefined });
    expect(textOf(banner, '[part=contacts] h3')).to.equal('If concerned, ring Islington emergency duty team');
    expect(textOf(banner)).not.to.contain(warning);
  });

  it('400 days ahead: “Checked” is a time today, and the last 30 days are counted by the register’s clock', async () => {
    const banner = await openAhead(400 * days, [{}]);
    expect(textOf(banner, '.stamp')).to.contain('16:50').and.not.to.contain('ago');
    expect(textOf(banner)).to.contain('1 in the last 30 days');
  });
});
