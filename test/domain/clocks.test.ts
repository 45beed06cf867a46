import { expect } from 'chai';
import fc from 'fast-check';

import { answerOf, clockOf, type Reply } from '../../src/domain/answer.js';
import { viewOf, type BannerState } from '../../src/domain/banner-state.js';
import { londonDay } from '../../src/domain/calendar.js';
import { registerTime, todayBy, type Today } from '../../src/domain/clocks.js';
import { phaseOf, type Plan, type PlanPhase } from '../../src/domain/plan.js';
import { patientOpen } from '../fixtures/opens.js';
import { plan as islingtons } from '../fixtures/plans.js';

const now = Date.parse('2026-08-09T12:00:00Z');
const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
const nhsNumber = '9990000018';
const plan = (facts: Partial<Plan> = {}): Plan => islingtons({ start: '2020-01-01', ...facts });

describe('clocks: the time by the register', () => {
  const table: [title: string, clock: number | undefined, time: number][] = [
    ['not known', undefined, now],
    ['the same', 0, now],
    ['59 s ahead: no difference', 59 * second, now],
    ['a minute ahead: no difference', minute, now],
    ['a minute behind: no difference', -minute, now],
    ['more than a minute ahead', minute + 1, now - minute - 1],
    ['more than a minute behind', -minute - 1, now + minute + 1],
    ['400 days ahead', 400 * day, now - 400 * day],
    ['no number', NaN, now],
  ];
  for (const [title, clock, time] of table)
    it(`this computer is ${title}`, () => {
      expect(registerTime(now, clock)).to.equal(time);
    });
});

describe('clocks: the day', () => {
  const table: [title: string, at: string, clock: number, today: Today][] = [
    ['an hour apart, on one day', '2026-08-09T12:00:00Z', 60 * minute, '2026-08-09'],
    [
      'an hour ahead, over London’s midnight',
      '2026-08-09T23:30:00Z',
      60 * minute,
      { earlier: '2026-08-09', later: '2026-08-10' },
    ],
    [
      'an hour behind, over London’s midnight',
      '2026-08-09T22:30:00Z',
      -60 * minute,
      { earlier: '2026-08-09', later: '2026-08-10' },
    ],
    ['a minute apart, over midnight: this computer’s', '2026-08-09T23:00:30Z', minute, '2026-08-10'],
    ['400 days ahead', '2026-08-09T12:00:00Z', 400 * day, { earlier: '2025-07-05', later: '2026-08-09' }],
    ['400 days behind', '2026-08-09T12:00:00Z', -400 * day, { earlier: '2026-08-09', later: '2027-09-13' }],
  ];
  for (const [title, at, clock, today] of table)
    it(`this computer is ${title}`, () => {
      expect(todayBy(Date.parse(at), clock)).to.deep.equal(today);
    });
});

describe('clocks: two that differ must agree that a plan has ended, or has not begun', () => {
  const table: [title: string, clock: number, dates: Pick<Plan, 'start' | 'end'>, phase: PlanPhase][] = [
    ['400 days ahead, a plan with 200 days to run', 400 * day, { start: '2024-01-01', end: '2026-01-21' }, 'current'],
    ['400 days ahead, a plan that ended before both', 400 * day, { start: '2024-01-01', end: '2025-07-04' }, 'ended'],
    ['400 days ahead, the last day by the register', 400 * day, { start: '2024-01-01', end: '2025-07-05' }, 'current'],
    ['400 days behind, a plan that ended since', -400 * day, { start: '2024-01-01', end: '2027-01-01' }, 'current'],
    ['400 days behind, a plan that ended before both', -400 * day, { start: '2024-01-01', end: '2026-08-08' }, 'ended'],
    ['2 days ahead, on the last day', 2 * day, { start: '2024-01-01', end: '2026-08-07' }, 'current'],
    ['400 days behind, a plan that has begun since', -400 * day, { start: '2027-01-01', end: undefined }, 'current'],
    ['400 days behind, a plan after both', -400 * day, { start: '2027-09-14', end: undefined }, 'future'],
    ['400 days ahead, a plan that begins between', 400 * day, { start: '2026-01-01', end: undefined }, 'current'],
    ['400 days ahead, begun and ended between', 400 * day, { start: '2026-01-01', end: '2026-02-01' }, 'current'],
  ];
  for (const [title, clock, dates, phase] of table)
    it(`this computer is ${title}: ${phase}`, () => {
      expect(phaseOf(plan(dates), todayBy(now, clock))).to.equal(phase);
    });

  it('whatever the clocks, ended or not begun is what each of them says by itself', () => {
    const days = fc.integer({ min: -800, max: 800 }).map((n) => londonDay(now + n * day));
    fc.assert(
      fc.property(fc.integer({ min: -800 * day, max: 800 * day }), days, days, (clock, start, end) => {
        const one = plan({ start, end });
        const [here, there] = [now, registerTime(now, clock)].map((at) => phaseOf(one, londonDay(at)));
        const phase = phaseOf(one, todayBy(now, clock));
        expect(phase === 'ended').to.equal(here === 'ended' && there === 'ended');
        if (phase === 'future') expect([here, there]).not.to.include('current');
      }),
    );
  });
});

describe('clocks: whose reading counts', () => {
  const held = (facts: Partial<Reply & { kind: 'held' }> = {}): Reply => ({
    kind: 'held',
    nhsNumber,
    plans: [plan({ end: '2026-01-21' })],
    incomplete: false,
    checkedAt: now,
    clock: 400 * day,
    ...facts,
  });
  const table: [title: string, reply: Reply, clock: number | undefined][] = [
    ['a record', held(), 400 * day],
    ['none', { kind: 'none', nhsNumber, checkedAt: now, clock: -5 }, -5],
    ['a record that was kept on its way', held({ kept: true }), undefined],
    ['a failure', { kind: 'failed', nhsNumber, reason: 'busy', mayHaveLeft: true }, undefined],
  ];
  for (const [title, reply, clock] of table)
    it(`${title}: ${clock === undefined ? 'nothing is known' : 'its own'}`, () => {
      expect(clockOf(reply)).to.equal(clock);
    });

  it('an answer from a cache has no reading', () => {
    const kept = held({ kept: true, plans: [plan()] });
    expect(answerOf(kept, '2026-08-09')).to.include({ status: 'current', clock: undefined });
  });

  const stateOf = (reply: Reply): BannerState => ({
    kind: 'answered',
    asked: {
      open: patientOpen(),
      setting: 'emergency-department',
      openedAt: 0,
      traceId: 't',
      question: 1,
    },
    reply,
    visits: { kind: 'loading' },
  });

  it('the view of a record says how the clocks differ, and its plan has not ended', () => {
    expect(viewOf(stateOf(held()), nhsNumber, now)).to.include({ status: 'current', clock: 400 * day });
  });

  it('where the register cannot be asked, the last known answer says it', () => {
    const failed = stateOf({ kind: 'failed', nhsNumber, reason: 'unreachable', mayHaveLeft: true });
    const lastKnown = { nhsNumber, plans: [plan()], incomplete: false, checkedAt: 5, clock: 400 * day };
    expect(viewOf({ ...failed, lastKnown } as BannerState, nhsNumber, now)).to.include({
      status: 'not-checked',
      clock: 400 * day,
    });
  });
});
