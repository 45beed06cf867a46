import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createRegister, openDatabase, type Database, type Queries } from '../../demo/register/index.js';
import { careTeamUrl, readHeaders } from '../../test/campaigns/campaign.js';
import type { Cluster } from '../../test/support/node/postgres-cluster.js';
import { held, prepare } from './children.js';
import { summary, type Measured } from './reads.js';

/** The SQL of one request as pgbench scripts, one for each child, recorded from the register itself. */
export const scripts = async (cluster: Cluster, unscheduled: boolean): Promise<string[]> => {
  const real = await openDatabase({ url: cluster.url });
  let lines: string[] = [];
  let traceId = '';
  const noting = (inside: Queries): Queries => ({
    query: async <Row>(sql: string, given: readonly unknown[] = []) => {
      const rows = await inside.query<Row>(sql, given);
      lines.push(`${inlined(sql, given, traceId)};`);
      return rows;
    },
  });
  const database: Database = {
    ...noting(real),
    transaction: (work) =>
      real.transaction(async (inside) => {
        lines.push('begin;');
        const result = await work(noting(inside));
        lines.push('commit;');
        return result;
      }),
    listen: (channel, heard) => real.listen(channel, heard),
    close: () => real.close(),
  };
  const { app } = await createRegister({ database, now: () => Date.now() });
  await prepare(async (path, init) => app.request(path, init));
  const texts: string[] = [];
  for (const nhsNumber of held) {
    lines = [];
    traceId = crypto.randomUUID();
    await app.request(careTeamUrl('http://bench.test', nhsNumber), {
      headers: readHeaders('demo-ed-nurse', traceId, unscheduled),
    });
    texts.push(lines.join('\n'));
  }
  await real.close();
  return texts;
};

/** Each run has its own TraceID and access row. Everything else is as the register sent it. */
const inlined = (sql: string, given: readonly unknown[], traceId: string): string =>
  sql
    .replace(/\$(\d+)/g, (_, place: string) => {
      const value = given[Number(place) - 1];
      if (value === null || value === undefined) return 'null';
      if (value === traceId) return 'gen_random_uuid()';
      if (sql.includes('insert into notification') && place === '4') {
        return `currval(pg_get_serial_sequence('access', 'id'))`;
      }
      return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
    })
    .replace(/\s+/g, ' ');

/** The scripts, by this many clients at once, for `seconds`. */
export const measurePgbench = (
  cluster: Cluster,
  texts: readonly string[],
  clients: number,
  seconds: number,
): Measured => {
  const folder = mkdtempSync(join(tmpdir(), 'register-pgbench-'));
  try {
    const files = texts.flatMap((text, index) => {
      const file = join(folder, `${index}.sql`);
      writeFileSync(file, text);
      return ['-f', file];
    });
    const words = ['-n', '-M', 'simple', '-c', String(clients), '-j', '2', '-T', String(seconds), '-l', ...files];
    execFileSync(join(cluster.bin, 'pgbench'), [...words, cluster.url], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const logs = readdirSync(folder).filter((name) => name.startsWith('pgbench_log'));
    const latencies = logs.flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => Number(line.split(' ')[2]) / 1000),
    );
    return summary(latencies, seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
