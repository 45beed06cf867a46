import type { AccessHistory } from '../domain/access-history.js';
import { authorityName } from '../domain/authority.js';
import { formatDay, formatDayTime, formatTime, londonDay, longDay, type Instant } from '../domain/calendar.js';
import type { Attendance, CareSetting } from '../domain/care-setting.js';
import type { Today } from '../domain/clocks.js';
import type { Line } from '../domain/office-hours.js';
import { mostUrgentFirst, phaseOf, type Plan, type PlanKind } from '../domain/plan.js';
import type { Reason } from '../domain/reason.js';

/**
 * Every sentence a clinician reads. Read by a safeguarding lead against PG9 section 3; "patient", not "child": it may
 * be the mother or a care leaver. The first part of a pair stands out.
 */
export type Emphasised = readonly [strong: string, rest: string];

export const regionName = 'Child Protection – Information Sharing';
export const notRecorded = 'Not recorded';
export const lightDom = 'CP-IS not checked';

// ---- plans

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

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The heading of a held record: the most urgent first, kinds joined, the unborn baby's never merged with the patient's. */
export function heldHeading(plans: readonly Plan[], today: Today): string {
  const sorted = mostUrgentFirst(plans, today);
  const inPhase = (phase: string): readonly Plan[] => sorted.filter((plan) => phaseOf(plan, today) === phase);
  const current = inPhase('current');
  if (current.length > 0) return currentHeading([...new Set(current.map(({ kind }) => kind))]);
  const [coming] = inPhase('future');
  if (coming?.start !== undefined) return `${kindOrRecord(coming.kind)} ${startsOn(coming.start)}`;
  const [ended] = sorted;
  return ended === undefined ? recordHeld : endedHeading(ended);
}

const recordHeld = 'CP-IS record held. Plan type not recognised.';

const kindOrRecord = (kind: PlanKind): string =>
  kind === 'unrecognised' ? 'CP-IS record held. Plan' : kindNames[kind];

function currentHeading(kinds: readonly PlanKind[]): string {
  const own = kinds.filter((kind) => kind !== 'unborn');
  const [first, ...others] = own;
  if (first === undefined) return kindNames.unborn;
  if (own.length === 1 && first === 'unrecognised')
    return kinds.length > 1 ? `${recordHeld} ${kindNames.unborn}.` : recordHeld;
  const joined = [
    kindNames[first],
    ...others.map((kind) =>
      kind === 'unrecognised' ? 'a plan of a type not recognised' : lowerFirst(kindNames[kind]),
    ),
  ].join(' and ');
  if (!kinds.includes('unborn')) return joined;
  return own.includes('child-protection') ? `${joined}. Unborn baby also has one.` : `${joined}. ${kindNames.unborn}.`;
}

const endedHeading = ({ kind, end = '' }: Plan): string => {
  if (kind === 'looked-after') return `Looked after until ${formatDay(end)}`;
  return `${kindOrRecord(kind)} ended ${formatDay(end)}`;
};

export const since = (plan: Plan): string =>
  plan.start === undefined ? `since: ${lowerFirst(notRecorded)}` : `since ${formatDay(plan.start)}`;
export const startsOn = (start: string): string => `starts ${formatDay(start)}`;
export const until = (end: string): string => `until ${formatDay(end)}`;
export const endedRow = (plan: Plan): string => `Ended ${formatDay(plan.end ?? '')}: ${lowerFirst(planName(plan))}`;
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const plansTitle = 'Plans';
export const ownRow = 'Patient';
export const unbornRow = 'Unborn baby';
export const heldOnThisRecord = 'Held on this patient’s record.';
export const mayBeOld = 'This answer may be old. Don’t rely on an alert.';
export const incomplete = 'The answer was incomplete. There may be more.';

export const consent = (names: readonly string[]): string =>
  `CP-IS does not show who can consent. Ask ${oneOf(names)}.`;

/** Social worker for a child; a care leaver has a personal adviser too (PG9 section 3). */
export const mayHaveNoWorker = (plans: readonly Plan[]): string =>
  plans.some(({ kind }) => kind === 'looked-after')
    ? 'May have no social worker or personal adviser now.'
    : 'May have no social worker now.';

export const areaLabels = { 'out-of-area': 'Out of area', 'not-recognised': 'Area not recognised' } as const;

