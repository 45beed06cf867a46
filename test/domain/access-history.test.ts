import { expect } from 'chai';
import fc from 'fast-check';
import {
  accessHistory,
  staffIn,
  type Access,
  type AccessHistory,
  type ThisCheck,
} from '../../src/domain/access-history.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = Date.parse('2026-08-09T20:42:00Z');

/** A view this long before the response. */
const ago = (ms: number, place?: string, viewer = 'A NURSE'): Access => ({
  at: now - ms,
  place,
  viewer,
  role: undefined,
});
/** An open one second ago in an emergency department that the host has not named. */
const check = (facts: Partial<ThisCheck> = {}): ThisCheck => ({
  isListed: true,
  openedAt: now - 1000,
  respondedAt: now,
  service: '',
  eachViewItsOwn: false,
  ...facts,
});
const read = (...accesses: Access[]) => accessHistory(accesses, check());
const partsOf = ({ rows }: AccessHistory) => rows.map(({ part }) => part);

describe('access history: rows', () => {
  it('of nothing is empty', () => {
    expect(read()).to.deep.equal({
      rows: [],
      capped: false,
      thisAttendance: [],
      recent: [],
      visits: [],
      before: { views: 0, visits: 0 },
      services: [],
      last30Days: { views: 0, visits: 0 },
      last12Months: { views: 0, visits: 0 },
      oldest: undefined,
    });
  });

  it('are newest first, ties as received, with their own data', () => {
    const rows = read(ago(3 * DAY, 'A'), ago(DAY, 'B'), ago(2 * DAY, 'C'), ago(DAY, 'D')).rows;
    expect(rows.map(({ place }) => place)).to.deep.equal(['B', 'D', 'C', 'A']);
    expect(rows[0]).to.deep.equal({ ...ago(DAY, 'B'), part: 'earlier', visit: 4 });
  });

  it('are the 25 newest, and marked as capped from 25', () => {
    const many = Array.from({ length: 30 }, (_, i) => ago((i + 1) * DAY, 'A'));
    const history = read(...many.toReversed());
    expect(history.rows).to.have.length(25);
    expect(history.oldest).to.equal(now - 25 * DAY);
    expect(history.capped).to.equal(true);
    expect(read(...many.slice(0, 25)).capped).to.equal(true);
    expect(read(...many.slice(0, 24)).capped).to.equal(false);
  });

  it('more than 12 hours in the future are listed and counted', () => {
    const history = read(ago(-12 * HOUR - 1, 'A'), ago(DAY, 'A'));
    expect(history.rows.map(({ at }) => at)).to.deep.equal([now + 12 * HOUR + 1, now - DAY]);
    expect(history.before).to.deep.equal({ views: 2, visits: 2 });
  });
});

const ED = 'THE WHITTINGTON HOSPITAL NHS TRUST - ED (RKEAA)';
const WARD = 'THE WHITTINGTON HOSPITAL NHS TRUST - IFOR WARD (RKEAA)';
const LONDON = 'ROYAL LONDON HOSPITAL - ED (R1H12)';
const CALLS = 'NHS 111 LONDON (NLO07)';
const CREW = 'LONDON AMBULANCE SERVICE (RRU)';
const MINE = 'this-check';
const HERE = 'this-attendance';
const RECENT = 'recent';
const PAST = 'earlier';
type Parts = AccessHistory['rows'][number]['part'][];

