import { expect } from 'chai';
import Holidays from 'date-holidays';
import { englandBankHolidays } from '../../src/domain/bank-holidays.js';
import { addDays, weekday } from '../../src/domain/calendar.js';

describe('bank holidays of England', () => {
  const england = new Holidays('GB', 'ENG');
  for (const year of [2025, 2026, 2027, 2028]) {
    it(`${year}: every weekday agrees with date-holidays`, () => {
      const closed = new Set(
        england
          .getHolidays(year)
          .filter(({ type }) => type === 'public')
          .map(({ date }) => date.slice(0, 10)),
      );
      let count = 0;
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) {
        if (weekday(day) > 4) continue;
        expect(englandBankHolidays.days.has(day), day).to.equal(closed.has(day));
        if (closed.has(day)) count++;
      }
      expect(count).to.equal(8);
    });
  }

  it('holds nothing else: eight a year, all on weekdays, up to the last year it claims', () => {
    const days = [...englandBankHolidays.days];
    expect(days).to.have.length(32);
    expect(days.filter((day) => weekday(day) > 4)).to.deep.equal([]);
    expect(Math.max(...days.map((day) => Number(day.slice(0, 4))))).to.equal(englandBankHolidays.lastYear);
  });
});
