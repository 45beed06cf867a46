import { expect } from 'chai';

import type { PatientOpen } from '../../src/domain/patient-open.js';
import { OpenBook } from '../../src/session/open-book.js';
import { patientOpen as open } from '../fixtures/opens.js';

const traceIdOf = (book: OpenBook, ...asked: Parameters<OpenBook['opened']>): string => book.opened(...asked).traceId;
const minute = 60_000;
const hour = 60 * minute;

describe('the page’s book of opens', () => {
  it('without an encounter: one TraceID for fresh-for, and a new one after that or when the clock was put back', () => {
    const book = new OpenBook();
    const first = traceIdOf(book, open(), 300, hour);
    expect(traceIdOf(book, open(), 300, hour + 5 * minute - 1)).to.equal(first);
    const second = traceIdOf(book, open(), 300, hour + 5 * minute);
    expect(second).not.to.equal(first);
    expect(traceIdOf(book, open(), 300, hour)).not.to.equal(second);
  });

  it('with an encounter: one TraceID for the page’s life, whatever the clock says', () => {
    const book = new OpenBook();
    const first = traceIdOf(book, open({ encounter: 'E1' }), 300, hour);
    for (const now of [hour, 2 * hour, 100 * hour, 0])
      expect(traceIdOf(book, open({ encounter: 'E1' }), 0, now)).to.equal(first);
  });

  const openedAt = (book: OpenBook, encounter: string, now: number) =>
    book.opened(open({ encounter }), 300, now).openedAt;

  it('an open’s time is when it was first asked about: with an encounter for the page’s life, else for fresh-for', () => {
    const book = new OpenBook();
    for (const encounter of ['', 'E1']) expect(openedAt(new OpenBook(), encounter, hour)).to.equal(hour);
    expect([hour, hour + minute, hour + 5 * minute].map((now) => openedAt(book, '', now))).to.deep.equal([
      hour,
      hour,
      hour + 5 * minute,
    ]);
    expect([2 * hour, 100 * hour].map((now) => openedAt(book, 'E1', now))).to.deep.equal([2 * hour, 2 * hour]);
  });

  it('an encounter that takes over an open takes over its time too', () => {
    const book = new OpenBook();
    openedAt(book, '', hour);
    expect(openedAt(book, 'E1', hour + minute)).to.equal(hour);
    expect(openedAt(book, 'E2', hour + minute)).to.equal(hour + minute);
    expect(openedAt(book, 'E1', 9 * hour)).to.equal(hour);
  });

  it('an open that another tab made first keeps that tab’s TraceID and time', () => {
    for (const encounter of ['', 'E1']) {
      const book = new OpenBook();
      book.opened(open({ encounter }), 300, hour);
      book.keep(open({ encounter }), 'theirs', hour - minute);
      expect(book.opened(open({ encounter }), 300, hour)).to.include({ traceId: 'theirs', openedAt: hour - minute });
    }
  });

  it('a change to any fact of an open makes it a different open', () => {
    const book = new OpenBook();
    const others: readonly Partial<PatientOpen>[] = [
      {},
      { baseUrl: 'https://other.example/FHIR' },
      { registerApi: 'patient-flags' },
      { user: 'U2' },
      { nhsNumber: '9990000026' },
      { attendance: 'scheduled' },
      { attendance: 'not-brought' },
    ];
    const ids = others.flatMap((change) =>
      ['', 'E1', 'E2'].map((encounter) => traceIdOf(book, open({ ...change, encounter }), 300, hour)),
    );
    // The first encounter takes over the open without one.
    expect(new Set(ids).size).to.equal(others.length * 2);
  });

  it('an open is taken over only by the first encounter, and only while it is fresh', () => {
    const book = new OpenBook();
    const traceId = traceIdOf(book, open(), 300, hour);
    expect(book.isAdoptable(open({ encounter: 'E1' }), traceId, 300, hour + 5 * minute)).to.equal(false);
    expect(book.isAdoptable(open({ encounter: 'E1' }), traceId, 300, hour)).to.equal(true);
    expect(traceIdOf(book, open({ encounter: 'E1' }), 300, hour)).to.equal(traceId);
    expect(book.isAdoptable(open({ encounter: 'E2' }), traceId, 300, hour)).to.equal(false);
    expect(traceIdOf(book, open({ encounter: 'E2' }), 300, hour)).not.to.equal(traceId);
  });

  it('a banner on a lapsed open is not taken over when another banner opens the patient again', () => {
    const book = new OpenBook();
    const lapsed = traceIdOf(book, open(), 300, hour);
    const anew = traceIdOf(book, open(), 300, 2 * hour);
    expect(book.isAdoptable(open({ encounter: 'E1' }), lapsed, 300, 2 * hour)).to.equal(false);
    expect(book.isAdoptable(open({ encounter: 'E1' }), anew, 300, 2 * hour)).to.equal(true);
  });

  it('every banner of an open follows the encounter that took it over', () => {
    const book = new OpenBook();
    const traceId = traceIdOf(book, open(), 300, hour);
    traceIdOf(book, open({ encounter: 'E1' }), 300, hour);
    expect(book.isAdoptable(open({ encounter: 'E1' }), traceId, 300, hour)).to.equal(true);
    expect(book.isAdoptable(open({ encounter: 'E1' }), traceId, 300, 2 * hour)).to.equal(false);
  });

  it('an open that an earlier page’s encounter took over belongs only to that encounter', () => {
    const taken = (): OpenBook => {
      const book = new OpenBook();
      book.opened(open(), 300, hour);
      book.keep(open(), 'theirs', hour, 'E1');
      return book;
    };
    for (const [encounter, isTheirs] of [
      ['E1', true],
      ['E2', false],
    ] as const) {
      expect(taken().isAdoptable(open({ encounter }), 'theirs', 300, hour)).to.equal(isTheirs);
      expect(traceIdOf(taken(), open({ encounter }), 300, hour) === 'theirs').to.equal(isTheirs);
    }
  });

  it('an encounter that has an open of its own does not take over another', () => {
    const book = new OpenBook();
    const own = traceIdOf(book, open({ encounter: 'E1' }), 300, hour);
    const without = traceIdOf(book, open(), 300, hour);
    expect(book.isAdoptable(open({ encounter: 'E1' }), without, 300, hour)).to.equal(false);
    expect(traceIdOf(book, open({ encounter: 'E1' }), 300, hour)).to.equal(own);
    expect(book.isAdoptable(open({ encounter: 'E2' }), without, 300, hour)).to.equal(true);
  });

  it('forgets everything', () => {
    const book = new OpenBook();
    const ids = ['', 'E1'].map((encounter) => traceIdOf(book, open({ encounter }), 300, hour));
    book.forget();
    for (const encounter of ['', 'E1']) expect(ids).not.to.include(traceIdOf(book, open({ encounter }), 300, hour));
  });

  it('a day of opens loses none that can still be used', () => {
    const book = new OpenBook();
    const patient = (index: number) => open({ nhsNumber: String(index) });
    const ids = Array.from({ length: 3000 }, (_, index) => traceIdOf(book, patient(index), 3600, index * minute));
    const now = 2999 * minute;
    for (let index = 2940; index < 3000; index++)
      expect(traceIdOf(book, patient(index), 3600, now)).to.equal(ids[index]);
    expect(traceIdOf(book, patient(2939), 3600, now)).not.to.equal(ids[2939]);
  });
});
