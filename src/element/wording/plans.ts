import type { Today } from '../../domain/clocks.js';
import { authorityName } from '../../domain/authority.js';
import { mostUrgentFirst, phaseOf, type Plan, type PlanKind } from '../../domain/plan.js';
import { formatDay } from './dates.js';
import { lowerFirst, notRecorded } from './text.js';

/** The words about plans: headings, rows, and what else to know. */

const kindNames: Readonly<Record<PlanKind, string>> = {
  'child-protection': 'Child protection plan',
  'looked-after': 'Looked after',
  unborn: 'Unborn baby: child protection plan',
  unrecognised: 'Plan type not recognised',
};

/** One plan's kind in a row, with the code when it is not recognised. */
export const planName = (plan: Plan): string =>
  plan.kind === 'unrecognised' && plan.code !== undefined
    ? `${kindNames.unrecognised} (code ${plan.code})`
    : plan.kind === 'unborn'
      ? 'Child protection plan'
      : kindNames[plan.kind];

const namesBeside: Readonly<Record<PlanKind, string>> = {
  'child-protection': 'child protection plan',
  'looked-after': 'looked after',
  unborn: 'unborn baby’s plan',
  unrecognised: 'plan type not recognised',
};

/** The kinds of an authority's plans, beside its name. */
export const kindsBeside = (plans: readonly Plan[]): string =>
  [...new Set(plans.map(({ kind }) => namesBeside[kind]))].join(', ');

const recordHeld = 'CP-IS record held. Plan type not recognised.';

/** The heading of a held record: the most urgent first, the unborn baby's never merged with the patient's. */
export function heldHeading(plans: readonly Plan[], today: Today): string {
  const sorted = mostUrgentFirst(plans, today);
  const inPhase = (phase: string): readonly Plan[] => sorted.filter((plan) => phaseOf(plan, today) === phase);
  const current = inPhase('current');
  const endedUnborn = inPhase('ended').find(({ kind }) => kind === 'unborn');
  if (current.length > 0) {
    const heading = currentHeading(current);
    if (endedUnborn === undefined || current.some(({ kind }) => kind === 'unborn')) return heading;
    return `${heading.replace(/\.$/, '')}. ${endedHeading(endedUnborn)}.`;
  }
  const [coming] = inPhase('future');
  if (coming?.start !== undefined) return `${kindOrRecord(coming.kind)} ${startsOn(coming.start)}. Treat as current.`;
  const [ended] = sorted;
  return ended === undefined ? recordHeld : endedHeading(endedUnborn ?? ended);
}

const kindOrRecord = (kind: PlanKind): string =>
  kind === 'unrecognised' ? 'CP-IS record held. Plan' : kindNames[kind];

function currentHeading(current: readonly Plan[]): string {
  const kinds = [...new Set(current.map(({ kind }) => kind))];
  const own = kinds.filter((kind) => kind !== 'unborn');
  const isExpecting = own.length < kinds.length;
  const [first] = own;
  if (first === undefined) return kindNames.unborn;
  if (first === 'child-protection') {
    const joined = joinedKinds(own);
    return isExpecting ? `${joined}. Unborn baby also has one.` : joined;
  }
  if (isExpecting)
    return `${kindNames.unborn}. Patient${own.length === 1 && first === 'unrecognised' ? ': ' : ' '}${lowerFirst(joinedKinds(own))}.`;
  if (own.length === 1 && first === 'unrecognised') return recordHeld;
  const authorities = new Set(current.map(({ authority }) => authority && authorityName(authority).toLowerCase()));
  return own.length === 1 && first === 'looked-after' && authorities.size > 1
    ? `Looked after: ${current.length} records. Ask which authority is responsible.`
    : joinedKinds(own);
}

/** A kind that is not recognised comes last: the others say more. */
function joinedKinds(own: readonly PlanKind[]): string {
  const known = own.filter((kind) => kind !== 'unrecognised');
  const [first = 'unrecognised', ...others] = known;
  return [
    kindNames[first],
    ...others.map((kind) => lowerFirst(kindNames[kind])),
    ...(known.length > 0 && own.includes('unrecognised') ? ['a plan of a type not recognised'] : []),
  ].join(' and ');
}

const endedHeading = ({ kind, end = '' }: Plan): string => {
  if (kind === 'looked-after') return `Looked after until ${formatDay(end)}`;
  if (kind === 'unborn') return `Unborn baby’s plan ended ${formatDay(end)}`;
  return `${kindOrRecord(kind)} ended ${formatDay(end)}`;
};

export const since = (plan: Plan): string =>
  plan.start === undefined ? `since: ${lowerFirst(notRecorded)}` : `since ${formatDay(plan.start)}`;
export const startsOn = (start: string): string => `starts ${formatDay(start)}`;
/** "since 26-Sep-2025", or "starts 01-Dec-2026" for one that has not begun. */
export const from = (plan: Plan, today: Today): string =>
  phaseOf(plan, today) === 'future' && plan.start !== undefined ? startsOn(plan.start) : since(plan);
export const until = (end: string): string => `until ${formatDay(end)}`;
export const endedRow = (plan: Plan): string =>
  `Ended ${formatDay(plan.end ?? '')}: ${plan.kind === 'unborn' ? namesBeside.unborn : lowerFirst(planName(plan))}`;

export const plansTitle = 'Plans';
export const ownRow = 'Patient';
export const unbornRow = 'Unborn baby';
export const mayBeOld = 'This answer may be old. Don’t rely on an alert.';
export const incomplete = 'The answer was incomplete. There may be more.';
/** Only ended plans could be read. */
export const mayBeCurrent = 'The answer was incomplete. There may be a current plan.';

export const nameOf = (authority: string | undefined): string =>
  authority === undefined ? 'Local authority not recorded' : authorityName(authority);

export const namesOf = (plans: readonly Plan[]): readonly string[] => [
  ...new Set(plans.flatMap(({ authority }) => (authority === undefined ? [] : [authorityName(authority)]))),
];

/** For an authority that exists but is not a home authority, and for a name that is in no list. */
export const areaLabels = {
  'out-of-area': 'Out of area',
  'not-recognised': 'Authority’s name not recognised',
} as const;
