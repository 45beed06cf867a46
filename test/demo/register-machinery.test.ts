import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { sandboxClock } from '../../demo/register/clock.js';
import { openPostgres } from '../../demo/register/database/postgres.js';
import { createRegister, DatabaseUnavailable, type Database, type Register } from '../../demo/register/index.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const json = { 'Content-Type': 'application/json' };

/** Hides what the register logs about its faults. */
const quietly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const { error } = console;
  console.error = () => undefined;
  try {
    return await work();
  } finally {
    console.error = error;
  }
};

describe('Routes that need no token', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  const doors: [method: string, path: string, body?: object][] = [
    ['POST', '/sandbox/reset'],
    ['POST', '/sandbox/purge'],
    ['PUT', '/sandbox/demographics/available', { available: false }],
    ['PUT', '/sandbox/demographics/people', { nhsNumber: t.testNumber(1) }],
    ['POST', '/sandbox/demographics/superseded', {}],
  ];
  const strangers: [who: string, headers: Record<string, string>][] = [
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:9' }],
    ['an old browser on another site', { Origin: 'https://evil.example' }],
    ['a page whose origin is hidden', { Origin: 'null' }],
  ];
  for (const [method, path, body] of doors)
    it(`are closed to pages of other sites: ${method} ${path}`, async () => {
      await t.openPatient(register, '9996878082');
      const before = await la.everythingStored();
      for (const [who, headers] of strangers) {
        const response = await register.app.request(path, {
          method,
          headers: { ...json, ...headers },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect(response.status, who).to.equal(403);
      }
      expect(await la.everythingStored()).to.deep.equal(before);
    });

  it('are open to the sandbox’s own pages, to scripts and to tools', async () => {
    for (const headers of [
      {},
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: 'http://x' },
    ])
      expect((await register.app.request('http://x/sandbox/purge', { method: 'POST', headers })).status).to.equal(200);
  });

  it('are closed to other sites where the clock is set, too', async () => {
    const { routes, now } = sandboxClock(
      () => t.sunday,
      () => Promise.resolve(),
    );
    const headers = { ...json, 'Sec-Fetch-Site': 'cross-site' };
    const response = await routes.request('/sandbox/clock', { method: 'POST', headers, body: '{"shift":60000}' });
    expect([response.status, now()]).to.deep.equal([403, t.sunday]);
  });
});

describe('A body', () => {
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(32)),
    });
  const doors: [method: string, path: string, token?: string][] = [
    ['PUT', '/sandbox/demographics/people'],
    ['PUT', '/sandbox/demographics/available'],
    ['POST', '/sandbox/demographics/superseded'],
    ['POST', '/sandbox/reset'],
    ['POST', '/opened-in-error', 'demo-ed-nurse'],
    ['POST', `/local-authorities/${la.islington}/births`, `demo-la-${la.islington}`],
    ['POST', `/local-authorities/${la.islington}/notifications/1/acknowledgement`, `demo-la-${la.islington}`],
    ['PUT', `/local-authorities/${la.islington}/children/x/allocated-worker`, `demo-la-${la.islington}`],
    ['POST', `/local-authorities/${la.islington}/uploads`, `demo-la-${la.islington}`],
    ['DELETE', `/local-authorities/${la.islington}/to-correct/x`, `demo-la-${la.islington}`],
    ['POST', '/nowhere'],
  ];
  for (const [method, path, token] of doors)
    it(`that never ends is 413: ${method} ${path}`, async () => {
      const { app } = await t.freshRegister();
      const response = await app.request(path, {
        method,
        headers: { ...json, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
        body: endless(),
        duplex: 'half',
      } as RequestInit);
      expect(response.status).to.equal(413);
    });
});

