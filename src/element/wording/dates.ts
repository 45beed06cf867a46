import {
  addDays,
  formatTime,
  londonDay,
  weekday,
  type Day,
  type Instant,
  type PartialDay,
} from '../../domain/calendar.js';
import type { LineNow } from '../../domain/office-hours.js';

/** Days, times and months, as shown and as read out. */

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** `Monday` … `Sunday`. */
export const weekdayName = (day: Day): string => weekdays[weekday(day)]!;

/** `06-Aug-2018`, `Aug-2018` or `2018` (NHS Common User Interface). */
export function formatDay(p: PartialDay): string {
  const [year, month, day] = p.split('-');
  return [day, month && months[Number(month) - 1]!.slice(0, 3), year].filter(Boolean).join('-');
}

/** `6 August 2018`, `August 2018` or `2018`, for screen readers. */
export function longDay(p: PartialDay): string {
  const [year, month, day] = p.split('-');
  return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(' ');
}

/** `06-Aug-2018 14:05`, London. */
export const formatDayTime = (at: Instant): string => `${formatDay(londonDay(at))} ${formatTime(at)}`;

/** A sentence to be read out: each "06-Aug-2018" or "Aug-2018" in it becomes "6 August 2018" or "August 2018". */
export const sayDates = (text: string): string =>
  text.replace(
    /\b(?:(\d\d)-)?([A-Z][a-z]{2})-(\d{4})\b/g,
    (whole, day: string | undefined, month: string, year: string) => {
      const number = String(months.findIndex((name) => name.startsWith(month)) + 1).padStart(2, '0');
      const date: PartialDay = [year, number, day].filter((part) => part !== undefined).join('-');
      return number === '00' ? whole : longDay(date);
    },
  );

/**
 * When the line changes: `17:00` (closing today), `09:00 today`, `09:00 Monday` (within six days) or `09:00 Tuesday
 * 29-Dec-2026`; `undefined` when that is not known.
 */
export function describeUntil({ line, until }: LineNow, now: Instant): string | undefined {
  if (until === undefined) return undefined;
  const day = londonDay(until);
  const today = londonDay(now);
  const time = formatTime(until);
  if (day === today) return line === 'office' ? time : `${time} today`;
  return `${time} ${weekdayName(day)}${day > addDays(today, 6) ? ` ${formatDay(day)}` : ''}`;
}
