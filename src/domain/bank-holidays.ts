import type { Day } from './calendar.js';

/** Weekdays on which offices close, substitute days included. After `lastYear` nothing is known. */
export interface BankHolidays {
  lastYear: number;
  days: ReadonlySet<Day>;
}

/** Source: GOV.UK bank holidays, division england-and-wales. One line per year: the year, then months and days. */
const YEARS = `2025 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2028 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26`;

/** England's bank holidays, 2025 to 2028. */
export const englandBankHolidays: BankHolidays = {
  lastYear: 2028,
  days: new Set(
    YEARS.split('\n').flatMap((line) => {
      const [year, ...days] = line.split(' ');
      return days.map((day) => `${year}-${day}`);
    }),
  ),
};
