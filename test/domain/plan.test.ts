import { expect } from 'chai';
import fc from 'fast-check';

import { londonDay } from '../../src/domain/calendar.js';
import {
  mostUrgentFirst,
  openOf,
  phaseOf,
  planKindOf,
  standingOf,
  type Plan,
  type PlanKind,
} from '../../src/domain/plan.js';
import { plan } from '../fixtures/plans.js';

const today = '2026-08-09';

describe('plan: kind', () => {
  const codes: [code: string | undefined, kind: PlanKind][] = [
    ['342191000000101', 'child-protection'],
    ['764841000000100', 'looked-after'],
    ['818901000000100', 'unborn'],
    ['342191000000102', 'unrecognised'],
    [' 342191000000101', 'unrecognised'],
    ['', 'unrecognised'],
    [undefined, 'unrecognised'],
    ['constructor', 'unrecognised'],
    ['__proto__', 'unrecognised'],
    ['toString', 'unrecognised'],
  ];
  for (const [code, kind] of codes)
    it(`${code === undefined ? 'no code' : JSON.stringify(code)} is ${kind}`, () => {
      expect(planKindOf(code)).to.equal(kind);
    });
});

describe('plan: phase', () => {
  const phases: [title: string, dates: Pick<Plan, 'start' | 'end'>, phase: string][] = [
    ['no end', { start: '2025-09-26', end: undefined }, 'current'],
    ['no dates', { start: undefined, end: undefined }, 'current'],
    ['ended yesterday', { start: '2025-09-26', end: '2026-08-08' }, 'ended'],
    ['ends today', { start: '2025-09-26', end: '2026-08-09' }, 'current'],
    ['ends tomorrow', { start: '2025-09-26', end: '2026-08-10' }, 'current'],
    ['ended, no start', { start: undefined, end: '2026-08-08' }, 'ended'],
    ['ended last month, day unknown', { start: undefined, end: '2026-07' }, 'ended'],
    ['ends this month, day unknown', { start: undefined, end: '2026-08' }, 'current'],
    ['ended last year, day unknown', { start: undefined, end: '2025' }, 'ended'],
    ['ends this year, day unknown', { start: undefined, end: '2026' }, 'current'],
    ['ends for ever', { start: undefined, end: '9999-12-31' }, 'current'],
    ['starts today', { start: '2026-08-09', end: undefined }, 'current'],
    ['starts tomorrow', { start: '2026-08-10', end: undefined }, 'future'],
    ['starts tomorrow and ends', { start: '2026-08-10', end: '2026-08-11' }, 'future'],
    ['starts this month, day unknown', { start: '2026-08', end: undefined }, 'current'],
    ['starts next month, day unknown', { start: '2026-09', end: undefined }, 'future'],
    ['starts this year, day unknown', { start: '2026', end: undefined }, 'current'],
    ['starts next year, day unknown', { start: '2027', end: undefined }, 'future'],
    ['starts after it ended', { start: '2027-01-01', end: '2026-08-08' }, 'ended'],
  ];
  for (const [title, dates, phase] of phases)
    it(`${title}: ${phase}`, () => {
      expect(phaseOf(plan(dates), today)).to.equal(phase);
    });

  it('February ends on its last day, leap years included', () => {
    expect(phaseOf(plan({ start: undefined, end: '2024-02' }), '2024-02-29')).to.equal('current');
    expect(phaseOf(plan({ start: undefined, end: '2024-02' }), '2024-03-01')).to.equal('ended');
    expect(phaseOf(plan({ start: undefined, end: '2026-02' }), '2026-02-28')).to.equal('current');
    expect(phaseOf(plan({ start: undefined, end: '2026-02' }), '2026-03-01')).to.equal('ended');
  });

  /** The last moment of a plan is just before midnight in London, wherever the computer is. */
  const midnights: [end: string, midnight: string][] = [
    ['2026-01-15', '2026-01-16T00:00:00.000Z'],
    ['2026-07-01', '2026-07-01T23:00:00.000Z'],
    ['2026-03-28', '2026-03-29T00:00:00.000Z'],
    ['2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['2026-10-24', '2026-10-24T23:00:00.000Z'],
    ['2026-10-25', '2026-10-26T00:00:00.000Z'],
    ['2026-12-31', '2027-01-01T00:00:00.000Z'],
  ];
  for (const [end, midnight] of midnights)
    it(`a plan that ends on ${end} is current until ${midnight}`, () => {
      const at = Date.parse(midnight);
      expect(phaseOf(plan({ end }), londonDay(at - 1))).to.equal('current');
      expect(phaseOf(plan({ end }), londonDay(at))).to.equal('ended');
    });
});

describe('plans: those that say who is responsible', () => {
  const [current, future, over, past] = [
    plan(),
    plan({ start: '2026-09' }),
    plan({ end: '2026-08-08' }),
    plan({ end: '2025' }),
  ];
  const table: [title: string, plans: Plan[], open: Plan[], standing: Plan[]][] = [
    ['of none, none', [], [], []],
    ['a current one', [current], [current], [current]],
    ['one that ended does not stand beside a current one', [over, current], [current], [current]],
    ['one that starts later stands', [future, over], [future], [future]],
    ['a current and a later one, as received', [future, past, current], [future, current], [future, current]],
    ['when all have ended, all', [past, over], [], [past, over]],
  ];
  for (const [title, plans, open, standing] of table)
    it(title, () => {
      expect(openOf(plans, today)).to.deep.equal(open);
      expect(standingOf(plans, today)).to.deep.equal(standing);
    });
});

describe('plans: the most urgent first', () => {
  const order: [title: string, ...plans: Plan[]][] = [
    [
      'a current plan before a future one before an ended one',
      plan({ kind: 'unborn' }),
      plan({ start: '2026-09-01' }),
      plan({ end: '2026-01-01' }),
    ],
    [
      'child protection, unborn, not recognised, looked after',
      plan(),
      plan({ kind: 'unborn' }),
      plan({ kind: 'unrecognised' }),
      plan({ kind: 'looked-after' }),
    ],
    [
      'of ended ones the last to end',
      plan({ end: '2026-05-01', start: '2020-01-01' }),
      plan({ end: '2026-04-01' }),
      plan({ end: '2026-03' }),
    ],
    [
      'the newest start',
      plan({ start: '2026-01-01' }),
      plan({ start: '2025-12' }),
      plan({ start: '2025' }),
      plan({ start: undefined }),
    ],
  ];
  for (const [title, ...plans] of order)
    it(title, () => {
      expect(mostUrgentFirst(plans.toReversed(), today)).to.deep.equal(plans);
    });

  const day = fc.constantFrom(undefined, '2024', '2025-09', '2026-08-08', '2026-08-09', '2026-08-10', '2027');
  const name = fc.constantFrom(undefined, 'Islington', 'SFD1 - SHEFFIELD CITY COUNCIL');
  const anyPlan: fc.Arbitrary<Plan> = fc.record({
    kind: fc.constantFrom<PlanKind>('child-protection', 'looked-after', 'unborn', 'unrecognised'),
    code: fc.constantFrom(undefined, '1', '2'),
    start: day,
    end: day,
    authority: name,
    officePhone: name,
    emergencyPhone: name,
  });
  const shuffled = fc
    .array(anyPlan, { maxLength: 8 })
    .chain((plans) => fc.tuple(fc.constant(plans), fc.shuffledSubarray(plans, { minLength: plans.length })));

  it('nothing is lost or added, and the order of arrival makes no difference', () => {
    fc.assert(
      fc.property(shuffled, ([plans, otherwise]) => {
        const sorted = mostUrgentFirst(plans, today);
        expect(sorted).to.have.lengthOf(plans.length);
        expect([...sorted]).to.have.members(plans);
        expect(mostUrgentFirst(otherwise, today)).to.deep.equal(sorted);
      }),
      { numRuns: 1000 },
    );
  });

  it('no ended plan comes before one that has not ended', () => {
    fc.assert(
      fc.property(fc.array(anyPlan), (plans) => {
        const phases = mostUrgentFirst(plans, today).map((each) => phaseOf(each, today));
        return phases.slice(phases.indexOf('ended')).every((phase) => phase === 'ended') || !phases.includes('ended');
      }),
      { numRuns: 1000 },
    );
  });
});
