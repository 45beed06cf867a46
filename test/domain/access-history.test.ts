import { expect } from 'chai';
import fc from 'fast-check';
import { accessHistory, type Access } from '../../src/domain/access-history.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.parse('2026-08-09T20:42:00Z');

/** A view that long before the response. */
const ago = (ms: number, place?: string): Access => ({ at: now - ms, place, viewer: 'A NURSE', role: undefined });
const read = (...accesses: Access[]) => accessHistory(accesses, now, true);
const visitsOf = (...accesses: Access[]) => read(...accesses).rows.map(({ visit }) => visit);

describe('access history: rows', () => {
  it('of nothing is nothing', () => {
    expect(read()).to.deep.equal({
      rows: [],
      capped: false,
      before: { views: 0, visits: 0 },
      services: 0,
      last30Days: { views: 0, visits: 0 },
      last12Months: { views: 0, visits: 0 },
      oldest: undefined,
    });
  });

  it('are newest first, ties as received, with their own data', () => {
    const rows = read(ago(3 * DAY, 'A'), ago(DAY, 'B'), ago(2 * DAY, 'C'), ago(DAY, 'D')).rows;
    expect(rows.map(({ place }) => place)).to.deep.equal(['B', 'D', 'C', 'A']);
    expect(rows[0]).to.deep.equal({ ...ago(DAY, 'B'), thisCheck: false, startsVisit: true, visit: 4 });
  });

  it('are the 25 newest, and capped from 25', () => {
    const many = Array.from({ length: 30 }, (_, i) => ago((i + 1) * DAY, 'A'));
    const history = read(...many.toReversed());
    expect(history.rows).to.have.length(25);
    expect(history.oldest).to.equal(now - 25 * DAY);
    expect(history.capped).to.equal(true);
    expect(read(...many.slice(0, 25)).capped).to.equal(true);
    expect(read(...many.slice(0, 24)).capped).to.equal(false);
  });

  it('keep a date in the future, listed and counted', () => {
    const history = read(ago(-2 * DAY, 'A'), ago(DAY, 'A'));
    expect(history.rows.map(({ at }) => at)).to.deep.equal([now + 2 * DAY, now - DAY]);
    expect(history.before).to.deep.equal({ views: 2, visits: 2 });
    expect(history.rows.some(({ thisCheck }) => thisCheck)).to.equal(false);
  });
});

describe('access history: this check', () => {
  const table: [title: string, accesses: Access[], marked: number][] = [
    ['the newest', [ago(0, 'A'), ago(DAY, 'A')], 0],
    ['60 s before', [ago(MINUTE, 'A')], 0],
    ['60 s after', [ago(-MINUTE, 'A')], 0],
    ['61 s before is another', [ago(61_000, 'A')], -1],
    ['61 s after is another', [ago(-61_000, 'A')], -1],
    ['neither of two close ones: whose is whose nobody can say', [ago(40_000, 'A'), ago(10_000, 'B')], -1],
    ['behind one from the future', [ago(-DAY, 'A'), ago(1000, 'A')], 1],
    ['none, when the same author looked earlier', [ago(5 * HOUR, 'A')], -1],
  ];
  for (const [title, accesses, marked] of table) {
    it(title, () => {
      const { rows, before } = read(...accesses);
      expect(rows.findIndex(({ thisCheck }) => thisCheck)).to.equal(marked);
      expect(before.views).to.equal(accesses.length - (marked < 0 ? 0 : 1));
      const row = rows[marked];
      if (row) expect([row.visit, row.startsVisit]).to.deep.equal([0, false]);
    });
  }

  it('none, when the check is one that the register does not list: a colleague’s view of this minute is counted', () => {
    const { rows, before } = accessHistory([ago(20_000, 'St Elsewhere'), ago(DAY, 'A')], now, false);
    expect(rows.some(({ thisCheck }) => thisCheck)).to.equal(false);
    expect(before).to.deep.equal({ views: 2, visits: 2 });
  });

  it('only: not viewed before, and no service', () => {
    const history = read(ago(0, 'A'));
    expect(history.before).to.deep.equal({ views: 0, visits: 0 });
    expect(history.services).to.equal(0);
    expect(history.last30Days).to.deep.equal({ views: 0, visits: 0 });
  });

  it('does not start or stretch a visit', () => {
    expect(visitsOf(ago(0, 'A'), ago(HOUR, 'A'), ago(13 * HOUR, 'A'))).to.deep.equal([0, 1, 1]);
    expect(visitsOf(ago(0, 'A'), ago(HOUR, 'A'), ago(13 * HOUR + 1, 'A'))).to.deep.equal([0, 2, 1]);
  });
});

