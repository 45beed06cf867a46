import { firstDayOf, lastDayOf, type PartialDay } from './calendar.js';
import type { Today } from './clocks.js';

/** The three kinds of plan CP-IS holds, and any it may yet hold: an unknown code is shown as such, never dropped. */
export type PlanKind = 'child-protection' | 'looked-after' | 'unborn' | 'unrecognised';

/** SNOMED CT codes of `CareTeam.category` (CP-IS consumer guide, Data mapping). */
const kindByCode: ReadonlyMap<string | undefined, PlanKind> = new Map([
  ['342191000000101', 'child-protection'],
  ['764841000000100', 'looked-after'],
  ['818901000000100', 'unborn'],
]);

/** The kind of plan a SNOMED CT code names; `unrecognised` for any other. */
export const planKindOf = (code: string | undefined): PlanKind => kindByCode.get(code) ?? 'unrecognised';

/** One plan as the register sent it. `undefined` means that the register did not say: "Not recorded". */
export interface Plan {
  readonly kind: PlanKind;
  /** The code as received, for a plan that is not recognised. */
  readonly code: string | undefined;
  readonly start: PartialDay | undefined;
  /** The last day of the plan; a plan with no end is current. */
  readonly end: PartialDay | undefined;
  /** The responsible local authority's name as received. */
  readonly authority: string | undefined;
  readonly officePhone: string | undefined;
  readonly emergencyPhone: string | undefined;
  /** Every number, including the two above, when the register sent more. */
  readonly phones?: readonly PlanPhone[];
}

/** A number as received, and its line: `other` when the register did not say. */
export interface PlanPhone {
  readonly line: 'office' | 'emergency-duty' | 'other';
  readonly number: string;
}

export type PlanPhase = 'current' | 'ended' | 'future';

/**
 * A plan is current up to and including its end date, and when it has none; a partial end date lasts until its month or
 * year ends. When two clocks differ, both must say that it has ended or has not begun.
 */
export function phaseOf(plan: Plan, today: Today): PlanPhase {
  const { earlier, later } = typeof today === 'string' ? { earlier: today, later: today } : today;
  if (plan.end !== undefined && lastDayOf(plan.end) < earlier) return 'ended';
  if (plan.start !== undefined && firstDayOf(plan.start) > later) return 'future';
  return 'current';
}

/** The plans that have not ended. */
export const openOf = (plans: readonly Plan[], today: Today): readonly Plan[] =>
  plans.filter((plan) => phaseOf(plan, today) !== 'ended');

/** The plans that say who is responsible: those that have not ended, or all when every one has. */
export const standingOf = (plans: readonly Plan[], today: Today): readonly Plan[] => {
  const open = openOf(plans, today);
  return open.length > 0 ? open : plans;
};

const urgency: Readonly<Record<PlanKind, number>> = {
  'child-protection': 0,
  unborn: 1,
  unrecognised: 2,
  'looked-after': 3,
};

const phaseRank: Readonly<Record<PlanPhase, number>> = { current: 0, future: 1, ended: 2 };

/**
 * The plans, most urgent first: current before future before ended; then by kind; then the latest end; then the newest
 * start. The order received, which nobody guarantees, makes no difference.
 */
export function mostUrgentFirst(plans: readonly Plan[], today: Today): readonly Plan[] {
  return [...plans].sort(
    (a, b) =>
      phaseRank[phaseOf(a, today)] - phaseRank[phaseOf(b, today)] ||
      urgency[a.kind] - urgency[b.kind] ||
      compare(b.end ?? '', a.end ?? '') ||
      compare(b.start ?? '', a.start ?? '') ||
      compare(details(a), details(b)),
  );
}

const details = ({ code, authority, officePhone, emergencyPhone }: Plan): string =>
  JSON.stringify([code, authority, officePhone, emergencyPhone]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
