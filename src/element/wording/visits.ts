import { staffIn, type AccessHistory, type AccessRow } from '../../domain/access-history.js';
import { formatTime, londonDay, type Instant } from '../../domain/calendar.js';
import type { ServiceKind } from '../../domain/service.js';
import { serviceKey } from '../../domain/service.js';
import { formatDay, formatDayTime, longDay } from './dates.js';
import { listed, notRecorded, plural } from './text.js';

/** Views as the fact, visits as the estimate. */

export const visitsLoading = 'Loading earlier visits…';
export const visitsFailed = 'Earlier visits did not load. There may be some.';
export const visitsUnavailable = 'Earlier visits are not shown in this system. There may be some.';
export const visitsOfAnother =
  'Earlier visits were for another NHS number. Not shown. Report it now: IT and the safeguarding team.';

/** What the summary of a history says: its heading, and lines beneath it. */
export interface Summary {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Never shown or read out: as long as an ordinary summary, to keep its room until it comes. */
export const likely = (isShared: boolean): Summary => ({
  heading: 'About 8 earlier visits, 2 in the last 30 days',
  lines: [
    'at 4 services',
    'CP-IS viewed 13 times',
    ...(isShared ? ['Also viewed here in the last 12 hours: 2 staff'] : []),
  ],
});

/**
 * The earlier visits in brief. Counts from a full list, or from one that may lack some views, are lower bounds; that of
 * the last 30 days only when the list may not reach back so far. An answer that may lack some views cannot say that
 * there were none.
 */
export function summaryOf(history: AccessHistory, isIncomplete: boolean, isSilent: boolean): Summary {
  const { before, capped, oldest } = history;
  const lines = [
    ...(isIncomplete && before.views > 0 ? ['The list was incomplete. There may be more.'] : []),
    ...(before.views === 0 ? [] : [fact(history)]),
    ...(capped && oldest !== undefined
      ? [`Only the latest 25 views show, back to ${formatDay(londonDay(oldest))}.`]
      : []),
    ...alsoViewed(history),
  ];
  if (before.views > 0) return { heading: visitsHeading(history, isIncomplete, isSilent), lines };
  if (isIncomplete) return { heading: visitsFailed, lines };
  const none = isSilent ? 'No unscheduled visits in CP-IS.' : 'No earlier visits in CP-IS.';
  return {
    heading: none,
    lines: ['Visits without a CP-IS view don’t show.', ...lines],
  };
}

const fact = ({ before, services, capped }: AccessHistory): string => {
  const at = services.length === 0 ? '' : `at ${plural(services.length, 'service')}${capped ? ' or more' : ''} · `;
  return `${at}CP-IS viewed ${capped ? 'at least ' : ''}${times(before.views)}`;
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** "About 8 earlier visits, 2 in the last 30 days": the words for the strip and the notes. */
export function visitsHeading(history: AccessHistory, isIncomplete: boolean, isSilent: boolean): string {
  const { before, last30Days, capped } = history;
  const isBound = capped || isIncomplete;
  const isRecentBound = isIncomplete || (capped && last30Days.views === before.views);
  const kind = isSilent ? 'unscheduled' : 'earlier';
  const how = isBound ? 'At least ' : before.visits === 1 ? '' : 'About ';
  const recent =
    last30Days.visits === 0 && !isRecentBound ? 'none' : `${isRecentBound ? 'at least ' : ''}${last30Days.visits}`;
  return `${how}${plural(before.visits, `${kind} visit`)}, ${recent} in the last 30 days`;
}

/** Who looked in the last 12 hours: those who certainly looked here for this attendance, and the others. */
function alsoViewed({ thisAttendance, recent }: AccessHistory): readonly string[] {
  const others = thisAttendance.filter(({ part }) => part !== 'this-check');
  const isOwnKnown = others.length < thisAttendance.length;
  return [
    ...(others.length === 0
      ? []
      : [`${isOwnKnown ? 'Also viewed' : 'Viewed'} here in the last 12 hours: ${staffIn(others)} staff`]),
    ...(recent.length === 0 ? [] : [`Viewed in the last 12 hours${placesOf(recent)}: ${staffIn(recent)} staff`]),
  ];
}

function placesOf(views: readonly AccessRow[]): string {
  const places = new Map(views.flatMap(({ place }) => (place === undefined ? [] : [[serviceKey(place), place]])));
  if (places.size === 0) return '';
  return places.size > 2 ? ` at ${places.size} services` : ` at ${listed([...places.values()])}`;
}

/** "Whittington 3 · Royal London 2 · NHS 111 2" */
export const byService = ({ services }: AccessHistory): string =>
  services.map(({ place, visits }) => `${place} ${visits}`).join(' · ');

export const drawingTitle = 'How often, in 12 months';
export const drawn = (visits: number, last30Days: number, now: Instant): string =>
  `${plural(visits, 'visit')} in the 12 months to ${longDay(londonDay(now))}, ${last30Days === 0 ? 'none' : last30Days} in the last 30 days, on a line from old to new`;
export const in30Days = (visits: number): string => `30 days: ${visits}`;
export const now = 'Now';
export const kindNames: Readonly<Record<ServiceKind, string>> = {
  'emergency-department': 'emergency department',
  'call-or-ambulance': 'NHS 111 or ambulance',
  other: 'other',
};
export const filledHere = 'filled: this service; hollow: elsewhere';

// ---- the table

export const tableColumns = ['Visit', 'Where', 'Viewed by'] as const;
export const tableCaption = 'CP-IS viewed by';
export const tableNote =
  'Visits are an estimate: returns within 12 hours may show as one, a long stay as several. Don’t share places or authority with the family: a placement may be confidential.';
export const thisAttendance = 'This attendance';
export const lastTwelveHours = 'Last 12 hours';
export const staff = (views: readonly AccessRow[]): string => plural(staffIn(views), 'staff', 'staff');
export const placeOf = (place: string | undefined): string => place ?? notRecorded;

/** One view in a visit's row: who, in which role and when, with the day when it is not the visit's. */
export function viewedBy({ viewer, role, at, part, bySystem }: AccessRow, day: string | undefined): string {
  const who = [viewer ?? notRecorded, ...(role === undefined ? [] : [role])].join(', ');
  const when = londonDay(at) === day ? formatTime(at) : formatDayTime(at);
  const said = `${who} ${when}`;
  if (bySystem === true) return `${said} (viewed by a system; may not be a visit)`;
  return part === 'this-check' ? `This check: ${said}` : said;
}
