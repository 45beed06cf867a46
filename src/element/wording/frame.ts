import { formatTime, londonDay, type Instant } from '../../domain/calendar.js';
import { formatDayTime } from './dates.js';
import type { Attendance, CareSetting } from '../../domain/care-setting.js';
import { formatNhsNumber } from '../../domain/nhs-number.js';
import { tellYourClinician } from './foot.js';
import { plural, type Emphasised } from './text.js';

/** The words around an answer, and those where there is none. */

export const regionName = 'Child Protection – Information Sharing';
export const lightDom = 'CP-IS not checked';

export const nhsNumber = (number: string): string => `NHS No. ${formatNhsNumber(number)}`;

// ---- none and checking

export const noneHeading = 'No CP-IS record for this NHS number.';
const notRuledOut =
  'This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only.';
const newborn =
  'Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.';
const pregnant = 'Pregnant? An unborn baby’s plan shows only if the authority sent the mother’s NHS number.';
const missed = 'Missed or not brought: follow your policy all the same.';

/** The words beside "No CP-IS record", and in the room kept for them while checking. */
export function noneText(attendance: Attendance | undefined, setting: CareSetting | undefined): readonly string[] {
  const is111 = setting === 'nhs-111';
  const isUnscheduled = attendance === 'unscheduled';
  return [
    `${notRuledOut} ${is111 ? `${tellYourClinician}.` : 'Concerned? Refer as usual.'}`,
    ...(attendance === 'not-brought' ? [missed] : []),
    ...(isUnscheduled && setting !== 'emergency-dental' && setting !== 'dentistry' ? [newborn] : []),
    ...(isUnscheduled && setting === 'maternity-unit' ? [pregnant] : []),
  ];
}

export const checking = (attendance: Attendance | undefined, isLong: boolean): string =>
  isLong
    ? 'Still checking CP-IS…'
    : attendance === 'unscheduled'
      ? 'Checking CP-IS… recorded under your name.'
      : 'Checking CP-IS…';

// ---- not checked

export const notCheckedHeading = 'CP-IS not checked: status unknown';
export const dontRely = 'Don’t rely on an alert.';

/** What to do although nothing is known. */
export const allTheSame = (attendance: Attendance | undefined, setting: CareSetting | undefined): string => {
  if (setting === 'nhs-111') return `${tellYourClinician}.`;
  return attendance === 'not-brought' ? `${referAsUsual} ${missed}` : referAsUsual;
};
const referAsUsual = 'Concerned? Don’t wait: refer as usual.';

// ---- what the reader can do

export const checkAgain = 'Check again';
export const tryAgain = 'Try again';
export const hide = 'Hide';
export const show = 'Show';
export const details = 'Details';
export const pleaseRead = 'Please read: CP-IS';
export const hidden = 'CP-IS hidden';
export const copyForTheNotes = 'Copy for the notes';

/** The EPR is out of reach: it may have another patient open, or somebody where this screen shows nobody. */
export const mayBeAnother = 'This may be another patient';
export const openAgain = 'Out of sync. Open your patient again.';
export const outOfSyncNobody = 'Out of sync: CP-IS not checked.';

// ---- when

const HOUR = 3_600_000;

/** The time; the date too when it is not today. */
const timeOf = (at: Instant, now: Instant): string =>
  londonDay(at) === londonDay(now) ? formatTime(at) : formatDayTime(at);

/** After four hours, or the next day, an answer may be about somebody who has gone. */
export const isAged = (at: Instant, now: Instant): boolean => now - at >= 4 * HOUR || londonDay(at) !== londonDay(now);

export const checked = 'Checked';
export const checkedAt = (at: Instant, now: Instant): string => `${checked} ${timeOf(at, now)}`;
/** The words after the time of an aged answer. */
export function aged(at: Instant, now: Instant): Emphasised {
  const hours = Math.floor((now - at) / HOUR);
  return [hours < 1 ? '' : `, ${plural(hours, 'hour')} ago`, 'Still your patient? Open again to check.'];
}
export const lastChecked = (at: Instant, now: Instant): string => `Last checked ${timeOf(at, now)}:`;

// ---- on paper

/** What a screen reader is told when a record is held: who says it, and what. */
export const said = (heading: string): string => `CP-IS: ${heading}`;

export const printed = (at: Instant): string => `CP-IS checked ${formatDayTime(at)}: see the electronic record.`;
