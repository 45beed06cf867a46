import { expect } from 'chai';

import type { Line } from '../../src/domain/office-hours.js';
import {
  describeUntil,
  formatDay,
  formatDayTime,
  longDay,
  sayDates,
  weekdayName,
} from '../../src/element/wording/dates.js';
import { london } from '../fixtures/london.js';

describe('a day, as it is read and as it is said', () => {
  it('abbreviates every month to three letters', () => {
    const written = Array.from({ length: 12 }, (_, i) => formatDay(`2018-${String(i + 1).padStart(2, '0')}`));
    expect(written.join(' ')).to.equal(
      'Jan-2018 Feb-2018 Mar-2018 Apr-2018 May-2018 Jun-2018 Jul-2018 Aug-2018 Sep-2018 Oct-2018 Nov-2018 Dec-2018',
    );
  });

  it('is written short and long', () => {
    expect(formatDay('2018-08-06')).to.equal('06-Aug-2018');
    expect(formatDay('2018')).to.equal('2018');
    expect(longDay('2018-08-06')).to.equal('6 August 2018');
    expect(longDay('2018-09')).to.equal('September 2018');
    expect(longDay('2018')).to.equal('2018');
  });

  it('has its time on the London clock', () => {
    expect(formatDayTime(Date.parse('2018-08-06T13:05:00Z'))).to.equal('06-Aug-2018 14:05');
    expect(formatDayTime(Date.parse('2018-08-06T23:05:00Z'))).to.equal('07-Aug-2018 00:05');
  });

  it('is named by its weekday', () => {
    expect(weekdayName('2026-08-03')).to.equal('Monday');
    expect(weekdayName('2026-08-09')).to.equal('Sunday');
  });

  it('in a sentence is said in its long form, and nothing else changes', () => {
    expect(sayDates('since 06-Aug-2018 · Aug-2018 · Abc-2018 · 2018')).to.equal(
      'since 6 August 2018 · August 2018 · Abc-2018 · 2018',
    );
  });
});

describe('when the line changes over, in words', () => {
  const table: [now: string, line: Line, until: string, words: string][] = [
    ['2026-08-07 08:59', 'emergency-duty', '2026-08-07 09:00', '09:00 today'],
    ['2026-08-07 09:00', 'office', '2026-08-07 17:00', '17:00'],
    ['2026-08-07 17:00', 'emergency-duty', '2026-08-10 09:00', '09:00 Monday'],
    ['2026-08-05 12:30', 'emergency-duty', '2026-08-05 13:30', '13:30 today'],
    ['2026-08-05 12:29', 'office', '2026-08-05 12:30', '12:30'],
    ['2026-04-02 17:00', 'emergency-duty', '2026-04-07 09:00', '09:00 Tuesday'],
    ['2026-12-28 10:00', 'emergency-duty', '2026-12-29 00:00', '00:00 Tuesday'],
    ['2026-12-22 13:00', 'emergency-duty', '2026-12-29 09:00', '09:00 Tuesday 29-Dec-2026'],
    ['2026-03-29 00:30', 'emergency-duty', '2026-03-29 02:00', '02:00 today'],
    ['2026-08-10 12:00', 'office', '2026-08-31 00:00', '00:00 Monday 31-Aug-2026'],
    ['2026-08-11 12:00', 'office', '2026-08-12 00:00', '00:00 Wednesday'],
    ['2026-08-10 12:00', 'office', '2026-08-11 06:00', '06:00 Tuesday'],
  ];
  for (const [now, line, until, words] of table)
    it(`at ${now}, ${line} until ${until}: "${words}"`, () => {
      expect(describeUntil({ line, until: london(until) }, london(now))).to.equal(words);
    });

  it('says nothing when it never does', () => {
    expect(describeUntil({ line: 'office', until: undefined }, 0)).to.equal(undefined);
  });
});
