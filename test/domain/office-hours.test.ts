import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, londonDay } from '../../src/domain/calendar.js';
import {
  defaultOfficeHours,
  holidaysRunOut,
  lineNow,
  parseOfficeHours,
  type OfficeHours,
} from '../../src/domain/office-hours.js';
import { london } from '../fixtures/london.js';

const utc = (text: string): number => Date.parse(text);
const parsed = (text: string): OfficeHours => parseOfficeHours(text) ?? expect.fail(`unreadable: ${text}`);

describe('office hours: the grammar', () => {
  const same: [text: string, as: string][] = [
    ['mon-FRI 09:00-17:00', 'Mon-Fri 09:00-17:00'],
    ['  Mon – Fri   09:00 – 17:00 ', 'Mon-Fri 09:00-17:00'],
    ['Mon\u00a0-\u00a0Fri\u00a009:00-17:00', 'Mon-Fri 09:00-17:00'],
    ['Mon-Fri 09:00-12:30, 13:30-17:00', 'Mon-Fri 09:00-12:30; Mon-Fri 13:30-17:00'],
    ['Mon-Thu 08:30-17:00;Fri 08:30-16:30', 'Mon 08:30-17:00, Tue-Thu 08:30-17:00, Fri 08:30-16:30'],
    ['Fri-Mon 10:00-12:00', 'Fri 10:00-12:00; Sat 10:00-12:00; Sun 10:00-12:00; Mon 10:00-12:00'],
    ['Mon-Mon 09:00-10:00', 'Mon 09:00-10:00'],
    ['Tue-Mon 00:00-24:00', 'Mon-Sun 00:00-24:00'],
    ['Mon 09:00-13:00; Mon 12:00-17:00', 'Mon 09:00-17:00'],
    ['Mon 09:00-17:00; Mon 10:00-11:00', 'Mon 09:00-17:00'],
    ['Mon 13:00-17:00; Mon 09:00-13:00', 'Mon 09:00-17:00'],
  ];
  for (const [text, as] of same) {
    it(`"${text}" is "${as}"`, () => expect(parsed(text)).to.deep.equal(parsed(as)));
  }

  it('the default is what its text says', () => {
    expect(defaultOfficeHours).to.deep.equal(parsed('Mon-Fri 09:00-17:00'));
  });

  const unreadable = [
    '', ' ', ';', '9-5', '09:00-17:00', 'Mon-Fri', 'Mon-Fri 9:00-17:00', 'Mon-Fri 09:00', 'Mon-Fri 17:00-09:00',
    'Mon-Fri 09:00-09:00', 'Mon-Fri 09:00-24:01', 'Mon-Fri 24:00-24:00', 'Mon-Fri 09:60-17:00', 'Mon-Fri 09:00-25:00',
    'Monday-Friday 09:00-17:00', 'Mon-Foo 09:00-17:00', 'Foo 09:00-17:00', 'Foo-Fri 09:00-17:00', 'Mon-Fri 09:00-17:00;', ';Mon 09:00-17:00',
    'Mon-Fri 09:00-17:00 and Sat', 'Mon-Fri 09.00-17.00', 'Mon,Wed 09:00-17:00', 'Mon-Fri09:00-17:00', 'Mon-Fri 0９:00-17:00',
    'Mon-Fri 09:00-17:00\nclosed', 'open Mon-Fri 09:00-17:00', 'Mon 09:00-12:00, and 13:00-17:00', '24/7', 'undefined',
  ]; // prettier-ignore
  for (const text of unreadable) {
    it(`"${text}" is unreadable`, () => expect(parseOfficeHours(text)).to.equal(undefined));
  }

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseOfficeHours(text)));
  });
});

