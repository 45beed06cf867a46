import { longDay, MONTHS, type PartialDay } from '../domain/calendar.js';

/** A sentence for the ear: each "06-Aug-2018" or "Aug-2018" in it becomes "6 August 2018" or "August 2018". */
export const sayDates = (text: string): string =>
  text.replace(
    /\b(?:(\d\d)-)?([A-Z][a-z]{2})-(\d{4})\b/g,
    (whole, day: string | undefined, month: string, year: string) => {
      const number = String(MONTHS.findIndex((name) => name.startsWith(month)) + 1).padStart(2, '0');
      const date: PartialDay = [year, number, day].filter((part) => part !== undefined).join('-');
      return number === '00' ? whole : longDay(date);
    },
  );
