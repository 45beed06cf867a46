import type { AuthorityKey } from './authorities.js';
import type { Viewer } from './practitioners.js';

/** An earlier access: days before today, time of day in London, who. */
export type Seen = readonly [daysAgo: number, time: string, by: Viewer];

/** What the register holds at the start for one of the demo's people. */
export interface Holding {
  nhsNumber: string;
  /** The case that this person is here to show. */
  covers: string;
  /** `start` and `end` are days before today. Below 0 they are still to come. */
  plans: readonly { type: { code: string; display: string }; authority: AuthorityKey; start: number; end?: number }[];
  seen: readonly Seen[];
}

/** The same viewer at the same time of day, on several days. */
export const several = (by: Viewer, time: string, daysAgo: readonly number[]): Seen[] =>
  daysAgo.map((days) => [days, time, by]);
