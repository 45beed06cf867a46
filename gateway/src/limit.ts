import { Fault } from './faults.js';
import { RollingMinute } from './rolling-minute.js';

/**
 * Takes one request from the limit. `first` is true for the first question about a patient. Throws a Fault when none is
 * left.
 */
export type Limit = (first: boolean) => void | Promise<void>;

/**
 * What the platform allows in any rolling minute. The last part is reserved for the first question about a patient,
 * because a history that has to wait is better than a plan that is not seen.
 */
export function createLimit({
  perMinute,
  reserve,
  now,
}: {
  readonly perMinute: number;
  readonly reserve: number;
  readonly now: () => number;
}): (first: boolean) => void {
  const sent = new RollingMinute();
  return (first) => {
    const waits = sent.take(first ? perMinute : Math.floor(perMinute * (1 - reserve)), now());
    if (waits !== undefined)
      throw new Fault('LIMIT_REACHED', { retryAfter: String(Math.max(1, Math.ceil(waits / 1000))) });
  };
}
