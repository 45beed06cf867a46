import { people } from '../../people.js';
import type { Records } from '../records.js';
import { addDays, londonDay, londonInstant } from '../time.js';
import { authorities } from './authorities.js';
import { children } from './children.js';
import type { Holding } from './holding.js';
import { notHeld } from './not-held.js';
import { practitioners } from './practitioners.js';
import { unbornAndNewborn } from './unborn.js';

/** Every one of the demo's people, with the case each of them covers. */
export const holdings: readonly Holding[] = [...children, ...unbornAndNewborn, ...notHeld];

/** The demo's records, their days and times counted back from the register's clock. */
export const demoRecords = (now: number): Records => {
  const today = londonDay(now);
  const daysAgo = (days: number): string => addDays(today, -days);
  return {
    localAuthorities: Object.values(authorities),
    practitioners,
    children: people(today),
    plans: holdings.flatMap(({ nhsNumber, plans }) =>
      plans.map(({ type, authority, start, end }) => ({
        nhsNumber,
        typeCode: type.code,
        typeDisplay: type.display,
        localAuthority: authorities[authority].code,
        startDate: daysAgo(start),
        ...(end !== undefined && { endDate: daysAgo(end) }),
      })),
    ),
    accesses: holdings.flatMap(({ nhsNumber, seen }) =>
      seen.map(([days, time, author]) => ({
        author,
        nhsNumber,
        traceId: crypto.randomUUID(),
        at: new Date(londonInstant(daysAgo(days), time)).toISOString(),
      })),
    ),
  };
};
