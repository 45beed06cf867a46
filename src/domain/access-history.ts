import { addMonths, instantOf, londonDay, type Instant } from './calendar.js';
import { isService, kindOfService, serviceKey } from './service.js';

/** One view of the record from unscheduled care, as the register lists it (CP-IS "previously viewed by"). */
export interface Access {
  at: Instant;
  place: string | undefined;
  viewer: string | undefined;
  role: string | undefined;
  /** A device looked, not a person. */
  bySystem?: true;
}

/**
 * What a view is to this check:
 * - `this-check`: the view that this open made, where that is sure;
 * - `this-attendance`: at this service in the last 12 hours, or since this open;
 * - `recent`: as recent, but nobody can say whether it belongs to this attendance;
 * - `earlier`: part of an earlier visit.
 */
export type Part = 'this-check' | 'this-attendance' | 'recent' | 'earlier';

/** An access as listed. */
export interface AccessRow extends Access {
  part: Part;
  /** The earlier visit it belongs to, counted from the oldest, 1; 0 when it belongs to none. */
  visit: number;
}

/** The views of one earlier visit. */
export interface Visit {
  /** As received; `undefined` when the register did not say. */
  place: string | undefined;
  /** The first view. */
  at: Instant;
  /** Oldest first. */
  views: readonly AccessRow[];
}

/** Views are the fact, visits an estimate. */
export interface AccessCounts {
  views: number;
  visits: number;
}

/** What the accesses say. Counts are of earlier visits only, and mean "at least" when `capped`. */
export interface AccessHistory {
  /** Newest first, at most 25. */
  rows: readonly AccessRow[];
  /** The register gave as many as it ever does: there may be older ones. */
  capped: boolean;
  /** The views of this attendance, this check's included, newest first. */
  thisAttendance: readonly AccessRow[];
  /** The recent views that nobody can place, newest first. */
  recent: readonly AccessRow[];
  /** The earlier visits, newest first. */
  visits: readonly Visit[];
  before: AccessCounts;
  /** How many earlier visits each named service has, most first. */
  services: readonly { place: string; visits: number }[];
  last30Days: AccessCounts;
  last12Months: AccessCounts;
  /** The oldest row's time. */
  oldest: Instant | undefined;
}

/** What is known about the check that reads the history; times by the register's clock. */
export interface ThisCheck {
  /** Whether the register lists it: only unscheduled care. */
  readonly isListed: boolean;
  /** When the open was first asked about. */
  readonly openedAt: Instant;
  readonly respondedAt: Instant;
  /** This place's name or ODS code as CP-IS lists it; "" when the host has not said. */
  readonly service: string;
  /** NHS 111 and ambulances: each call is its own event, so only this open's own view is this attendance. */
  readonly eachViewItsOwn: boolean;
}

const MOST = 25;
const HOUR = 3_600_000;
const ATTENDANCE = 12 * HOUR;
/** The register lists only the first of one reader's views within this time. */
const FOLDED = 24 * HOUR;
/** How far the two clocks may differ on one moment: they tell whole seconds, and messages take time. */
const TOLERANCE = 5_000;

/**
 * Orders, marks and counts. A visit is the views at one named service within 12 hours of its first view, never chained;
 * each view by 111, by ambulance or at no named service is a visit of its own. A visit is dated by its first view. Rows
 * dated in the future (by a wrong clock) are listed; up to 12 hours ahead, they count as now. Without `service`,
 * nothing is guessed about the last 12 hours or the time since this open.
 */
export function accessHistory(accesses: readonly Access[], check: ThisCheck): AccessHistory {
  const newest = [...accesses].sort((a, b) => b.at - a.at).slice(0, MOST);
  const partOf = partsOf(newest, check);

  const visits: { place: string | undefined; at: Instant; views: AccessRow[] }[] = [];
  const latest = new Map<string, number>(); // service → its latest visit, from 1
  const oldestFirst = [...newest].reverse().map((access): AccessRow => {
    const part = partOf(access);
    if (part !== 'earlier') return { ...access, part, visit: 0 };
    const { at, place } = access;
    const service = serviceKey(place);
    let visit = kindOfService(place) === 'call-or-ambulance' ? undefined : latest.get(service);
    if (visit === undefined || at - visits[visit - 1]!.at > ATTENDANCE) visit = visits.push({ place, at, views: [] });
    if (service) latest.set(service, visit);
    const row: AccessRow = { ...access, part, visit };
    visits[visit - 1]!.views.push(row);
    return row;
  });

  const rows = oldestFirst.reverse();
  const since = (from: Instant): AccessCounts => ({
    views: visits.flatMap(({ views }) => views).filter(({ at }) => at >= from).length,
    visits: visits.filter(({ at }) => at >= from).length,
  });
  return {
    rows,
    capped: accesses.length >= MOST,
    thisAttendance: rows.filter(({ part }) => part === 'this-check' || part === 'this-attendance'),
    recent: rows.filter(({ part }) => part === 'recent'),
    visits: [...visits].reverse(),
    before: since(-Infinity),
    services: servicesOf(visits),
    last30Days: since(check.respondedAt - 30 * 24 * HOUR),
    last12Months: since(instantOf(addMonths(londonDay(check.respondedAt), -12), 0)),
    oldest: newest.at(-1)?.at,
  };
}

/**
 * Claims only what is sure: a view of this very moment may be a colleague's, and this check's own may be folded into
 * its reader's first of 24 hours. The register lists one of these two, so a `service` that neither names is misspelt.
 */
function partsOf(rows: readonly Access[], check: ThisCheck): (access: Access) => Part {
  const { isListed, openedAt, respondedAt, service, eachViewItsOwn } = check;
  if (!isListed) return () => 'earlier';
  const opened = openedAt - TOLERANCE;
  const lately = rows.filter(({ at }) => at >= respondedAt - FOLDED && at <= respondedAt + ATTENDANCE);
  const recent = lately.filter(({ at }) => at >= Math.min(opened, respondedAt - ATTENDANCE));
  const isHere = ({ place }: Access): boolean => isService(place, service);
  if (!lately.some(isHere)) return (access) => (recent.includes(access) ? 'recent' : 'earlier');

  const attending = recent.filter(isHere);
  const sinceOpened = attending.filter(({ at }) => at >= opened);
  const own = sinceOpened.length === 1 ? sinceOpened[0] : undefined;
  // For calls and ambulances: the views of which one may be this open's own.
  const candidates = sinceOpened.length === 0 ? attending : sinceOpened;
  return (access) => {
    if (access === own) return 'this-check';
    if (!attending.includes(access)) return 'earlier';
    if (!eachViewItsOwn) return 'this-attendance';
    return candidates.includes(access) ? 'recent' : 'earlier';
  };
}

function servicesOf(visits: readonly Pick<Visit, 'place'>[]): AccessHistory['services'] {
  const byKey = new Map<string, { place: string; visits: number }>();
  for (const { place = '' } of visits) {
    const key = serviceKey(place);
    if (key === '') continue;
    const known = byKey.get(key);
    byKey.set(key, { place: known?.place ?? place.trim(), visits: (known?.visits ?? 0) + 1 });
  }
  return [...byKey.values()].sort((a, b) => b.visits - a.visits);
}

/** How many people looked: each name counts once, and each view without a name counts as one. */
export function staffIn(views: readonly Access[]): number {
  const named = views.flatMap(({ viewer }) => viewer ?? []);
  return new Set(named).size + (views.length - named.length);
}