describe('Health', () => {
  const failing = (over: Partial<Database>): Database => ({ ...t.database, ...over });
  const never = () => new Promise<never>(() => undefined);

  it('is ok when a read could be answered and recorded', async () => {
    const { app } = await t.freshRegister();
    const before = await t.database.query('select at from health');
    const response = await app.request('/health');
    expect([response.status, await response.json()]).to.deep.equal([200, { status: 'ok' }]);
    expect(await t.database.query('select at from health')).not.to.deep.equal(before);
    expect((await app.request('/health', { method: 'HEAD' })).status).to.equal(200);
  });

  const faults: [what: string, over: Partial<Database>][] = [
    ['hangs', { transaction: never, query: never }],
    ['hangs only when something is written', { transaction: never }],
    ['does not answer', { transaction: () => Promise.reject(new Error('down')) }],
  ];
  for (const [what, over] of faults)
    it(`is 503, at once and for everybody who asks, when the database ${what}`, async () => {
      await t.freshRegister();
      const broken = { ...t.database };
      const { app } = await createRegister({ database: broken, now: () => t.clock.now });
      Object.assign(broken, failing(over));
      const answers = Array.from({ length: 20 }, async () => app.request('/health'));
      for (const response of await quietly(() => Promise.all(answers)))
        expect([response.status, response.headers.get('content-type')]).to.deep.equal([
          503,
          'application/problem+json',
        ]);
    });

  it('makes only one check at a time, however many ask', async () => {
    await t.freshRegister();
    let checks = 0;
    const counting = failing({
      transaction: (work, longest) => {
        checks += 1;
        return t.database.transaction(work, longest);
      },
    });
    const { app } = await createRegister({ database: counting, now: () => t.clock.now });
    await Promise.all(Array.from({ length: 50 }, async () => app.request('/health')));
    expect(checks).to.equal(1);
  });
});

describe('A PostgreSQL server that accepts the connection and says nothing', () => {
  it('counts as one that does not answer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const hanging = openPostgres(`postgres://x@127.0.0.1:${port}/x`);
    for (const asked of [hanging.query('select 1'), hanging.transaction(() => Promise.resolve())])
      expect(await asked.catch((fault: unknown) => fault)).to.be.instanceOf(DatabaseUnavailable);
    await hanging.close();
    silent.close();
  });
});

describe('The sandbox’s clock', () => {
  for (const at of ['+010000-01-01T00:00Z', '1949-12-31T23:59Z', '2090-01-01T00:00Z', '-000001-01-01T00:00Z'])
    it(`is not set to ${at}`, async () => {
      const { routes, now } = sandboxClock(
        () => t.sunday,
        () => Promise.reject(new Error('not to be asked')),
      );
      const body = JSON.stringify({ shift: Date.parse(at) - t.sunday });
      const response = await routes.request('/sandbox/clock', { method: 'POST', headers: json, body });
      expect([response.status, now()]).to.deep.equal([400, t.sunday]);
    });

  it('stays as it is when the first records cannot be put back', async () => {
    const { routes, now } = sandboxClock(
      () => t.sunday,
      () => Promise.reject(new Error('down')),
    );
    const asked = { method: 'POST', headers: json, body: '{"shift":60000}' };
    const { status } = await quietly(async () => routes.request('/sandbox/clock', asked));
    expect([status, now()]).to.deep.equal([500, t.sunday]);
  });
});

describe('The audit', () => {
  it('accepts no free text from a caller', async () => {
    const { app } = await t.freshRegister();
    const address = `${t.base}/PatientFlag?patient=9995124467&code=child-protection-information-system-flag`;
    for (const TraceID of ['x'.repeat(12_000), 'Aaliyah Hassan', '']) {
      const response = await app.request(address, {
        headers: { Authorization: 'Bearer demo-gp', IsUnscheduledAccessEvent: 'false', TraceID },
      });
      expect(response.status).to.equal(400);
    }
    expect((await app.request(address, { headers: { Authorization: 'Bearer demo-gp' } })).status).to.equal(200);
  });
});
