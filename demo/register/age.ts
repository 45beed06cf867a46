import { addDays, addMonths } from '../shared/time.js';

/**
 * Someone's age in the words of children's services: days until four weeks, weeks until three months, months until two
 * years, then years.
 * @param birthDate YYYY-MM-DD
 * @param today YYYY-MM-DD; a day before the birth counts as the day of birth
 */
export const ageOn = (birthDate: string, today: string): string => {
  if (today < addDays(birthDate, 28)) return count(Math.max(0, daysBetween(birthDate, today)), 'day');
  if (today < addMonths(birthDate, 3)) return count(Math.floor(daysBetween(birthDate, today) / 7), 'week');
  const months = monthsBetween(birthDate, today);
  return months < 24 ? count(months, 'month') : count(Math.floor(months / 12), 'year');
};

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

const monthsBetween = (from: string, to: string): number => {
  const [year = NaN, month = NaN] = from.split('-').map(Number);
  const [toYear = NaN, toMonth = NaN] = to.split('-').map(Number);
  const months = (toYear - year) * 12 + toMonth - month;
  return addMonths(from, months) > to ? months - 1 : months;
};

const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;
