import type { Instant } from '../domain/calendar.js';

/** How long a register may be given to recover from, in milliseconds, when it does not say: full jitter up to this. */
const backOff = 1000;

/**
 * How long to wait before the one retry, in milliseconds; `undefined` when it would not fit into what is left of the
 * check. `Retry-After` is obeyed, and spread like everything else, so that a ward's worth of banners does not return at once.
 */
export function waitBeforeRetry(retryAfter: number | undefined, remaining: number, random: number): number | undefined {
  const wait = (retryAfter ?? 0) + random * backOff;
  return wait < remaining ? wait : undefined;
}

/** `Retry-After` in milliseconds from now, in either form: seconds, or an HTTP date measured against the response's own. */
export function readRetryAfter(header: string | null, date: Instant | undefined, now: Instant): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = new Date(header).getTime();
  return Number.isNaN(at) ? undefined : Math.max(0, at - (date ?? now));
}

/** Resolves after a time, or at once when nobody waits any more. */
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