describe('access history: whose view it is', () => {
  /** The views newest first, as times before the answer; then what each is, and how many earlier visits there are. */
  type Case = [title: string, views: Access[], parts: Parts, visits: number, facts?: Partial<ThisCheck>];

  const inEmergencyDepartment: Case[] = [
    ['the first reader', [ago(0, ED)], [MINE], 0],
    ['the second reader, ten seconds later', [ago(0, ED, 'A DOCTOR'), ago(10_000, ED)], [MINE, HERE], 0],
    [
      'the third reader, hours later',
      [ago(0, ED, 'A DOCTOR'), ago(3 * HOUR, ED, 'B NURSE'), ago(4 * HOUR, ED)],
      [MINE, HERE, HERE],
      0,
    ],
    ['the same nurse again after 66 s: the register keeps her first view alone', [ago(66_000, ED)], [HERE], 0],
    ['the same nurse again, and a visit of last week', [ago(66_000, ED), ago(7 * DAY, ED)], [HERE, PAST], 1],
    ['a slow answer', [ago(9000, ED)], [MINE], 0, { openedAt: now - 9500 }],
    [
      'a slow answer, a colleague meanwhile: whose is whose nobody can say',
      [ago(2000, ED), ago(9000, ED, 'A DOCTOR')],
      [HERE, HERE],
      0,
      { openedAt: now - 9500 },
    ],
    ['two at one moment: whose is whose nobody can say', [ago(0, ED), ago(0, ED, 'A DOCTOR')], [HERE, HERE], 0],
    ['a view of five seconds before the open may be its own by the other clock', [ago(6000, ED)], [MINE], 0],
    ['a view of longer before the open is a colleague’s', [ago(6001, ED)], [HERE], 0],
    ['an ambulance before: it is an event of its own', [ago(0, ED), ago(40 * MINUTE, CREW)], [MINE, PAST], 1],
    ['a call before: it is an event of its own', [ago(0, ED), ago(2 * HOUR, CALLS)], [MINE, PAST], 1],
    ['a colleague elsewhere at this very moment', [ago(0, ED), ago(0, LONDON, 'B NURSE')], [MINE, PAST], 1],
    ['a ward of this hospital, though it has the same code', [ago(0, ED), ago(HOUR, WARD)], [MINE, PAST], 1],
    ['this place 12 hours ago', [ago(0, ED), ago(12 * HOUR, ED)], [MINE, HERE], 0],
    ['this place more than 12 hours ago', [ago(0, ED), ago(12 * HOUR + 1, ED)], [MINE, PAST], 1],
    ['an open of 13 hours ago, asked again', [ago(13 * HOUR, ED)], [MINE], 0, { openedAt: now - 13 * HOUR }],
    [
      'an open of two days ago: a view of then is a visit by now',
      [ago(0, ED), ago(40 * HOUR, ED)],
      [MINE, PAST],
      1,
      { openedAt: now - 2 * DAY },
    ],
    ['a register whose views are an hour ahead of its answer', [ago(-HOUR, ED)], [MINE], 0],
    ['a register whose views are an hour behind its answer', [ago(HOUR, ED)], [HERE], 0],
    ['a computer an hour slow, and no clock to tell it by', [ago(-HOUR, ED)], [MINE], 0, { openedAt: now - 1000 }],
    ['a computer an hour fast, and no clock to tell it by', [ago(0, ED)], [HERE], 0, { openedAt: now + HOUR }],
    ['a view that is dated half a day ahead', [ago(0, ED), ago(-12 * HOUR, ED)].reverse(), [HERE, HERE], 0],
    [
      'a view that is dated further ahead: a date that is wrong places nobody',
      [ago(-12 * HOUR - 1, ED), ago(0, ED)],
      [PAST, MINE],
      1,
    ],
    ['a view at no named place', [ago(0, ED), ago(HOUR)], [MINE, PAST], 1],
  ];
  for (const [title, views, parts, visits, facts] of inEmergencyDepartment)
    for (const service of [ED, 'rkeaa'].slice(0, title.includes('same code') ? 1 : 2))
      it(`in an ED that says it is ${service}: ${title}`, () => {
        const history = accessHistory(views, check({ service, ...facts }));
        expect(partsOf(history)).to.deep.equal(parts);
        expect(history.before.visits).to.equal(visits);
      });

  const onCalls: Case[] = [
    ['this open’s own view alone', [ago(0, CALLS)], [MINE], 0],
    ['another call of three hours ago', [ago(0, CALLS), ago(3 * HOUR, CALLS, 'B')], [MINE, PAST], 1],
    [
      'two at one moment: one is this open’s, and nobody can say which',
      [ago(0, CALLS), ago(0, CALLS, 'B'), ago(3 * HOUR, CALLS, 'C')],
      [RECENT, RECENT, PAST],
      1,
    ],
    ['the same handler again after 66 s: it may be the same call', [ago(66_000, CALLS)], [RECENT], 0],
    [
      'the same handler again: which of the calls is theirs nobody can say',
      [ago(66_000, CALLS), ago(HOUR, CALLS, 'B'), ago(13 * HOUR, CALLS, 'C')],
      [RECENT, RECENT, PAST],
      1,
    ],
    ['the emergency department an hour ago', [ago(0, CALLS), ago(HOUR, ED)], [MINE, PAST], 1],
    ['a computer an hour fast, and no clock to tell it by', [ago(0, CALLS)], [RECENT], 0, { openedAt: now + HOUR }],
  ];
  for (const [title, views, parts, visits, facts] of onCalls)
    it(`in NHS 111 or an ambulance: ${title}`, () => {
      const history = accessHistory(views, check({ service: CALLS, eachViewItsOwn: true, ...facts }));
      expect(partsOf(history)).to.deep.equal(parts);
      expect(history.before.visits).to.equal(visits);
    });

  const notKnown: Case[] = [
    ['the first reader', [ago(0, ED)], [RECENT], 0],
    ['the second reader', [ago(0, ED), ago(10_000, ED, 'A DOCTOR')], [RECENT, RECENT], 0],
    ['the same nurse again after 66 s', [ago(66_000, ED)], [RECENT], 0],
    ['a colleague elsewhere', [ago(0, ED), ago(HOUR, LONDON)], [RECENT, RECENT], 0],
    ['12 hours ago', [ago(12 * HOUR, LONDON)], [RECENT], 0],
    ['more than 12 hours ago', [ago(12 * HOUR + 1, LONDON)], [PAST], 1],
    ['an hour ahead', [ago(-HOUR, ED)], [RECENT], 0],
    ['an open of 13 hours ago, asked again', [ago(13 * HOUR, ED)], [RECENT], 0, { openedAt: now - 13 * HOUR }],
    ['at no named place', [ago(HOUR)], [RECENT], 0],
  ];
  for (const [title, views, parts, visits, facts] of notKnown)
    for (const service of ['', ' ', 'Wittington ED', 'RKE', 'THE WHITTINGTON HOSPITAL NHS TRUST', LONDON.slice(1)])
      for (const eachViewItsOwn of [false, true])
        it(`nothing is guessed of "${service}"${eachViewItsOwn ? ', a call' : ''}: ${title}`, () => {
          const history = accessHistory(views, check({ service, eachViewItsOwn, ...facts }));
          expect(partsOf(history)).to.deep.equal(parts);
          expect(history.before.visits).to.equal(visits);
        });

  it('a service that the register listed long ago, but not now, is unknown: nothing is guessed', () => {
    const views = [ago(0, 'WHITTINGTON HEALTH - ED (RKEAB)'), ago(30 * DAY, ED)];
    expect(partsOf(accessHistory(views, check({ service: ED })))).to.deep.equal([RECENT, PAST]);
  });

  it('a reader’s first view in 24 hours, this long ago at this service, shows that it is known', () => {
    const views = [ago(HOUR, LONDON), ago(24 * HOUR, ED)];
    expect(partsOf(accessHistory(views, check({ service: ED })))).to.deep.equal([PAST, PAST]);
    const longer = [ago(HOUR, LONDON), ago(24 * HOUR + 1, ED)];
    expect(partsOf(accessHistory(longer, check({ service: ED })))).to.deep.equal([RECENT, PAST]);
  });

  it('in scheduled care, whose views the register does not list: every view belongs to an earlier visit', () => {
    const views = [ago(0, ED), ago(20_000, ED, 'A DOCTOR'), ago(20_000, LONDON), ago(DAY, ED)];
    for (const service of ['', ED])
      for (const eachViewItsOwn of [false, true]) {
        const history = accessHistory(views, check({ isListed: false, service, eachViewItsOwn }));
        expect(partsOf(history)).to.deep.equal([PAST, PAST, PAST, PAST]);
        expect(history.before).to.deep.equal({ views: 4, visits: 3 });
      }
  });

  it('this attendance does not start or extend a visit', () => {
    const views = [ago(0, ED), ago(HOUR, ED), ago(13 * HOUR, ED), ago(24 * HOUR, ED), ago(26 * HOUR, ED)];
    const { rows } = accessHistory(views, check({ service: ED }));
    expect(rows.map(({ visit }) => visit)).to.deep.equal([0, 0, 2, 1, 1]);
  });
});