describe('access history: visits', () => {
  const at = (hours: number, place?: string): Access => ago(10 * DAY - hours * HOUR, place);
  const table: [title: string, oldestFirst: Access[], visits: number[]][] = [
    ['two nurses on one shift', [at(0, 'A'), at(1, 'A')], [1, 1]],
    ['twelve hours after the first is the same', [at(0, 'A'), at(12, 'A')], [1, 1]],
    ['a minute more is another', [at(0, 'A'), at(12 + 1 / 60, 'A')], [1, 2]],
    ['never chained: the clock runs from the first', [at(0, 'A'), at(11, 'A'), at(12 + 1 / 60, 'A')], [1, 1, 2]],
    [
      'and starts again at the second',
      [at(0, 'A'), at(11, 'A'), at(13, 'A'), at(24, 'A'), at(26, 'A')],
      [1, 1, 2, 2, 3],
    ],
    ['two services at once', [at(0, 'A'), at(1, 'B'), at(2, 'A'), at(3, 'B')], [1, 2, 1, 2]],
    ['one service, case and spaces aside', [at(0, 'St Mary’s ED'), at(1, ' ST MARY’S  ed ')], [1, 1]],
    ['111 is each its own', [at(0, 'NHS 111 London'), at(1, 'NHS 111 London')], [1, 2]],
    ['NHS111 too', [at(0, 'NHS111'), at(1, 'NHS111')], [1, 2]],
    ['111 within a code is no 111', [at(0, 'Clinic (RX1114)'), at(1, 'Clinic (RX1114)')], [1, 1]],
    ['ambulances are each their own', [at(0, 'LONDON AMBULANCE SERVICE'), at(1, 'London Ambulance Service')], [1, 2]],
    ['no named service is each its own', [at(0), at(1), at(2, ' '), at(3, '')], [1, 2, 3, 4]],
    ['the same moment', [at(0, 'A'), at(0, 'A')], [1, 1]],
  ];
  for (const [title, accesses, visits] of table) {
    it(title, () => {
      const history = read(...accesses);
      expect(history.rows.map(({ visit }) => visit).toReversed()).to.deep.equal(visits);
      expect(history.before).to.deep.equal({ views: accesses.length, visits: new Set(visits).size });
    });
  }

  it('are headed by their newest view, the rows in strict time order', () => {
    const { rows } = read(at(0, 'A'), at(1, 'B'), at(2, 'A'), at(3, 'B'));
    expect(rows.map(({ startsVisit }) => startsVisit)).to.deep.equal([true, true, false, false]);
  });

  it('count distinct named services, 111 and ambulance among them', () => {
    expect(read(at(0, 'A'), at(1, 'a'), at(2, 'NHS 111'), at(3, 'NHS 111'), at(4)).services).to.equal(2);
  });
});

describe('access history: periods', () => {
  it('30 days are 30 × 24 hours, to the millisecond', () => {
    const history = read(ago(30 * DAY, 'A'), ago(30 * DAY + 1, 'B'));
    expect(history.last30Days).to.deep.equal({ views: 1, visits: 1 });
  });

  it('12 months reach back to the start of that day in London', () => {
    const start = Date.parse('2025-08-08T23:00:00Z'); // 9 August 2025, 00:00 in London
    const history = read(ago(now - start, 'A'), ago(now - start + 1, 'B'));
    expect(history.last12Months).to.deep.equal({ views: 1, visits: 1 });
  });

  it('a visit counts by its first view, a view by its own time', () => {
    const history = read(ago(30 * DAY + HOUR, 'A'), ago(30 * DAY - HOUR, 'A'));
    expect(history.last30Days).to.deep.equal({ views: 1, visits: 0 });
    expect(history.last12Months).to.deep.equal({ views: 2, visits: 1 });
  });
});

describe('access history: any history', () => {
  const place = fc.constantFrom(undefined, '', 'A', 'a ', 'B', 'NHS 111', 'Ambulance');
  const back = fc.oneof(
    fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
    fc.integer({ min: 0, max: 3 * DAY }),
    fc.integer({ min: 0, max: 500 * DAY }),
  );
  const accesses = fc.array(
    fc.tuple(back, place).map(([ms, name]) => ago(ms, name)),
    { maxLength: 30 },
  );

  it('loses nothing, orders strictly and counts what it lists', () => {
    fc.assert(
      fc.property(accesses, (list) => {
        const given = [...list];
        const { rows, before, last30Days, last12Months, capped, oldest, services } = accessHistory(list, now, true);
        expect(list).to.deep.equal(given); // untouched
        expect(rows).to.have.length(Math.min(25, list.length));
        expect(capped).to.equal(list.length >= 25);
        expect(oldest).to.equal(rows.at(-1)?.at);
        rows.forEach((row, i) => expect(row.at).to.be.at.most(rows[i - 1]?.at ?? Infinity));
        const earlier = rows.filter(({ thisCheck }) => !thisCheck);
        expect(rows.length - earlier.length).to.be.at.most(1);
        expect(before.views).to.equal(earlier.length);
        expect(before.visits).to.equal(new Set(earlier.map(({ visit }) => visit)).size);
        expect(before.visits).to.equal(rows.filter(({ startsVisit }) => startsVisit).length);
        expect(services).to.be.at.most(before.visits);
        for (const part of ['views', 'visits'] as const) {
          expect(last30Days[part]).to.be.at.most(last12Months[part]);
          expect(last12Months[part]).to.be.at.most(before[part]);
        }
        expect(before.visits).to.be.at.most(before.views);
      }),
    );
  });

  it('no visit lasts more than 12 hours or mixes services', () => {
    fc.assert(
      fc.property(accesses, (list) => {
        const all = accessHistory(list, now, true).rows.filter(({ visit }) => visit > 0);
        for (const { visit } of all) {
          const rows = all.filter((row) => row.visit === visit);
          expect(Math.max(...rows.map((r) => r.at)) - Math.min(...rows.map((r) => r.at))).to.be.at.most(12 * HOUR);
          expect(new Set(rows.map((r) => r.place?.trim().toLowerCase())).size).to.equal(1);
          if (rows.length > 1) expect(rows[0]?.place).to.match(/^[ab]\s*$/i);
        }
      }),
    );
  });

  it('says the same whatever order it came in', () => {
    const distinct = fc.uniqueArray(fc.tuple(back, place), { maxLength: 24, selector: ([ms]) => ms });
    fc.assert(
      fc.property(distinct, (list) => {
        const inOrder = list.map(([ms, name]) => ago(ms, name));
        expect(accessHistory(inOrder.toReversed(), now, true)).to.deep.equal(accessHistory(inOrder, now, true));
      }),
    );
  });
});
