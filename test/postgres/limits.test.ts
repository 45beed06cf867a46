import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

import { createRegister, openDatabase, type Database, type Register } from '../../demo/register/index.js';
import { hackney, islington } from '../demo/authority-support.js';
import * as t from '../demo/support.js';
import { postgresBin, startCluster, type Cluster } from '../support/node/postgres-cluster.js';
import { setUp, setUpEach } from '../support/node/setting-up.js';

const aaliyah = '9995124467';

/** Only for `npm run test:postgres`: a PostgreSQL server on this machine that may be stopped and broken. */
describe('The register on PostgreSQL', () => {
  let cluster: Cluster;
  let database: Database;
  let register: Register;
  let other: pg.Client;
  const { error } = console;
  const logged: unknown[] = [];

  setUp(async (keep) => {
    cluster = await keep(startCluster(postgresBin()!, ['fsync=off']), (started) => started.stop());
    database = await keep(openDatabase({ url: cluster.url }));
    register = await createRegister({ database, now: () => t.sunday });
  });
  setUpEach(async (keep) => {
    await register.reset();
    other = await keep(new pg.Client({ connectionString: cluster.url }), (client) => client.end());
    other.on('error', () => undefined);
    await other.connect();
    logged.length = 0;
    await keep(error, () => (console.error = error));
    console.error = (...words: unknown[]) => logged.push(...words);
  });

  const open = (traceId: string = crypto.randomUUID()) =>
    Promise.resolve(register.app.request(t.careTeamPath(aaliyah), { headers: t.headersOf({ traceId }) }));
  const statusesOf = async (asked: readonly Promise<Response>[]) =>
    [...new Set((await Promise.all(asked)).map(({ status }) => status))].sort();
  /** Every process of the server, the postmaster first. */
  const processes = async (): Promise<number[]> => {
    const { rows } = await other.query<{ pid: number }>('select pid from pg_stat_activity');
    const folder = (await other.query<{ data_directory: string }>('show data_directory')).rows[0]!.data_directory;
    const [postmaster = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return [Number(postmaster), ...rows.map(({ pid }) => pid)];
  };
  const signal = (name: string, pids: readonly number[]) => execFileSync('kill', [`-${name}`, ...pids.map(String)]);

  it('says 503 under a forgotten lock, to health too, and records nothing for a caller who has left', async () => {
    const before = await t.accessRows(register, aaliyah);
    await other.query('begin');
    await other.query('lock table access in access exclusive mode');
    const traces = Array.from({ length: 30 }, () => crypto.randomUUID());
    const asked = traces.map((trace) => open(trace));
    const health = register.app.request('/health');
    expect(await statusesOf(asked)).to.deep.equal([503]);
    expect((await health).status).to.equal(503);
    const refused = await open();
    expect([refused.headers.get('content-type'), refused.headers.get('retry-after')]).to.deep.equal([
      'application/fhir+json',
      '5',
    ]);
    expect(await refused.json()).to.have.nested.property('issue[0].code', 'transient');
    expect((await register.app.request('/local-authorities')).status).to.equal(200);
    await other.query('rollback');
    expect(await t.accessRows(register, aaliyah)).to.deep.equal(before);
    expect((await open(traces[0])).status).to.equal(200);
    expect((await open(traces[0])).status).to.equal(200);
    expect(await t.accessRows(register, aaliyah)).to.have.lengthOf(before.length + 1);
    expect([...new Set(logged)]).to.deep.equal(['Register fault: DatabaseUnavailable']);
  });

  it('says 503 when the server hangs, and records nothing afterwards', async () => {
    const before = await t.accessRows(register, aaliyah);
    const stopped = await processes();
    signal('STOP', stopped);
    try {
      const asked = Array.from({ length: 30 }, () => open());
      expect((await register.app.request('/health')).status).to.equal(503);
      expect(await statusesOf(asked)).to.deep.equal([503]);
    } finally {
      signal('CONT', stopped);
    }
    await cluster.recovered();
    expect((await register.app.request('/health')).status).to.equal(200);
    expect(await t.accessRows(register, aaliyah)).to.deep.equal(before);
  });

  it('says 503 when the server is read-only', async () => {
    await other.query('alter system set default_transaction_read_only = on');
    await other.query('select pg_reload_conf()');
    try {
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect((await register.app.request('/health')).status).to.equal(503);
    } finally {
      await other.query('set default_transaction_read_only = off');
      await other.query('alter system reset default_transaction_read_only');
      await other.query('select pg_reload_conf()');
    }
  });

  it('sends its streams what another process has recorded, even after its connection for that was lost', async () => {
    const elsewhere = await openDatabase({ url: cluster.url });
    const { app } = await createRegister({ database: elsewhere, now: () => t.sunday });
    const stream = await app.request(`/local-authorities/${islington}/notifications/stream`, {
      headers: { Authorization: `Bearer demo-la-${islington}` },
    });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const heard = async (id: number) => {
      while (!text.includes(`\nid: ${id}\n`)) text += (await reader.read()).value ?? '';
    };
    await open();
    await heard(1);
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and pid <> pg_backend_pid()`,
    );
    await open();
    await heard(2);
    await open();
    await heard(3);
    await reader.cancel();
    await elsewhere.close();
  });

  it('ends its streams at a fault, without quoting the row it failed on', async () => {
    await other.query(`alter table audit add constraint refuse_all check (actor <> '${hackney}') not valid`);
    try {
      const stream = await register.app.request(`/local-authorities/${hackney}/notifications/stream`, {
        headers: { Authorization: `Bearer demo-la-${hackney}` },
      });
      await open();
      expect(await stream.text()).to.equal(': connected\n\n');
      expect(logged.join()).to.equal('Register fault: error');
    } finally {
      await other.query('alter table audit drop constraint refuse_all');
    }
  });
});
