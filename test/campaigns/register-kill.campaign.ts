// kill -9 in the middle of uploads and accesses, again and again, on PostgreSQL. After each kill no acknowledged row is
// lost, no record is incomplete, and every access has its alerts. Needs PostgreSQL, so npm test runs no slice of it.
import pg from 'pg';

import { postgresBin, startCluster, type Cluster } from '../support/node/postgres-cluster.js';
import { randomOfCase, startRegister, type Campaign, type Totals } from './campaign.js';
import { load, prepare, totalsOf, untilItDies, verify, type Acknowledged } from './register-kill/load.js';

/** Kills one of the server's own processes. The server then drops every connection and recovers from its log. */
const killBackend = async (databaseUrl: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
  );
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  await client.end().catch(() => undefined);
};

/** One life of the register, ended as by a power cut. Every fourth time a process of the database dies with it. */
const round = async (cluster: Cluster, random: () => number, withDatabase: boolean): Promise<Totals> => {
  const register = await startRegister({ databaseUrl: cluster.url });
  const acknowledged: Acknowledged = { traceIds: [], records: [], unanswered: 0 };
  const done = load(register.url, random, acknowledged);
  await untilItDies(random, acknowledged, 600);
  if (withDatabase) await killBackend(cluster.url);
  await register.kill();
  await done;
  if (withDatabase) await cluster.recovered();
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  try {
    await verify(async (sql, values) => (await client.query<object>(sql, [...values])).rows, acknowledged);
  } finally {
    await client.end();
  }
  return { 'database kills': withDatabase ? 1 : 0, ...totalsOf(acknowledged) };
};

export const campaign: Campaign = {
  full: 200,
  slice: 0,
  batch: 1,
  open: async () => {
    const bin = postgresBin();
    if (bin === undefined) {
      console.log('SKIPPED: PostgreSQL 15 or later is not installed here. On Debian: apt-get install postgresql');
      return { run: (_, from, to) => ({ skipped: to - from }), close: () => undefined };
    }
    const cluster = await startCluster(bin);
    const register = await startRegister({ databaseUrl: cluster.url });
    await prepare(register.url);
    await register.kill();
    return {
      run: (seed, from) =>
        round(cluster, randomOfCase(seed, from), from % 4 === 3).catch((fault: unknown) => {
          throw new Error(`Seed ${seed}, case ${from}: ${(fault as Error).message}`, { cause: fault });
        }),
      close: () => cluster.stop(),
    };
  },
};