describe('access history: staff', () => {
  const by = (...viewers: (string | undefined)[]) => viewers.map((viewer) => ({ ...ago(0, ED), viewer }));
  const table: [views: Access[], staff: number][] = [
    [[], 0],
    [by('A'), 1],
    [by('A', 'B'), 2],
    [by('A', 'B', 'A'), 2],
    [by('A', undefined), 2],
    [by(undefined, undefined), 2],
  ];
  for (const [views, staff] of table)
    it(`${views.map(({ viewer }) => viewer ?? 'not recorded').join(', ')}: ${staff}`, () => {
      expect(staffIn(views)).to.equal(staff);
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

  it('are listed newest first, each with its service, its first view’s time and its views, oldest first', () => {
    const oldestFirst = [at(0, 'A'), at(1, 'B'), at(2, 'A'), at(3, 'B'), at(20, ' a')];
    const { rows, visits } = read(...oldestFirst);
    expect(visits.map(({ place, views }) => [place, ...views.map((view) => view.at)])).to.deep.equal([
      [' a', at(20).at],
      ['B', at(1).at, at(3).at],
      ['A', at(0).at, at(2).at],
    ]);
    expect(visits.map((visit) => visit.at)).to.deep.equal([at(20).at, at(1).at, at(0).at]);
    for (const { views } of visits) expect(rows).to.include.members([...views]);
  });

  const services: [title: string, oldestFirst: Access[], counted: [place: string, visits: number][]][] = [
    ['none', [], []],
    ['only such as have no name', [at(0), at(1, ''), at(2, ' ')], []],
    ['the most visited first', [at(0, 'B'), at(1, 'A'), at(20, 'A')], [['A', 2], ['B', 1]]], // prettier-ignore
    ['views of one visit count once', [at(0, 'A'), at(1, 'a'), at(2, 'B')], [['A', 1], ['B', 1]]], // prettier-ignore
    ['calls and crews count each', [at(0, 'A'), at(1, 'NHS 111'), at(2, 'NHS 111')], [['NHS 111', 2], ['A', 1]]], // prettier-ignore
    ['in the oldest view’s spelling, trimmed', [at(0, ' St A '), at(20, 'ST A')], [['St A', 2]]],
    ['a place without a name beside one', [at(0), at(1, 'A'), at(20)], [['A', 1]]],
  ];
  for (const [title, accesses, counted] of services)
    it(`by service: ${title}`, () => {
      expect(read(...accesses).services.map(({ place, visits }) => [place, visits])).to.deep.equal(counted);
    });

  it('by service: this attendance is not among the visits', () => {
    const views = [ago(0, ED), ago(HOUR, ED), ago(10 * DAY, LONDON)];
    expect(accessHistory(views, check({ service: ED })).services).to.deep.equal([{ place: LONDON, visits: 1 }]);
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
  const place = fc.constantFrom(undefined, '', 'A', 'a ', 'B', ED, WARD, CALLS, CREW);
  const back = fc.oneof(
    fc.integer({ min: -2 * MINUTE, max: 2 * MINUTE }),
    fc.integer({ min: -DAY, max: 3 * DAY }),
    fc.integer({ min: 0, max: 500 * DAY }),
  );
  const view = fc.tuple(back, place).map(([ms, name]) => ago(ms, name));
  const accesses = fc.array(view, { maxLength: 30 });
  const checks: fc.Arbitrary<ThisCheck> = fc.record({
    isListed: fc.boolean(),
    openedAt: back.map((ms) => now - ms),
    respondedAt: fc.constant(now),
    service: fc.constantFrom('', 'A', 'b', 'Z', ED, 'RKEAA', CALLS),
    eachViewItsOwn: fc.boolean(),
  });

  it('loses nothing, orders strictly and counts what it lists', () => {
    fc.assert(
      fc.property(accesses, checks, (list, asked) => {
        const given = [...list];
        const { rows, before, last30Days, last12Months, capped, oldest, services, visits } = accessHistory(list, asked);
        expect(list).to.deep.equal(given); // untouched
        expect(rows).to.have.length(Math.min(25, list.length));
        expect(capped).to.equal(list.length >= 25);
        expect(oldest).to.equal(rows.at(-1)?.at);
        rows.forEach((row, i) => expect(row.at).to.be.at.most(rows[i - 1]?.at ?? Infinity));
        expect(before.views).to.equal(rows.filter(({ part }) => part === 'earlier').length);
        expect(before.visits).to.equal(visits.length);
        const named = visits.filter((visit) => visit.place?.trim());
        expect(services.reduce((sum, service) => sum + service.visits, 0)).to.equal(named.length);
        for (const part of ['views', 'visits'] as const) {
          expect(last30Days[part]).to.be.at.most(last12Months[part]);
          expect(last12Months[part]).to.be.at.most(before[part]);
        }
        expect(before.visits).to.be.at.most(before.views);
      }),
    );
  });

  it('every row is in exactly one group: this attendance, the recent ones or one visit', () => {
    fc.assert(
      fc.property(accesses, checks, (list, asked) => {
        const { rows, thisAttendance, recent, visits } = accessHistory(list, asked);
        const placed = [...thisAttendance, ...recent, ...visits.flatMap(({ views }) => views)];
        expect(placed).to.have.length(rows.length);
        expect(new Set([...placed, ...rows]).size).to.equal(rows.length);
        for (const row of rows) expect(row.visit > 0).to.equal(row.part === 'earlier');
        visits.forEach(({ views }, index) => views.forEach((row) => expect(row.visit).to.equal(visits.length - index)));
      }),
    );
  });

  it('claims little: at most one view is this check’s, and all of this attendance are here and on one day', () => {
    fc.assert(
      fc.property(accesses, checks, (list, asked) => {
        const { thisAttendance, recent, rows } = accessHistory(list, asked);
        expect(rows.filter(({ part }) => part === 'this-check').length).to.be.at.most(1);
        if (asked.eachViewItsOwn) expect(thisAttendance.length).to.be.at.most(1);
        if (asked.service === '' || asked.service === 'Z') expect(thisAttendance).to.deep.equal([]);
        if (!asked.isListed) expect([...thisAttendance, ...recent]).to.deep.equal([]);
        for (const row of [...thisAttendance, ...recent]) expect(Math.abs(now - row.at)).to.be.at.most(DAY);
        expect(new Set(thisAttendance.map((row) => row.place?.trim().toLowerCase())).size).to.be.at.most(
          asked.service === 'RKEAA' ? 2 : 1,
        );
      }),
    );
  });

  it('no visit lasts more than 12 hours or mixes services', () => {
    fc.assert(
      fc.property(accesses, checks, (list, asked) => {
        for (const { place: where, at, views } of accessHistory(list, asked).visits) {
          expect(views[0]).to.include({ at, place: where });
          views.forEach((row, i) => expect(row.at).to.be.within(views[i - 1]?.at ?? at, at + 12 * HOUR));
          expect(new Set(views.map((row) => row.place?.trim().toLowerCase())).size).to.equal(1);
          if (views.length > 1) expect(where).to.match(/^[ab]\s*$|^THE WHITTINGTON/i);
        }
      }),
    );
  });

  it('says the same in whatever order the views arrive', () => {
    const distinct = fc.uniqueArray(fc.tuple(back, place), { maxLength: 24, selector: ([ms]) => ms });
    fc.assert(
      fc.property(distinct, checks, (list, asked) => {
        const inOrder = list.map(([ms, name]) => ago(ms, name));
        expect(accessHistory(inOrder.toReversed(), asked)).to.deep.equal(accessHistory(inOrder, asked));
      }),
    );
  });
});
