import { addMonths, instantOf, londonDay, type Instant } from './calendar.js';

/** One view of the record from unscheduled care, as the register lists it (CP-IS "previously viewed by"). */
export interface Access {
  at: Instant;
  place: string | undefined;
  viewer: string | undefined;
  role: string | undefined;
}

/** An access as listed. */
export interface AccessRow extends Access {
  /** The access this very check made, as far as can be told. */
  thisCheck: boolean;
  /** Heads its visit in the newest-first list: the visit's latest view. */
  startsVisit: boolean;
  /** The visit it belongs to, numbered from the oldest, 1; 0 for this check. */
  visit: number;
}

/** Views are the fact, visits an estimate. */
export interface AccessCounts {
  views: number;
  visits: number;
}

/** What the accesses say. Counts leave this check out, and are "at least" when `capped`. */
export interface AccessHistory {
  /** Newest first, at most 25. */
  rows: readonly AccessRow[];
  /** The register gave as many as it ever gives: there may be older ones. */
  capped: boolean;
  before: AccessCounts;
  /** Distinct named services among `before`. */
  services: number;
  last30Days: AccessCounts;
  last12Months: AccessCounts;
  /** The oldest row's time. */
  oldest: Instant | undefined;
}

const MOST = 25;
const HOUR = 3_600_000;
const THIS_CHECK = 60_000;
/** One call or crew a view: two of theirs within a night are two events, not one stay. */
const EACH_ITS_OWN = /\b(?:nhs)?111\b|ambulance/i;

/**
 * Orders, marks and counts. This check is the one row within 60 s of the response's time (either side), where the check
 * is one that the register lists (`isListed`: unscheduled); of two nobody can say which it is. A visit is
 * the views at one named service within 12 hours of the first of them, never chained; views by 111, by ambulance or at
 * no named service are each their own. A visit counts by its first view's time. Rows dated in the future (a clock
 * that is off) are listed and counted.
 */
export function accessHistory(accesses: readonly Access[], respondedAt: Instant, isListed: boolean): AccessHistory {
  const newest = [...accesses].sort((a, b) => b.at - a.at).slice(0, MOST);
  const near = newest.filter(({ at }) => Math.abs(at - respondedAt) <= THIS_CHECK);
  const check = isListed && near.length === 1 ? near[0] : undefined;

  const starts: Instant[] = []; // starts[n - 1] is visit n's first view
  const latest = new Map<string, number>(); // service → its latest visit
  const visits = new Map<Access, number>();
  for (const access of [...newest].reverse()) {
    if (access === check) continue;
    const { at, place = '' } = access;
    const service = place.replace(/\s/g, '').toLowerCase(); // empty when it has no name
    let visit = EACH_ITS_OWN.test(place) ? undefined : latest.get(service);
    if (visit === undefined || at - starts[visit - 1]! > 12 * HOUR) visit = starts.push(at);
    if (service) latest.set(service, visit);
    visits.set(access, visit);
  }

  const headed = new Set<number>();
  const rows = newest.map((access): AccessRow => {
    const visit = visits.get(access) ?? 0;
    const startsVisit = visit > 0 && !headed.has(visit);
    headed.add(visit);
    return { ...access, thisCheck: access === check, startsVisit, visit };
  });

  const since = (from: Instant): AccessCounts => ({
    views: [...visits.keys()].filter(({ at }) => at >= from).length,
    visits: starts.filter((at) => at >= from).length,
  });
  return {
    rows,
    capped: accesses.length >= MOST,
    before: since(-Infinity),
    services: latest.size,
    last30Days: since(respondedAt - 30 * 24 * HOUR),
    last12Months: since(instantOf(addMonths(londonDay(respondedAt), -12), 0)),
    oldest: newest.at(-1)?.at,
  };
}
