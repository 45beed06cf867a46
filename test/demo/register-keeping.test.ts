import { expect } from 'chai';

import { nationalWindows, planTypes, type Records, type Register, type Windows } from '../../demo/register/index.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const robin = '9990000018';
const { childProtection, unborn } = planTypes;

describe('A purge', () => {
  const plan = (endDate: string | undefined, type: { code: string; display: string } = childProtection) => ({
    nhsNumber: robin,
    typeCode: type.code,
    typeDisplay: type.display,
    localAuthority: 'LA',
    startDate: '2020-01-01',
    ...(endDate !== undefined && { endDate }),
  });
  const access = (at: string) => ({ author: 'demo-ed-nurse', nhsNumber: robin, traceId: crypto.randomUUID(), at });
  const records = (plans: Records['plans'], accesses: Records['accesses'] = []): Records => ({
    ...t.bareRecords,
    plans,
    accesses,
  });
  const purge = async ({ app }: Register): Promise<unknown> =>
    (await app.request('/sandbox/purge', { method: 'POST' })).json();
  const left = async (table: 'plan' | 'access' | 'notification'): Promise<number> =>
    (await t.database.query(`select 1 from ${table}`)).length;

  const ends: [endDate: string | undefined, kept: boolean][] = [
    [undefined, true],
    ['2027-01-01', true],
    ['2026-11-21', true],
    ['2025-11-22', true],
    ['2025-11-21', false],
  ];
  for (const [endDate, kept] of ends) {
    it(`${kept ? 'keeps' : 'forgets'} a plan that ${endDate === undefined ? 'is open' : `ended ${endDate}`}`, async () => {
      const register = await t.freshRegister({ records: records([plan(endDate)]) });
      const before = await t.readCareTeams(register, robin, { unscheduled: false });
      expect(await purge(register)).to.deep.include({ plans: kept ? 0 : 1 });
      expect(await left('plan')).to.equal(kept ? 1 : 0);
      const after = await t.readCareTeams(register, robin, { unscheduled: false });
      expect(after.entry, 'no answer changes by it').to.deep.equal(before.entry);
    });
  }

  const windows: [
    name: string,
    windows: Windows,
    type: { code: string; display: string },
    endDate: string,
    kept: boolean,
  ][] = [
    ['365 days', nationalWindows, childProtection, '2025-11-22', true],
    ['365 days', nationalWindows, childProtection, '2025-11-21', false],
    ['28 days for an unborn plan', nationalWindows, unborn, '2026-10-25', true],
    ['28 days for an unborn plan', nationalWindows, unborn, '2026-10-24', false],
    ['364 days', { byType: {}, otherwise: { days: 364 } }, childProtection, '2025-11-23', true],
    ['364 days', { byType: {}, otherwise: { days: 364 } }, childProtection, '2025-11-22', false],
  ];
  for (const [name, window, type, endDate, kept] of windows) {
    it(`follows the window that is set: ${name}, ended ${endDate}: ${kept ? 'kept' : 'forgotten'}`, async () => {
      const register = await t.freshRegister({ records: records([plan(endDate, type)]), windows: window });
      expect((await t.readCareTeams(register, robin, { unscheduled: false })).total).to.equal(kept ? 1 : 0);
      await purge(register);
      expect(await left('plan')).to.equal(kept ? 1 : 0);
    });
  }

  it('forgets accesses far older than the 12 months that are counted, and changes no answer', async () => {
    const accesses = [
      '2024-11-21T23:59:59Z',
      '2024-11-22T00:00:00Z',
      '2025-11-21T10:00:00Z',
      '2026-11-20T10:00:00Z',
    ].map(access);
    const register = await t.freshRegister({ records: records([plan(undefined)], accesses) });
    const before = await t.readHistory(register, robin, { unscheduled: false });
    expect(await purge(register)).to.deep.include({ accesses: 1 });
    expect(await left('access')).to.equal(3);
    expect((await t.readHistory(register, robin, { unscheduled: false })).entry).to.deep.equal(before.entry);
    await t.openPatient(register, robin);
    const [alert] = await la.inbox(register, 'LA');
    expect(alert)
      .to.have.property('before')
      .that.deep.equals({ last30Days: { views: 1, visits: 1 }, last12Months: { views: 1, visits: 1 } });
  });

  it('never forgets a notification that nobody has acknowledged', async () => {
    const register = await t.freshRegister({ records: records([plan(undefined)]) });
    await t.openPatient(register, robin);
    await t.openPatient(register, robin);
    await la.ask(register, 'POST', 'LA/notifications/1/acknowledgement', { by: 'LA' });
    t.clock.now += 3 * 366 * 24 * t.hours;
    expect(await purge(register)).to.deep.equal({ plans: 0, accesses: 2, notifications: 1 });
    expect((await la.inbox(register, 'LA')).map(({ id }) => id)).to.deep.equal([2]);
  });

  it('puts the counts of what it removed into the audit, and names nobody', async () => {
    const register = await t.freshRegister({
      records: records([plan('2020-01-02')], [access('2020-01-01T00:00:00Z')]),
    });
    await purge(register);
    const [row] = await t.database.query(
      'select actor, action, nhs_number, detail from audit order by id desc limit 1',
    );
    expect(row).to.deep.equal({
      actor: 'register',
      action: 'purge',
      nhs_number: null,
      detail: { plans: 1, accesses: 1, notifications: 0 },
    });
  });
});
