import { addMonths, londonDay, londonInstant } from '../shared/time.js';

/** One view of a record: when (milliseconds since 1970), at which service, in which care setting. */
export interface View {
  at: number;
  organisation: string;
  setting: string | null;
}

export interface Count {
  views: number;
  visits: number;
}

const HOUR = 3_600_000;
/** Each view is one call or one crew: two within a night are two events, not one stay. */
const eachItsOwn: ReadonlySet<string | null> = new Set(['ambulance', 'nhs-111']);

/**
 * When the visit of each view began, in the views' order. A visit is all views at one named service within 12 hours of
 * its first view, never chained. Each view by an ambulance or by 111 is a visit of its own (design, section 5).
 */
export const visitBeginnings = (oldestFirst: readonly View[]): { began: number; first: boolean }[] => {
  const latest = new Map<string, number>();
  return oldestFirst.map(({ at, organisation, setting }) => {
    const began = latest.get(organisation);
    if (!eachItsOwn.has(setting) && began !== undefined && at - began <= 12 * HOUR) return { began, first: false };
    latest.set(organisation, at);
    return { began: at, first: true };
  });
};

/**
 * Views and estimated visits in 30 days and in 12 months up to an instant. A visit counts at the time of its first
 * view.
 */
export const countViews = (oldestFirst: readonly View[], now: number): { last30Days: Count; last12Months: Count } => {
  const beginnings = visitBeginnings(oldestFirst);
  const since = (from: number): Count => ({
    views: oldestFirst.filter(({ at }) => at >= from).length,
    visits: beginnings.filter(({ began, first }) => first && began >= from).length,
  });
  return {
    last30Days: since(now - 30 * 24 * HOUR),
    last12Months: since(londonInstant(addMonths(londonDay(now), -12), '00:00')),
  };
};
