import type { Instant } from './calendar.js';
import type { CareSetting } from './care-setting.js';
import { isFresh } from './freshness.js';
import { openKey, type PatientOpen } from './patient-open.js';

/** The TraceID of an open, as it is kept for the pages after this one (safety rule 4). */
export interface KeptOpen {
  readonly traceId: string;
  readonly openedAt: Instant;
  /** Of an open without an encounter: the one that has taken it over; no other may. */
  readonly adoptedBy?: string;
}

/** How long the TraceID of an open with an encounter is kept, in seconds. */
const keptFor = 12 * 3600;

/** An open, and what decides whether the next page goes on with it; `lasts` in seconds, for one without an encounter. */
export interface Keepable {
  readonly open: PatientOpen;
  readonly setting: CareSetting;
  readonly lasts: number;
}

/** Only what makes an access and is known to be one person's: a silent read may be made twice, a stranger's never shared. */
export const mayBeKept = ({ user, attendance }: PatientOpen): boolean => user !== '' && attendance === 'unscheduled';

/** What must be the same for it to be the same open. It holds the NHS number: not to be written but sealed. */
export const keptUnder = ({ open, setting }: Keepable): readonly string[] => ['open', openKey(open), setting];

const lastsFor = ({ open, lasts }: Keepable): number => (open.encounter === '' ? lasts : keptFor);

/** Until when an open of that moment is gone on with. */
export const keptUntil = (keepable: Keepable, openedAt: Instant): Instant => openedAt + lastsFor(keepable) * 1000;

/** Whether it is still gone on with; one from the future, by a clock that was put back, is not. */
export const goesOn = (keepable: Keepable, openedAt: Instant, now: Instant): boolean =>
  isFresh(openedAt, lastsFor(keepable), now);
