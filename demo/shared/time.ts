const londonDate = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

const londonTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });

/** The day in London at an instant, YYYY-MM-DD. It is London's day even when it is still the day before in UTC. */
export const londonDay = (at: number): string => londonDate.format(at).split('/').reverse().join('-');

/** A day some days later, or earlier with a negative number. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A day some calendar months later, kept inside its month: 29 February plus 12 months is 28 February. */
export const addMonths = (day: string, months: number): string => {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDay))).toISOString().slice(0, 10);
};

/** Calendar months or days, because national guides count an ended plan's window in either. */
export type Span = { months: number } | { days: number };

export const addSpan = (day: string, span: Span): string =>
  'months' in span ? addMonths(day, span.months) : addDays(day, span.days);

/** The first instant of the day in London that lies a span before today. */
export const startOfDayBefore = (today: string, span: Span): number =>
  londonInstant('months' in span ? addMonths(today, -span.months) : addDays(today, -span.days), '00:00');

/** An instant as the API writes it: an offset date-time in whole seconds, "2023-09-07T17:36:41+00:00". */
export const offsetDateTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');

/**
 * The instant at which clocks in London show a time, "HH:MM", on a day. In autumn's repeated hour, the first of the
 * two.
 */
export const londonInstant = (day: string, time: string): number => {
  const asUtc = Date.parse(`${day}T${time}Z`);
  const summer = asUtc - 3_600_000;
  return londonTime.format(summer) === time && londonDay(summer) === day ? summer : asUtc;
};

/** A time on a day in London as an offset date-time. Its first ten characters are always that day. */
export const londonDateTime = (day: string, time: string): string => {
  const offset = londonInstant(day, time) === Date.parse(`${day}T${time}Z`) ? '+00:00' : '+01:00';
  return `${day}T${time}:00${offset}`;
};
