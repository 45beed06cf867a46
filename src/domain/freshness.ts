import type { Instant } from './calendar.js';

/** Whether something from that moment still counts, for `seconds`. A negative age (the clock was put back) is stale. */
export function isFresh(since: Instant, seconds: number, now: Instant): boolean {
  const age = now - since;
  return age >= 0 && age < seconds * 1000;
}
