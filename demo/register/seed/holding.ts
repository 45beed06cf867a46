import type { AuthorityKey } from './authorities.js';
import type { Viewer } from './practitioners.js';

/** An earlier access: days before today, time on a London clock, who. */
export type Seen = readonly [daysAgo: number, time: string, by: Viewer];

/** What the register starts out with for one of the demo's people. */
export interface Holding {
  nhsNumber: string;
  /** Which case this person is here to show. */
  covers: string;
  /** `start` and `end` are days before today; below 0 is still to come. */
  plans: readonly { type: { code: string; display: string }; authority: AuthorityKey; start: number; end?: number }[];
  seen: readonly Seen[];
}

/** One viewer at one time of day, again and again. */
export const several = (by: Viewer, time: string, daysAgo: readonly number[]): Seen[] =>
  daysAgo.map((days) => [days, time, by]);
