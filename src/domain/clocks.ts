import { londonDay, type Day, type Instant } from './calendar.js';

/** This computer's clock minus the register's, in milliseconds; `undefined` when the reply had no readable `Date`. */
export type ClockReading = number | undefined;

/** The day; or, where this computer's clock and the register's disagree on it, both days. */
export type Today = Day | { readonly earlier: Day; readonly later: Day };

/** In milliseconds: a `Date` is to the second, and an answer takes time to arrive. */
const tolerance = 60_000;

/** The time by the register's clock, or by this computer's where they differ by no more than a minute. */
export const registerTime = (now: Instant, clock: ClockReading): Instant =>
  clock !== undefined && Math.abs(clock) > tolerance ? now - clock : now;

/** The day in London by both clocks: nobody knows which of them is wrong. */
export function todayBy(now: Instant, clock: ClockReading): Today {
  const [earlier, later] = [now, registerTime(now, clock)].sort((a, b) => a - b).map(londonDay) as [Day, Day];
  return earlier === later ? earlier : { earlier, later };
}
