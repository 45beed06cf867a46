import { englandBankHolidays, type BankHolidays } from './bank-holidays.js';
import { addDays, instantOf, londonDay, minuteOfDay, weekday } from './calendar.js';
import type { Instant } from './calendar.js';

/** Minutes after midnight by London's wall clock, [open, close); a close of 1440 is the next midnight. */
type Range = readonly [open: number, close: number];

/** Each day's ranges, Monday first, in order, none touching another. CP-IS does not hold them: the host sets them. */
export interface OfficeHours {
  week: readonly (readonly Range[])[];
}

const nineToFive: readonly Range[] = [[540, 1020]];

/** `Mon-Fri 09:00-17:00`. */
export const defaultOfficeHours: OfficeHours = {
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
};

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const RANGE =
  /^(?:([a-z]{3})(?:\s*[-–]\s*([a-z]{3}))?\s+)?([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/**
 * Ranges separated by `;` or `,`, each `Day[-Day] HH:MM-HH:MM` (`Fri-Mon` wraps, an end may be 24:00). A range without
 * days takes those of the one before: `Mon-Fri 09:00-12:30, 13:30-17:00`. Anything else → undefined.
 */
export function parseOfficeHours(text: string): OfficeHours | undefined {
  const ranges: Range[][] = DAYS.map(() => []);
  let days: readonly number[] = [];
  for (const part of text.toLowerCase().split(/[;,]/)) {
    const found = RANGE.exec(part.trim());
    if (!found) return undefined;
    const [, from, to, openHour, openMinute, closeHour = 24, closeMinute = 0] = found;
    if (from) days = daysBetween(from, to ?? from);
    const open = Number(openHour) * 60 + Number(openMinute);
    const close = Number(closeHour) * 60 + Number(closeMinute);
    if (days.length === 0 || close <= open) return undefined;
    for (const day of days) ranges[day]!.push([open, close]);
  }
  return { week: ranges.map(merge) };
}

/** Both included; empty when either is no day. */
function daysBetween(from: string, to: string): readonly number[] {
  const first = DAYS.indexOf(from);
  const last = DAYS.indexOf(to);
  if (first < 0 || last < 0) return [];
  const count = ((last - first + 7) % 7) + 1;
  // Avoids `Array.from`, which Prototype and MooTools replace.
  return [...DAYS.keys()].slice(0, count).map((ahead) => (first + ahead) % 7);
}

function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const [open, close] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before && open <= before[1]) merged[merged.length - 1] = [before[0], Math.max(before[1], close)];
    else merged.push([open, close]);
  }
  return merged;
}

/** Whom to ring: the office in its hours, the emergency duty team outside them (PG9 section 3). */
export type Line = 'office' | 'emergency-duty';

/** The line for now, and the moment it changes; `undefined` when it does not within 30 days. */
export interface LineNow {
  line: Line;
  until: Instant | undefined;
}

function lineAt(hours: OfficeHours, at: Instant, holidays: BankHolidays): Line {
  const day = londonDay(at);
  const minute = minuteOfDay(at);
  const ranges = hours.week[weekday(day)];
  const isOpen = !holidays.days.has(day) && ranges?.some(([open, close]) => open <= minute && minute < close);
  return isOpen ? 'office' : 'emergency-duty';
}

/** The line for now and until when, by the wall clock in London, closed on bank holidays. */
export function lineNow(hours: OfficeHours, now: Instant, holidays: BankHolidays = englandBankHolidays): LineNow {
  const line = lineAt(hours, now, holidays);
  const today = londonDay(now);
  let until: Instant | undefined;
  for (let ahead = 0; ahead <= 30; ahead++) {
    const day = addDays(today, ahead);
    // A change may fall just after its day ends, so the next day is looked at before one is accepted.
    if (until !== undefined && until < instantOf(day, 0)) break;
    // At 01:00 the clocks may change, and then a minute may come a second time, an hour later.
    const next = [60, ...(hours.week[weekday(day)] ?? []).flat()]
      .map((minute) => instantOf(day, minute))
      .flatMap((at) => [at, at + 3_600_000])
      .filter((at) => at > now && at < (until ?? Infinity) && lineAt(hours, at, holidays) !== line);
    if (next.length > 0) until = Math.min(...next);
  }
  return { line, until };
}

/** Whether London's year is past the last one whose bank holidays are known. */
export function holidaysRunOut(now: Instant, holidays: BankHolidays = englandBankHolidays): boolean {
  return Number(londonDay(now).slice(0, 4)) > holidays.lastYear;
}
