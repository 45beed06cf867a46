/** Values as NHS clinicians are used to reading them (NHS Common User Interface), always in London. */

const TIME_ZONE = 'Europe/London';
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** One value in two forms: as shown, and as a screen reader says it. */
export interface Value {
  shown: string;
  said: string;
}

/** The day in London, YYYY-MM-DD. */
export const londonDay = (at: Date): string => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
};

/** 14:05 */
export const londonTime = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

/** 06-Aug-2018, said "6 August 2018". @param day YYYY-MM-DD */
export const date = (day: string): Value => {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const long = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return {
    shown: `${dayOfMonth}-${months[Number(month) - 1] ?? ''}-${year}`,
    said: new Intl.DateTimeFormat('en-GB', long).format(new Date(`${day}T00:00:00Z`)),
  };
};

/** 14:05, with the date before it when that is not today. */
export const dateAndTime = (at: Date, today: string): string => {
  const day = londonDay(at);
  return day === today ? londonTime(at) : `${date(day).shown} ${londonTime(at)}`;
};

/** Days below four weeks, weeks below a year, months below two years, then years. Both days are YYYY-MM-DD. */
export const age = (birthDate: string, today: string): Value => {
  const [days, wholeMonths] = [daysOld(birthDate, today), monthsOld(birthDate, today)];
  if (days < 28) return spelt(days, 'd', 'day');
  if (wholeMonths < 12) return spelt(Math.floor(days / 7), 'w', 'week');
  if (wholeMonths < 24) return spelt(wholeMonths, 'm', 'month');
  return spelt(Math.floor(wholeMonths / 12), 'y', 'year');
};

export const daysOld = (birthDate: string, today: string): number =>
  Math.round((Date.parse(today) - Date.parse(birthDate)) / 86_400_000);

/** Whole months. */
export const monthsOld = (birthDate: string, today: string): number => {
  const [fromYear = NaN, fromMonth = NaN, fromDay = NaN] = birthDate.split('-').map(Number);
  const [toYear = NaN, toMonth = NaN, toDay = NaN] = today.split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
};

/** 999 123 4567 */
export const nhsNumber = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;

/** "Sheffield" for SFD1 - SHEFFIELD CITY COUNCIL: names arrive as each authority writes its own. */
export const authorityName = (name: string): string => {
  const bare = name
    .replace(/^[A-Z\d]{2,6} - /, '')
    .replace(/^london borough of /i, '')
    .replace(/ (local authority|((city|county) )?council)$/i, '');
  if (bare !== bare.toUpperCase()) return bare;
  return bare
    .toLowerCase()
    .replace(/(^|[^\p{L}'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
};

/** 2 h 05 min */
export const duration = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;

const spelt = (count: number, unit: string, word: string): Value => ({
  shown: `${count}${unit}`,
  said: `${count} ${word}${count === 1 ? '' : 's'}`,
});