describe('office hours: the line for now', () => {
  const lunch = 'Mon-Fri 09:00-12:30, 13:30-17:00';
  const table: [now: string, line: string, until: string, hours?: string][] = [
    ['2026-08-07 08:59', 'emergency-duty', '2026-08-07 09:00'],
    ['2026-08-07 09:00', 'office', '2026-08-07 17:00'],
    ['2026-08-07 16:59', 'office', '2026-08-07 17:00'],
    ['2026-08-07 17:00', 'emergency-duty', '2026-08-10 09:00'], // Friday
    ['2026-08-09 21:42', 'emergency-duty', '2026-08-10 09:00'], // Sunday
    ['2026-08-10 00:00', 'emergency-duty', '2026-08-10 09:00'],
    ['2026-08-05 12:30', 'emergency-duty', '2026-08-05 13:30', lunch],
    ['2026-08-05 12:29', 'office', '2026-08-05 12:30', lunch],
    // Easter 2026: closed Good Friday 3 April to Easter Monday 6 April
    ['2026-04-02 17:00', 'emergency-duty', '2026-04-07 09:00'],
    ['2026-04-03 10:00', 'emergency-duty', '2026-04-07 09:00'],
    ['2026-04-06 10:00', 'emergency-duty', '2026-04-07 09:00'],
    ['2026-04-07 10:00', 'office', '2026-04-07 17:00'],
    // Christmas 2026: Friday 25 December, and Monday 28 December for Boxing Day
    ['2026-12-24 16:00', 'office', '2026-12-24 17:00'],
    ['2026-12-24 17:00', 'emergency-duty', '2026-12-29 09:00'],
    ['2026-12-28 10:00', 'emergency-duty', '2026-12-29 09:00'],
    // The minute an hour after closing on the holiday is not a change, because the next day opens before it.
    ['2026-12-28 10:00', 'emergency-duty', '2026-12-29 00:00', 'Mon 00:00-23:01; Tue 00:00-00:02'],
    ['2026-12-22 13:00', 'emergency-duty', '2026-12-29 09:00', 'Tue 09:00-12:00'],
    ['2026-12-23 13:00', 'emergency-duty', '2026-12-29 09:00', 'Tue 09:00-12:00'],
    // The clocks go forward on Sunday 29 March and back on Sunday 25 October
    ['2026-03-27 17:00', 'emergency-duty', '2026-03-30 09:00'],
    ['2026-10-23 17:00', 'emergency-duty', '2026-10-26 09:00'],
    ['2026-03-29 00:30', 'emergency-duty', '2026-03-29 02:00', 'Sun 01:30-04:00'],
    // Round the clock, but for a bank holiday
    ['2026-08-10 12:00', 'office', '2026-08-31 00:00', 'Mon-Sun 00:00-24:00'],
    ['2026-08-31 12:00', 'emergency-duty', '2026-09-01 00:00', 'Mon-Sun 00:00-24:00'],
    ['2026-08-11 12:00', 'office', '2026-08-12 00:00', 'Mon-Tue 09:00-24:00'],
    ['2026-08-10 12:00', 'office', '2026-08-11 06:00', 'Mon 09:00-24:00; Tue 00:00-06:00'],
  ];
  for (const [time, line, until, hours = 'Mon-Fri 09:00-17:00'] of table) {
    it(`${time} with ${hours}: ${line} until ${until}`, () => {
      expect(lineNow(parsed(hours), london(time))).to.deep.equal({ line, until: london(until) });
    });
  }

  it('is right to the second', () => {
    expect(lineNow(defaultOfficeHours, london('2026-08-07 17:00') - 1).line).to.equal('office');
    expect(lineNow(defaultOfficeHours, london('2026-08-07 09:00') - 1).line).to.equal('emergency-duty');
  });

  it('opens at nine on either side of both changes', () => {
    const opens = (day: string): number | undefined => lineNow(defaultOfficeHours, london(`${day} 12:00`)).until;
    expect(opens('2026-03-28')).to.equal(utc('2026-03-30T08:00Z'));
    expect(opens('2026-03-21')).to.equal(utc('2026-03-23T09:00Z'));
    expect(opens('2026-10-24')).to.equal(utc('2026-10-26T09:00Z'));
    expect(opens('2026-10-17')).to.equal(utc('2026-10-19T08:00Z'));
  });

  it('follows the wall clock through the hour that is repeated and the hour that is skipped', () => {
    const night = parsed('Sun 01:15-01:45');
    const lines = (from: string, minutes: number[]): string[] =>
      minutes.map((minute) => lineNow(night, utc(from) + minute * 60_000).line);
    const [out, office] = ['emergency-duty', 'office'];
    expect(lines('2026-10-25T00:00Z', [14, 15, 44, 45, 74, 75, 104, 105])).to.deep.equal(
      [out, office, office, out, out, office, office, out], // prettier-ignore
    );
    expect(lineNow(night, utc('2026-10-25T00:50Z')).until).to.equal(utc('2026-10-25T01:15Z'));
    expect(lineNow(night, utc('2026-03-29T00:50Z')).until).to.equal(london('2026-04-05 01:15'));
    const split = parsed('Sun 01:30-03:00'); // at 01:59 the clock goes back to 01:00, before opening
    expect(lineNow(split, utc('2026-10-25T00:40Z')).until).to.equal(utc('2026-10-25T01:00Z'));
    const late = parsed('Sun 00:00-01:30');
    expect(lineNow(late, utc('2026-03-29T00:10Z')).until).to.equal(utc('2026-03-29T01:00Z'));
  });

  it('uses the holidays it is given', () => {
    const none = { lastYear: 2026, days: new Set<string>() };
    expect(lineNow(defaultOfficeHours, london('2026-12-25 10:00'), none).line).to.equal('office');
    const local = { lastYear: 2026, days: new Set(['2026-08-10']) };
    expect(lineNow(defaultOfficeHours, london('2026-08-09 10:00'), local).until).to.equal(london('2026-08-11 09:00'));
  });

  it('looks 30 days ahead, and no further', () => {
    const daily = parsed('Mon-Sun 09:00-17:00');
    const now = london('2026-06-01 18:00');
    const closedFor = (days: number) => ({
      lastYear: 2026,
      days: new Set(Array.from({ length: days }, (_, n) => addDays('2026-06-01', n))),
    });
    expect(lineNow(daily, now, closedFor(30)).until).to.equal(london('2026-07-01 09:00'));
    expect(lineNow(daily, now, closedFor(31)).until).to.equal(undefined);
  });

  it('does not turn over when it never opens, or never closes', () => {
    const always = parsed('Mon-Sun 00:00-24:00');
    const now = london('2026-06-01 12:00');
    expect(lineNow(always, now)).to.deep.equal({ line: 'office', until: undefined });
    const closed = { week: [] };
    expect(lineNow(closed, now)).to.deep.equal({ line: 'emergency-duty', until: undefined });
  });

  const pad = (n: number): string => String(n).padStart(2, '0');
  const time = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
  const dayName = fc.constantFrom('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun');
  const minute = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 180 }));
  const range = fc
    .tuple(
      dayName,
      dayName,
      minute,
      minute.map((m) => m + 1),
    )
    .filter(([, , open, close]) => open < close)
    .map(([from, to, open, close]) => `${from}-${to} ${time(open)}-${time(close)}`);
  const hours = fc.array(range, { minLength: 1, maxLength: 4 }).map((ranges) => parsed(ranges.join('; ')));
  const change = (at: string): fc.Arbitrary<number> =>
    fc.integer({ min: utc(at) - 2 * 86_400_000, max: utc(at) + 86_400_000 });
  const moment = fc.oneof(
    fc.integer({ min: utc('2025-01-01'), max: utc('2029-06-01') }),
    change('2026-03-29'),
    change('2026-10-25'),
    change('2026-12-25'),
  );

  it('until is in the future, and the line differs from then on and not a moment earlier', function () {
    fc.assert(
      fc.property(
        hours,
        moment,
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (week, now, parts) => {
          const { line, until } = lineNow(week, now);
          if (until === undefined) return;
          expect(until).to.be.greaterThan(now);
          expect(lineNow(week, until).line).to.not.equal(line);
          for (const part of [...parts, 1]) {
            const between = Math.max(now, Math.floor(now + part * (until - now)) - 1);
            expect(lineNow(week, between).line, new Date(between).toISOString()).to.equal(line);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('an office that opens on some weekday always opens again', () => {
    fc.assert(
      fc.property(moment, (now) => lineNow(defaultOfficeHours, now).until !== undefined),
      { numRuns: 300 },
    );
  });
});

describe('office hours: holidays run out', () => {
  it('from the first London minute after the last known year', () => {
    expect(holidaysRunOut(london('2028-12-31 23:59'))).to.equal(false);
    expect(holidaysRunOut(london('2029-01-01 00:00'))).to.equal(true);
    expect(holidaysRunOut(london('2026-07-01 00:00'), { lastYear: 2025, days: new Set() })).to.equal(true);
    expect(londonDay(london('2029-01-01 00:00'))).to.equal('2029-01-01');
  });
});
