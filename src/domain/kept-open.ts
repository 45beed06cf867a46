import type { Instant } from './calendar.js';
import type { CareSetting } from './care-setting.js';
import { isFresh } from './freshness.js';
import { openKey, type PatientOpen } from './patient-open.js';

/** The TraceID of an open, as kept for later pages (safety rule 4). */
export interface KeptOpen {
  readonly traceId: string;
  readonly openedAt: Instant;
  /** For an open without an encounter: the encounter that has taken it over; no other may. */
  readonly adoptedBy?: string;
}

/** How long the TraceID of an open with an encounter is kept, in seconds. */
const keptFor = 12 * 3600;

/** An open, and what decides whether the next page continues it; `lasts` in seconds, for one without an encounter. */
export interface Keepable {
  readonly open: PatientOpen;
  readonly setting: CareSetting;
  readonly lasts: number;
}

/** Only what makes an access, by a known user: a silent read may be made twice, and a stranger's is never shared. */
export const mayBeKept = ({ user, attendance }: PatientOpen): boolean => user !== '' && attendance === 'unscheduled';

/** What two opens must share to be the same open. It holds the NHS number: never write it unsealed. */
export const keptUnder = ({ open, setting }: Keepable): readonly string[] => ['open', openKey(open), setting];

const lastsFor = ({ open, lasts }: Keepable): number => (open.encounter === '' ? lasts : keptFor);

/** Until when an open made at that moment may be continued. */
export const keptUntil = (keepable: Keepable, openedAt: Instant): Instant => openedAt + lastsFor(keepable) * 1000;

/** Whether it may still be continued; one dated in the future (the clock was put back) may not. */
export const goesOn = (keepable: Keepable, openedAt: Instant, now: Instant): boolean =>
  isFresh(openedAt, lastsFor(keepable), now);
