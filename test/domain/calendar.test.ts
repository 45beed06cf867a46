import { expect } from 'chai';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  firstDayOf,
  formatTime,
  instantOf,
  lastDayOf,
  londonDay,
  minuteOfDay,
  readInstant,
  readPartialDay,
  weekday,
} from '../../src/domain/calendar.js';

const at = (utc: string): number => Date.parse(utc);
const someInstant = fc.integer({ min: at('1996-01-01T00:00Z'), max: at('2100-01-01T00:00Z') });
const someDay = someInstant.map(londonDay);

/** London's wall clock by an independent way: every field from Intl. */
const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });

describe('calendar: London', () => {
  const table: [utc: string, day: string, minute: number][] = [
    ['2026-01-01T00:00:00Z', '2026-01-01', 0],
    ['2026-06-30T22:59:59.999Z', '2026-06-30', 1439],
    ['2026-06-30T23:00:00Z', '2026-07-01', 0],
    ['2026-03-29T00:59:59Z', '2026-03-29', 59], // spring: 00:59 …
    ['2026-03-29T01:00:00Z', '2026-03-29', 120], // … then 02:00
    ['2026-10-25T00:59:59Z', '2026-10-25', 119], // autumn: 01:59 …
    ['2026-10-25T01:00:00Z', '2026-10-25', 60], // … then 01:00 again
    ['1970-01-01T00:00:00Z', '1970-01-01', 60], // summer time all year, 1968 to 1971
    ['0001-01-01T00:00:00Z', '0001-01-01', 0],
    ['9999-12-31T23:59:59Z', '9999-12-31', 1439],
  ];
  for (const [utc, day, minute] of table) {
    it(`${utc} is ${day}, minute ${minute}`, () => {
      expect(londonDay(at(utc))).to.equal(day);
      expect(minuteOfDay(at(utc))).to.equal(minute);
    });
  }

  it('agrees with Intl at any moment', () => {
    fc.assert(
      fc.property(someInstant, (instant) => {
        expect(`${londonDay(instant)} ${formatTime(instant)}`).to.equal(wall.format(instant));
      }),
      { numRuns: 2000 },
    );
  });

  const moments: [day: string, minute: number, utc: string][] = [
    ['2026-01-05', 540, '2026-01-05T09:00Z'],
    ['2026-07-06', 540, '2026-07-06T08:00Z'],
    ['2026-07-06', 1440, '2026-07-06T23:00Z'],
    ['2026-03-29', 0, '2026-03-29T00:00Z'],
    ['2026-03-29', 59, '2026-03-29T00:59Z'],
    ['2026-03-29', 60, '2026-03-29T01:00Z'], // 01:00 to 01:59 do not exist
    ['2026-03-29', 90, '2026-03-29T01:00Z'],
    ['2026-03-29', 119, '2026-03-29T01:00Z'],
    ['2026-03-29', 120, '2026-03-29T01:00Z'],
    ['2026-03-29', 121, '2026-03-29T01:01Z'],
    ['2026-03-28', 1440, '2026-03-29T00:00Z'],
    ['2026-03-29', 1440, '2026-03-29T23:00Z'],
    ['2026-10-25', 59, '2026-10-24T23:59Z'],
    ['2026-10-25', 60, '2026-10-25T00:00Z'], // 01:00 to 01:59 come twice: the first
    ['2026-10-25', 119, '2026-10-25T00:59Z'],
    ['2026-10-25', 120, '2026-10-25T02:00Z'],
    ['2026-10-25', 1440, '2026-10-26T00:00Z'],
  ];
  for (const [day, minute, utc] of moments) {
    it(`minute ${minute} of ${day} is ${utc}`, () => expect(instantOf(day, minute)).to.equal(at(utc)));
  }

  it('finds the first moment that shows a wall-clock minute', () => {
    fc.assert(
      fc.property(someInstant, (instant) => {
        const minute = Math.floor(instant / 60_000) * 60_000;
        const found = instantOf(londonDay(instant), minuteOfDay(instant));
        expect([0, 3_600_000]).to.include(minute - found);
        expect(wall.format(found)).to.equal(wall.format(instant));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('calendar: days', () => {
  it('adds days over leap days, years and clock changes', () => {
    expect(addDays('2028-02-28', 1)).to.equal('2028-02-29');
    expect(addDays('2026-02-28', 1)).to.equal('2026-03-01');
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01');
    expect(addDays('2026-03-30', -1)).to.equal('2026-03-29');
    expect(addDays('2026-10-25', 1)).to.equal('2026-10-26');
    expect(addDays('9999-12-31', 1)).to.equal('9999-12-31');
  });

  const months: [day: string, n: number, result: string][] = [
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-01-12', 12, '2027-01-12'],
    ['2026-01-12', 0, '2026-01-12'],
    ['9999-12-31', 12, '9999-12-31'], // "for ever" stays so
    ['9999-12-01', 1, '9999-12-31'],
    ['9999-11-15', 1, '9999-12-15'],
    ['0001-01-01', -12, '0001-01-01'],
    ['0001-02-15', -1, '0001-01-15'],
    ['0099-12-31', 2, '0100-02-28'],
  ];
  for (const [day, n, result] of months) {
    it(`${day} and ${n} months is ${result}`, () => expect(addMonths(day, n)).to.equal(result));
  }

  it('moving by days and back gives the same day, and the weekday follows', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
        expect(addDays(addDays(day, n), -n)).to.equal(day);
        expect(weekday(addDays(day, n))).to.equal((((weekday(day) + n) % 7) + 7) % 7);
      }),
    );
  });

  it('counts the weekdays from Monday', () => {
    expect(weekday('2026-08-03')).to.equal(0);
    expect(weekday('2026-08-09')).to.equal(6);
  });
});

describe('calendar: what FHIR sends', () => {
  const days: [text: string, day: string | undefined][] = [
    ['2018-08-06', '2018-08-06'],
    ['2018-08', '2018-08'],
    ['2018', '2018'],
    ['2028-02-29', '2028-02-29'],
    ['9999-12-31', '9999-12-31'],
    ['0001-01-01', '0001-01-01'],
    ['2018-08-06T23:30:00Z', '2018-08-07'], // summer time: already the 7th in London
    ['2018-08-06T23:30:00+01:00', '2018-08-06'],
    ['2018-12-31T23:59:59.999Z', '2018-12-31'],
    ['2018-08-07T10:00:00+13:00', '2018-08-06'],
    ['9999-12-31T23:59:59-05:00', '9999-12-31'],
    ['0001-01-01T00:00:00+00:00', '0001-01-01'],
    ['2025-02-30', undefined],
    ['2025-02-29', undefined],
    ['2025-04-31', undefined],
    ['2025-13', undefined],
    ['2025-00', undefined],
    ['2025-01-00', undefined],
    ['0000', undefined],
    ['25', undefined],
    ['2025-1-1', undefined],
    ['20250101', undefined],
    ['01/02/2025', undefined],
    ['06-Aug-2018', undefined],
    ['2026-11-17T23:59:59', '2026-11-17'], // no offset: its day is its day
    ['2026-11-17T00:00', '2026-11-17'],
    ['2026-11-17T23:59:60', '2026-11-17'],
    ['2026-11-17T10:00:00.123', '2026-11-17'],
    ['2016-12-31T23:59:60Z', '2017-01-01'],
    ['2025-02-30T10:00:00', undefined],
    ['2025-01-01T24:00', undefined],
    ['2025-01-01T10', undefined],
    ['2025-01-01T10:00:61', undefined],
    ['2025-01T10:00', undefined],
    ['2025-02-30T10:00:00Z', undefined],
    ['2025-01-01T24:00:00Z', undefined],
    ['2025-01-01T10:60:00Z', undefined],
    ['2025-01-01 10:00:00Z', undefined],
    [' 2025-01-01', undefined],
    ['2025-01-01\n', undefined],
    ['2025-01-01 2025', undefined],
    ['2025-W01', undefined],
    [' 2025-01-01T10:00', undefined],
    ['12025-01-01T10:00:00', undefined],
    ['+002025-01-01', undefined],
    ['', undefined],
  ];
  for (const [text, day] of days) {
    it(`day ${JSON.stringify(text)} → ${day ?? 'unreadable'}`, () => expect(readPartialDay(text)).to.equal(day));
  }

  const instants: [text: string, utc: string | undefined][] = [
    ['2026-10-25T01:30:00+01:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T01:30:00+00:00', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T01:30:00Z', '2026-10-25T01:30:00.000Z'],
    ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500Z'],
    ['2026-01-01T00:00:00.1234567Z', '2026-01-01T00:00:00.123Z'],
    ['2026-01-01T00:00:00.9999999Z', '2026-01-01T00:00:00.999Z'],
    ['2026-01-01T00:00:00-00:00', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00+14:00', '2025-12-31T10:00:00.000Z'],
    ['2026-01-01T00:00:00+14:30', undefined],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'], // a leap second
    ['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.500Z'],
    ['2016-12-31T23:59:61Z', undefined],
    ['2016-12-31T23:60:00Z', undefined],
    ['2026-01-01T00:00:00', undefined],
    ['2026-01-01T00:00Z', undefined],
    ['2026-01-01T00:00:00.Z', undefined],
    ['2026-01-01t00:00:00z', undefined],
    ['2026-01-01T00:00:00+01', undefined],
    ['2026-01-01T00:00:00+0100', undefined],
    ['2026-01-01T00:00:00 BST', undefined],
    ['2026-01-01T00:00:00Z BST', undefined],
    ['2026-01-01 2026-01-01T00:00:00Z', undefined],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-01-01T23:59:61Z', undefined],
    ['2026-01-01', undefined],
    ['', undefined],
  ];
  for (const [text, utc] of instants) {
    it(`instant ${JSON.stringify(text)} → ${utc ?? 'unreadable'}`, () => {
      expect(readInstant(text)).to.equal(utc && at(utc));
    });
  }

  it('reads every instant that JavaScript writes, and never throws', () => {
    fc.assert(fc.property(someInstant, (instant) => readInstant(new Date(instant).toISOString()) === instant));
    fc.assert(
      fc.property(fc.string(), (text) => {
        readInstant(text);
        readPartialDay(text);
      }),
    );
  });
});

describe('calendar: how it is written', () => {
  it('spans a partial day', () => {
    expect([firstDayOf('2028'), lastDayOf('2028')]).to.deep.equal(['2028-01-01', '2028-12-31']);
    expect([firstDayOf('2028-02'), lastDayOf('2028-02')]).to.deep.equal(['2028-02-01', '2028-02-29']);
    expect(lastDayOf('2026-02')).to.equal('2026-02-28');
    expect(lastDayOf('1900-02')).to.equal('1900-02-28');
    expect(lastDayOf('2026-06')).to.equal('2026-06-30');
    expect(lastDayOf('9999-12')).to.equal('9999-12-31');
    expect([firstDayOf('2028-02-03'), lastDayOf('2028-02-03')]).to.deep.equal(['2028-02-03', '2028-02-03']);
  });

  it('writes times on the London clock', () => {
    expect(formatTime(at('2018-08-06T13:05:59Z'))).to.equal('14:05');
    expect(formatTime(at('2018-12-06T00:05:00Z'))).to.equal('00:05');
  });
});
