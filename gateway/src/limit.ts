import { Fault } from './faults.js';

const minute = 60_000;

/** Takes one; `first` for the first question about a patient. Throws a Fault when none is left. */
export type Limit = (first: boolean) => void | Promise<void>;

/**
 * What the platform allows in any rolling minute. The last part is kept for the first question about a patient: a
 * history that must wait is better than a plan that is not seen.
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
  const sent: number[] = [];
  return (first) => {
    const time = now();
    while (sent.length > 0 && sent[0]! <= time - minute) sent.shift();
    const allowed = first ? perMinute : Math.floor(perMinute * (1 - reserve));
    if (sent.length >= allowed) {
      const waits = (sent[sent.length - allowed] ?? time) + minute - time;
      throw new Fault('LIMIT_REACHED', { retryAfter: String(Math.max(1, Math.ceil(waits / 1000))) });
    }
    sent.push(time);
  };
}