// ---- whom to ring

export const nameOf = (authority: string | undefined): string =>
  authority === undefined ? 'Local authority not recorded' : authorityName(authority);

const oneOf = (names: readonly string[]): string => names.join(' or ') || 'the local authority';

export const lineNames: Readonly<Record<Line, string>> = { office: 'office', 'emergency-duty': 'emergency duty team' };
export const ringTitle = (line: Line): string => `If concerned, ring: ${lineNames[line]}`;
export const lineLabel = (line: Line): string => upperFirst(lineNames[line]);
/** `when` as the office-hours rule describes it: "17:00", "09:00 Monday". */
export const officeUsually = (line: Line, when: string): string =>
  line === 'office' ? `office usually open until ${when}` : `office usually opens ${when}`;
export const otherNumber = 'Other number';
export const alsoEnded = 'Plan ended';
export const copyLabel = (phone: string): string => `Copy ${phone}`;
export const copied = 'Copied';
export const notCopied = 'Not copied';

export const hoursUnreadable = 'Office hours set on this screen could not be read. Usual hours shown.';
export const holidaysUnknown = 'Bank holidays for this year are not known. The office may be closed.';
export const clockWrong = 'This computer’s clock is wrong, or CP-IS’s is. Times may be wrong.';

// ---- the foot

/** What was done and what to do, after an answer that holds a record. */
export function footLines(
  attendance: Attendance,
  setting: CareSetting,
  plans: readonly Plan[],
  today: Today,
  kept: boolean,
): readonly Emphasised[] {
  const open = plans.filter((plan) => phaseOf(plan, today) !== 'ended');
  const names = namesOf(open.length > 0 ? open : plans);
  if (attendance === 'scheduled') {
    const background = open.length > 0 ? ` Not in your record? Ask ${oneOf(names)} for background.` : '';
    return [['Routine appointment: this check sent no alert.', `Concerned? Ring ${oneOf(names)}.${background}`]];
  }
  const is111 = setting === 'nhs-111';
  const toDo = is111
    ? 'Tell your clinician before the call ends. Don’t tell the caller.'
    : 'Ring before the patient leaves.';
  const alert: Emphasised = kept
    ? ['Concerned?', toDo]
    : is111
      ? ['CP-IS alerts the local authority.', `Concerned? ${toDo}`]
      : ['CP-IS alerts the local authority automatically.', `Don’t assume anyone has read it. Concerned? ${toDo}`];
  const unborn = open.filter(({ kind }) => kind === 'unborn');
  if (setting !== 'maternity-unit' || unborn.length === 0) return [alert];
  return [alert, ['After birth:', `give ${oneOf(namesOf(unborn))} the baby’s NHS number.`]];
}

export const namesOf = (plans: readonly Plan[]): readonly string[] => [
  ...new Set(plans.flatMap(({ authority }) => (authority === undefined ? [] : [authorityName(authority)]))),
];

export const openedInError = 'Opened in error?';
export const openedInErrorAdvice = (attendance: Attendance, names: readonly string[]): string =>
  attendance === 'scheduled'
    ? 'No alert was sent.'
    : `The alert can’t be recalled. Ring ${oneOf(names)} and say so; report it locally.`;

// ---- none, checking, not checked

export const none: Emphasised = [
  'No CP-IS record for this NHS number.',
  'This does not rule out a concern. England only.',
];
export const newborn = 'Newborn? Check the mother’s record.';

export const checking = (attendance: Attendance | undefined): string =>
  attendance === 'unscheduled' ? 'Checking CP-IS… recorded under your name.' : 'Checking CP-IS…';

/** Never seen nor said: as long as an ordinary answer's heading and its time, to keep their room while checking. */
export const likelyHeading = 'Checking the register';
export const likelyChecked = 'Checked 00:00';
export const likelySubtitle = 'since 00-Mmm-0000 · Authority';

export const notCheckedHeading = 'CP-IS not checked: status unknown';
export const alertMayHaveGone = 'An alert may have gone.';
export const referAsUsual = 'Concerned? Don’t wait: refer as usual.';

const notSetUp = 'Not set up on this screen. Tell IT.';

