import type { Instant } from '../domain/calendar.js';

/** The most that jitter adds to a wait, in milliseconds; without `Retry-After` it is the whole wait. */
const backOff = 1000;

/**
 * How long to wait before the one retry, in milliseconds; `undefined` when the check would be over by then.
 * `Retry-After` is obeyed, with jitter, so that a ward's banners do not all return at once.
 */
export function waitBeforeRetry(retryAfter: number | undefined, remaining: number, random: number): number | undefined {
  const wait = (retryAfter ?? 0) + random * backOff;
  return wait < remaining ? wait : undefined;
}

/** `Retry-After` in milliseconds from now: given in seconds, or as an HTTP date, measured by the response's own. */
export function readRetryAfter(header: string | null, date: Instant | undefined, now: Instant): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = new Date(header).getTime();
  return Number.isNaN(at) ? undefined : Math.max(0, at - (date ?? now));
}

/** Resolves after a time, or at once when aborted. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });
