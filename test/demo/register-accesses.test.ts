import { expect } from 'chai';
import fc from 'fast-check';
import { collapse } from '../../demo/register/accesses.js';
import type { Register } from '../../demo/register/index.js';
import * as t from './support.js';

const neverSeen = '9996878082';
const noRecord = '9992811528';
const often = '9996877442';
const trace = '3f0c1c8e-52b7-4a4e-9a0c-6f6d2a1b9e01';

const recorded = (bundle: t.Bundle): string[] => t.resources(bundle, 'AuditEvent').map((event) => event.recorded);

describe('An unscheduled read', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  for (const [who, nhsNumber] of [
    ['with a record', neverSeen],
    ['without one', noRecord],
  ] as const) {
    it(`leaves one access row for one open of someone ${who}`, async () => {
      await t.openPatient(register, nhsNumber, { traceId: trace });
      expect(await t.accessRows(register, nhsNumber)).to.deep.equal([
        {
          author: 'demo-ed-nurse',
          nhsNumber,
          traceId: trace,
          at: '2026-11-22T21:42:00+00:00',
          organisation: 'Whittington Hospital, emergency department',
        },
      ]);
    });
  }

  it('is one row however often its TraceID is sent, together or later, in upper or lower case', async () => {
    const send = (traceId: string) => t.openPatient(register, neverSeen, { traceId });
    await Promise.all(Array.from({ length: 10 }, () => send(trace)));
    t.clock.now += 30 * t.hours;
    await send(trace.toUpperCase());
    const rows = await t.accessRows(register, neverSeen);
    expect(rows.map((row) => row.at)).to.deep.equal(['2026-11-22T21:42:00+00:00']);
  });

  it('is another row for another author, another person or another TraceID', async () => {
    await t.openPatient(register, neverSeen, { traceId: trace });
    await t.openPatient(register, neverSeen, { traceId: trace, token: 'demo-ed-doctor' });
    await t.openPatient(register, noRecord, { traceId: trace });
    await t.openPatient(register, neverSeen);
    expect(await t.accessRows(register, neverSeen)).to.have.length(3);
    expect(await t.accessRows(register, noRecord)).to.have.length(1);
  });

  it('is recorded even when the header for it is left out', async () => {
    const headers = t.without(t.headersOf(), 'IsUnscheduledAccessEvent');
    const response = await register.app.request(t.careTeamPath(neverSeen), { headers });
    expect(response.status).to.equal(200);
    expect(await t.accessRows(register, neverSeen)).to.have.length(1);
  });

  it('is in the history that it returns, at the top', async () => {
    const before = await t.readHistory(register, often, { unscheduled: false });
    const { visits } = await t.openPatient(register, often);
    expect(recorded(visits)[0]).to.equal('2026-11-22T21:42:00+00:00');
    expect(recorded(visits).slice(1)).to.deep.equal(recorded(before).slice(0, 24));
  });
});

describe('A scheduled read', () => {
  for (const token of ['demo-gp', 'demo-school-nurse', 'demo-ed-nurse', 'demo-midwife']) {
    it(`by ${token} answers the same and leaves nothing`, async () => {
      const register = await t.freshRegister();
      const before = await t.accessRows(register);
      const { careTeams, visits } = await t.openPatient(register, often, { token, unscheduled: false });
      expect(careTeams.total).to.equal(2);
      expect(visits.total).to.equal(25);
      expect(await t.accessRows(register)).to.deep.equal(before);
    });
  }
});

describe('The history', () => {
  const looksAt = async (...offsets: number[]): Promise<string[]> => {
    const register = await t.freshRegister({ records: t.bareRecords });
    for (const offset of offsets) {
      t.clock.now = t.sunday + offset;
      await t.readCareTeams(register, neverSeen);
    }
    return recorded(await t.readHistory(register, neverSeen, { unscheduled: false }));
  };
  const day = 24 * t.hours;

  it('keeps only the first access of an author within 24 hours', async () => {
    expect(await looksAt(0, t.minutes, 12 * t.hours, day - 1)).to.deep.equal(['2026-11-22T21:42:00+00:00']);
  });

  it('keeps an access exactly 24 hours later', async () => {
    expect(await looksAt(0, day)).to.deep.equal(['2026-11-23T21:42:00+00:00', '2026-11-22T21:42:00+00:00']);
  });

  it('counts the 24 hours from the access that was kept, not from the latest one', async () => {
    expect(await looksAt(0, 20 * t.hours, 40 * t.hours)).to.have.length(2);
  });

  it('collapses each author separately', async () => {
    const register = await t.freshRegister({ records: t.bareRecords });
    for (const token of ['demo-ed-nurse', 'demo-ed-doctor', 'demo-ed-nurse']) {
      await t.openPatient(register, neverSeen, { token });
    }
    expect(recorded(await t.readHistory(register, neverSeen, { unscheduled: false }))).to.have.length(2);
    expect(await t.accessRows(register, neverSeen)).to.have.length(3);
  });

  it('is the newest 25, newest first', async () => {
    const seen = await looksAt(...Array.from({ length: 30 }, (_, index) => index * day));
    expect(seen).to.have.length(25);
    expect(seen[0]).to.equal('2026-12-21T21:42:00+00:00');
    expect(seen).to.deep.equal([...seen].sort().reverse());
  });

  it('never shows one author twice within 24 hours, and drops nobody’s only access (property)', () => {
    const looks = fc.array(
      fc.record({ author: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 0, max: 5 * day }) }),
    );
    fc.assert(
      fc.property(looks, (unordered) => {
        const all = [...unordered].sort((one, other) => one.at - other.at);
        const kept = collapse(all);
        for (const look of all) {
          const covering = kept.filter(
            (one) => one.author === look.author && one.at <= look.at && look.at - one.at < day,
          );
          expect(covering).to.have.length(1);
        }
      }),
    );
  });
});

describe('The sandbox’s own routes', () => {
  it('list every access, oldest first, and put back the first records', async () => {
    const register = await t.freshRegister();
    const first = await t.accessRows(register);
    const times = first.map((row) => row.at);
    expect(times).to.deep.equal([...times].sort());
    await t.openPatient(register, neverSeen);
    expect(await t.accessRows(register)).to.have.length(first.length + 1);
    expect((await register.app.request('/sandbox/reset', { method: 'POST' })).status).to.equal(204);
    const withoutTrace = (rows: t.AccessJson[]) => rows.map((row) => t.without({ ...row }, 'traceId'));
    expect(withoutTrace(await t.accessRows(register))).to.have.deep.members(withoutTrace(first));
  });
});
