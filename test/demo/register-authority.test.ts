import { expect } from 'chai';

import type { ChildDetail } from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { hackney, islington } from './authority-support.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const aaliyah = '9995124467';
const tyler = '9996877442';
const sheffield = 'E08000019';

describe('A local authority', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  it('is one of 153, or any that has uploaded', async () => {
    const response = await register.app.request('/local-authorities');
    const list = (await response.json()) as { code: string; name: string }[];
    expect(list).to.have.length(154);
    expect(list.filter(({ code }) => /^E0[6-9]|^E10/.test(code))).to.have.length(153);
    for (const { code } of list.slice(0, 20)) {
      expect((await la.ask(register, 'GET', `${code}/children`, { by: code })).status).to.equal(200);
    }
  });

  it('sees only its own children, by family name, with the plans that are still returned', async () => {
    const children = await la.childrenOf(register, islington);
    const names = children.map(({ name }) => name.split(' ').at(-1));
    expect(names).to.deep.equal([...names].sort());
    expect(children.map(({ nhsNumber }) => nhsNumber))
      .to.include(aaliyah)
      .and.not.include(tyler);
    for (const { plans } of children) expect(plans.every(({ own }) => own)).to.equal(true);
    const camden = await la.childrenOf(register, 'E09000007');
    expect(
      camden.map(({ nhsNumber }) => nhsNumber),
      'ended beyond the window',
    ).not.to.include('9992645768');
  });

  it('sees every authority’s plans for a child, and the accesses that health sees (PG9 2.4)', async () => {
    const child = await la.childOf(register, aaliyah);
    expect(child.plans.map(({ authority, own }) => [authority.code, own])).to.have.deep.members([
      [islington, true],
      [islington, true],
      [hackney, false],
    ]);
    for (const [nhsNumber, by] of [
      [aaliyah, islington],
      [tyler, sheffield],
    ] as const) {
      const seen = (await la.childOf(register, nhsNumber, by)).accesses.map(({ at }) => Date.parse(at));
      const health = await t.readHistory(register, nhsNumber, { unscheduled: false });
      expect(seen).to.deep.equal(t.resources(health, 'AuditEvent').map(({ recorded }) => Date.parse(recorded)));
    }
  });

  it('looks without alerting anyone or making an access', async () => {
    const before = await t.accessRows(register);
    await la.childOf(register, aaliyah);
    expect(await t.accessRows(register)).to.deep.equal(before);
    expect(await la.inbox(register, hackney)).to.deep.equal([]);
  });

  it('gets the same 404 for another’s child, for nobody and for nonsense', async () => {
    const { id } = await la.childOf(register, tyler, sheffield);
    for (const other of [id, crypto.randomUUID(), 'x', "'--", aaliyah]) {
      const read = await la.ask<ChildDetail>(register, 'GET', `${islington}/children/${encodeURIComponent(other)}`);
      expect(read.status).to.equal(404);
      expect(JSON.stringify(read.body)).not.to.contain(aaliyah);
    }
  });

  describe('is refused', () => {
    const doors: [method: string, path: string][] = [
      ['GET', 'children'],
      ['GET', `children/${crypto.randomUUID()}`],
      ['PUT', `children/${crypto.randomUUID()}/allocated-worker`],
      ['GET', 'to-correct'],
      ['DELETE', `to-correct/${crypto.randomUUID()}`],
      ['POST', 'uploads'],
      ['POST', 'births'],
      ['GET', 'notifications'],
      ['GET', 'notifications/stream'],
      ['POST', 'notifications/1/acknowledgement'],
    ];
    const tokens: [token: string | undefined, status: number, who: string][] = [
      [undefined, 401, 'nobody'],
      ['x', 401, 'a stranger'],
      ['demo-la-E99999999', 401, 'an unknown authority'],
      ['demo-la-', 401, 'no code'],
      [`demo-la-${islington} `.concat('x'), 401, 'two tokens'],
      [`demo-la-${hackney}`, 403, 'another authority'],
      ['demo-ed-nurse', 403, 'a nurse'],
    ];
    for (const [method, path] of doors) {
      it(`${method} ${path.replace(/[\da-f-]{36}/, '{id}')}: 401 or 403`, async () => {
        const before = await la.everythingStored();
        for (const [token, status, who] of tokens) {
          const response = await register.app.request(`/local-authorities/${islington}/${path}`, {
            method,
            headers: {
              'Content-Type': 'application/json',
              ...(token !== undefined && { Authorization: `Bearer ${token}` }),
            },
          });
          expect(response.status, who).to.equal(status);
          expect(response.headers.get('content-type')).to.equal('application/problem+json');
          expect(await response.json()).to.have.keys('title', 'status', 'detail');
        }
        expect(await la.everythingStored()).to.deep.equal(before);
      });
    }

    it('path tricks', async () => {
      const own = `Bearer demo-la-${islington}`;
      for (const path of [
        `${islington}/../${hackney}/children`,
        `${islington}/%2e%2e/${hackney}/children`,
        `${islington}%2F..%2F${hackney}/children`,
        `${hackney}%00/children`,
        `${islington.toLowerCase()}/children`,
        `%45${hackney.slice(1)}/children`,
        `${hackney};${islington}/children`,
        `.${islington}/children`,
        `${hackney}/children?code=${islington}`,
      ]) {
        const response = await register.app.request(`/local-authorities/${path}`, { headers: { Authorization: own } });
        expect(response.status, path).to.be.oneOf([401, 403, 404]);
      }
    });
  });
});

describe('The audit', () => {
  const rows = () =>
    t.database.query<{ actor: string; action: string; nhsNumber: string | null }>(
      `select actor, action, nhs_number as "nhsNumber" from audit order by id`,
    );

  it('has a row for every read and write, including silent ones', async () => {
    const register = await t.freshRegister();
    const before = (await rows()).length;
    await t.readCareTeams(register, aaliyah, { token: 'demo-gp', unscheduled: false });
    await t.readHistory(register, aaliyah);
    await la.upload(register, [la.oliver]);
    await la.childOf(register, aaliyah);
    await la.inbox(register);
    expect((await rows()).slice(before)).to.deep.equal([
      { actor: 'demo-gp', action: 'CareTeam', nhsNumber: aaliyah },
      { actor: 'demo-ed-nurse', action: 'AuditEvent', nhsNumber: aaliyah },
      { actor: islington, action: 'upload-record', nhsNumber: la.oliver.nhsNumber },
      { actor: islington, action: 'upload', nhsNumber: null },
      { actor: islington, action: 'children', nhsNumber: null },
      { actor: islington, action: 'child', nhsNumber: aaliyah },
      { actor: islington, action: 'notifications', nhsNumber: null },
    ]);
  });

  it('can only grow, even through a reset', async () => {
    const register = await t.freshRegister();
    const before = (await rows()).length;
    for (const sql of ['update audit set actor = $1', 'delete from audit where actor <> $1', 'truncate audit']) {
      const refused = await t.database.query(sql, sql.includes('$1') ? ['x'] : []).then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      );
      expect(refused, sql).to.contain('append-only');
    }
    await register.reset();
    expect((await rows()).length).to.equal(before + 1);
  });
});