export const reasonLines: Readonly<Record<Reason, string>> = {
  'nhs-number-missing': 'No NHS number. Trace it. Newborn? Check the mother’s record.',
  'nhs-number-invalid': 'NHS number not valid. Correct it.',
  'nhs-number-unverified': 'NHS number not confirmed. Trace it first.',
  'care-setting-missing': notSetUp,
  'care-setting-unknown': notSetUp,
  'attendance-missing': notSetUp,
  misconfigured: notSetUp,
  'signed-out': 'Sign in again.',
  'access-denied': 'Your role cannot see CP-IS. Ask a colleague who can.',
  refused: 'CP-IS refused the request. Tell IT.',
  busy: 'CP-IS is busy. Try in a minute.',
  'timed-out': 'CP-IS did not answer.',
  unreachable: 'No connection to CP-IS.',
  'register-error': 'CP-IS has a fault.',
  unreadable: 'The answer could not be read safely.',
  'wrong-patient': 'The answer was for another NHS number. Nothing shown. Report it now.',
  'check-again': 'This page was left. Check again.',
};

// ---- the frame

export const checkAgain = 'Check again';
export const hide = 'Hide';
export const show = 'Show';
/** The EPR cannot be heard: it may have another patient open, or this screen shows nobody where it has somebody. */
export const outOfSync = 'Out of sync: check that this is the same patient.';
export const outOfSyncNobody = 'Out of sync: CP-IS not checked.';
export const pleaseRead = 'Please read: CP-IS';
/** The time; the date too when it is not today. */
const timeOf = (at: Instant, now: Instant): string =>
  londonDay(at) === londonDay(now) ? formatTime(at) : formatDayTime(at);
export const checkedAt = (at: Instant, now: Instant): string => `Checked ${timeOf(at, now)}`;
export const lastChecked = (at: Instant, now: Instant): string => `Last checked ${timeOf(at, now)}:`;

// ---- visits

export const visitsTitle = 'Unscheduled care';
export const visitsLoading = 'Loading earlier visits…';
export const visitsFailed = 'Earlier visits did not load. There may be some.';
export const visitsUnavailable = 'Earlier visits are not available by this route.';
export const notViewedBefore = 'Not viewed before in unscheduled care.';
export const showViews = (count: number): string => (count === 1 ? 'Show the 1 view' : `Show all ${count} views`);
export const hideViews = 'Hide views';
export const thisCheckBy = (viewer: string): string => `This check: ${viewer}`;
export const sameVisit = 'same service, about the same visit';
export const tableColumns = ['Date and time', 'Viewed at', 'Viewed by', 'Role'] as const;
export const tableCaption = 'CP-IS viewed by';
export const tableNote =
  'Visits are an estimate: returns within 12 hours may show as one. Don’t share places or authority with the family: a placement may be confidential.';
export const mostRecent = (oldest: Instant): string => `25 most recent, back to ${formatDayTime(oldest)}.`;

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/**
 * Views as the fact, visits as the estimate. Counts of a full list, or of one that may lack some, are lower bounds; the
 * last 30 days only when the list may not reach back that far.
 */
export function visitsSentence(
  { before, last30Days, services, capped }: AccessHistory,
  incomplete: boolean,
): readonly [viewed: string, times: string, rest: string, visits: string] {
  const bound = capped || incomplete;
  const recentBound = incomplete || (capped && last30Days.views === before.views);
  const orMore = bound ? ' or more' : '';
  return [
    `CP-IS viewed ${bound ? 'at least ' : ''}`,
    plural(before.views, 'time'),
    ` before now${services === 0 ? '' : `, at ${plural(services, 'service')}${orMore}`}.`,
    `About ${plural(before.visits, 'visit')}${orMore}; ${recentBound ? 'at least ' : ''}${last30Days.visits} in the last 30 days.`,
  ];
}

export function visitsInShort({ before, last30Days, capped }: AccessHistory, incomplete: boolean): string {
  if (before.views === 0) return incomplete ? visitsFailed : 'not viewed before';
  const orMore = capped || incomplete ? ' or more' : '';
  return `about ${plural(before.visits, 'visit')}${orMore}, ${last30Days.visits}\u00a0in\u00a030\u00a0days`;
}

export const stripText = (visits: number, now: Instant): string =>
  `${plural(visits, 'visit')} in the 12 months to ${longDay(londonDay(now))}, on a line from old to new`;
