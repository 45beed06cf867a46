import type { LocalAuthority, Records } from '../records.js';
import { addDays, londonDay, londonInstant } from '../../shared/time.js';
import { authorities } from './authorities.js';
import { childrensServices } from './childrens-services.js';
import { children } from './children.js';
import { demographics } from './demographics.js';
import type { Holding } from './holding.js';
import { notHeld } from './not-held.js';
import { practitioners } from './practitioners.js';
import { unbornAndNewborn } from './unborn.js';

/** Every one of the demo's people, with the case that each covers. */
export const holdings: readonly Holding[] = [...children, ...unbornAndNewborn, ...notHeld];

/** The authorities with records, under the name and numbers they sent. */
const uploaders: readonly LocalAuthority[] = Object.values(authorities);

/** The demo's records, with days and times counted back from the register's clock. */
export const demoRecords = (now: number): Records => {
  const today = londonDay(now);
  const daysAgo = (days: number): string => addDays(today, -days);
  return {
    localAuthorities: [
      ...uploaders,
      ...childrensServices.filter(({ code }) => !uploaders.some((one) => one.code === code)),
    ],
    practitioners,
    people: demographics(today),
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
