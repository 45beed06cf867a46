/** A moment: epoch milliseconds, finite. */
export type Instant = number;
/** A day in London: `YYYY-MM-DD`, years 0001 to 9999. Days compare as text. */
export type Day = string;
/** A day that may lack its month or its day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (FHIR R4 date). */
export type PartialDay = string;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST = -62_135_596_800_000; // 0001-01-01
const LAST = 253_402_300_799_999; // 9999-12-31: stays four digits, so that "for ever" dates still compare as text

/** The minute, the second, its fraction and the offset. */
const INSTANT =
  /^(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(?:\.(\d+))?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
/** A time without an offset: its moment is not known, but its day is. */
const WITHOUT_OFFSET = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?$/;

let londonHour: Intl.DateTimeFormat | undefined;
/** The hour last looked up: one rendering looks up few hours, many times. */
let asked = NaN;
let offset = 0;

/** How far London's clock is ahead of UTC at a moment, in ms. Whole hours ever since it left local mean time. */
function offsetAt(at: Instant): number {
  const hour = Math.floor(at / HOUR);
  if (hour !== asked) {
    londonHour ??= new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', hourCycle: 'h23' });
    const ahead = Number(londonHour.format((hour + 0.5) * HOUR)) - new Date(at).getUTCHours();
    offset = (((ahead + 36) % 24) - 12) * HOUR;
    asked = hour;
  }
  return offset;
}

/** Like `Date.parse`, which some libraries on old pages replace. */
const timeOf = (text: string): number => new Date(text).getTime();
const iso = (ms: number): string => new Date(Math.min(Math.max(ms, FIRST), LAST)).toISOString();
/** London's wall clock as ISO text; its Z means nothing. */
const wallClock = (at: Instant): string => iso(at + offsetAt(at));
const isDay = (text: string): boolean => {
  const ms = timeOf(text); // engines differ on 30 February: NaN, or 2 March
  return !Number.isNaN(ms) && iso(ms).startsWith(text);
};

/** The day in London at a moment. */
export function londonDay(at: Instant): Day {
  return wallClock(at).slice(0, 10);
}

/** Minutes since midnight as London's wall clock shows them, 0 to 1439. */
export function minuteOfDay(at: Instant): number {
  const wall = wallClock(at);
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/**
 * The moment when London's wall clock shows that minute of that day (1440 = the next midnight). A minute the spring
 * change skips gives the first moment after the gap; one the autumn change repeats gives the first of the two.
 */
export function instantOf(day: Day, minute: number): Instant {
  const wall = timeOf(day) + minute * MINUTE;
  if (offsetAt(wall - HOUR) === HOUR) return wall - HOUR;
  return offsetAt(wall) === 0 ? wall : Math.floor(wall / HOUR) * HOUR; // the gap starts on the hour and is one hour long
}

/** The day `n` days later (or earlier). */
export function addDays(day: Day, n: number): Day {
  return iso(timeOf(day) + n * DAY).slice(0, 10);
}

/** The same day `n` months later (or earlier), or that month's last day: 31 January + 1 = 28 or 29 February. */
export function addMonths(day: Day, n: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  if (months < 12) return iso(FIRST).slice(0, 10);
  if (months >= 120_000) return iso(LAST).slice(0, 10);
  const month = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  const same = month + day.slice(7);
  const last = lastDayOf(month);
  return same < last ? same : last;
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(day: Day): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

/**
 * A FHIR R4 `date`, partial dates included, or a `dateTime`: with its offset (→ its day in London), or without (→ its
 * day). A date that does not exist and anything else → undefined.
 */
export function readPartialDay(text: string): PartialDay | undefined {
  const day = WITHOUT_OFFSET.exec(text)?.[1] ?? text;
  if (/^\d{4}(-\d\d){0,2}$/.test(day)) return isDay(firstDayOf(day)) ? day : undefined;
  const at = readInstant(text);
  return at === undefined ? undefined : londonDay(at);
}

/**
 * A FHIR R4 `instant` or full `dateTime`: seconds (60 in a leap second) and an offset (or Z) required, any fraction;
 * otherwise undefined.
 */
export function readInstant(text: string): Instant | undefined {
  const [, minute = '', second = '', fraction = '', offset = ''] = INSTANT.exec(text) ?? [];
  if (minute === '' || !isDay(text.slice(0, 10))) return undefined;
  const leap = second === '60';
  // Exactly three digits: the only fraction every engine must read.
  const readable = `${minute}:${leap ? '59' : second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`;
  return timeOf(readable) + (leap ? 1000 : 0);
}

/** The earliest day a partial day can mean. */
export function firstDayOf(p: PartialDay): Day {
  return `${p}-01-01`.slice(0, 10);
}

/** The latest day a partial day can mean. */
export function lastDayOf(p: PartialDay): Day {
  if (p.length > 7) return p;
  const month = p.length > 4 ? p : `${p}-12`;
  return ['-31', '-30', '-29'].map((end) => month + end).find(isDay) ?? `${month}-28`;
}

/** `14:05`, London. */
export function formatTime(at: Instant): string {
  return wallClock(at).slice(11, 16);
}
