// How fast the register answers, beside the same SQL run by pgbench on the same server in the same run.
//
//   npm run bench:register -- --seconds 4
//   npm run bench:register -- --streams 1000 --streams-only
//
// Load generator, register and database share this machine, so the ratio says more than the numbers. pgbench has no HTTP,
// no JSON and no FHIR to do: 1.00 would mean that all of that costs nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { MOST_STREAMS } from '../demo/register/authorities/stream.js';
import { createRegister, openDatabase, type Database, type Queries } from '../demo/register/index.js';
import { careTeamUrl, readHeaders, startRegister, withCluster } from '../test/campaigns/campaign.js';
import type { Cluster } from '../test/support/node/postgres-cluster.js';
import { testNumber } from '../test/support/node/test-number.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    streams: { type: 'string', default: '1000' },
    'streams-only': { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const clientCounts = [1, 16, 64];
/** As many as pgbench accepts scripts, one each. */
const held = Array.from({ length: 128 }, (_, index) => testNumber(index));
/** The children's authorities. There are several, because alerts to one authority take turns. */
const authorities = Array.from({ length: 16 }, (_, index) => `E090000${String(index + 2).padStart(2, '0')}`);
const workloads = { 'scheduled read': false, 'unscheduled open': true };

interface Measured {
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
}

const summary = (latencies: number[], elapsed: number): Measured => {
  latencies.sort((one, other) => one - other);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) };
};

/** Puts back the first records, and adds 128 children with a plan each, eight to an authority. */
const prepare = async (ask: (path: string, init: RequestInit) => Promise<Response>): Promise<void> => {
  const json = { 'Content-Type': 'application/json' };
  await ask('/sandbox/reset', { method: 'POST' });
  const people = held.map((nhsNumber) => ({
    nhsNumber,
    familyName: 'Example',
    givenName: 'Child',
    birthDate: '2015-06-01',
  }));
  for (const person of people) {
    await ask('/sandbox/demographics/people', { method: 'PUT', headers: json, body: JSON.stringify(person) });
  }
  const records = people.map((person) => ({ ...person, plans: [{ type: 'CPP', start: '2026-01-01' }] }));
  for (const [index, code] of authorities.entries()) {
    const own = records.filter((_, place) => place % authorities.length === index);
    const response = await ask(`/local-authorities/${code}/uploads`, {
      method: 'POST',
      headers: { ...json, Authorization: `Bearer demo-la-${code}` },
      body: JSON.stringify({
        localAuthority: { name: `Example ${code}`, emergencyDutyPhone: '020 7946 0123' },
        records: own,
      }),
    });
    const { file } = (await response.json()) as { file: string };
    if (file !== 'CPF02') throw new Error(`The bench's own upload was answered ${file}`);
  }
};

const measureHttp = async (url: string, clients: number, unscheduled: boolean): Promise<Measured> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  let next = 0;
  const client = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      const nhsNumber = held[(next += 1) % held.length] ?? '';
      const headers = readHeaders('demo-ed-nurse', crypto.randomUUID(), unscheduled);
      await new Promise<void>((resolve, reject) => {
        request(careTeamUrl(url, nhsNumber), { agent, headers }, (response) => {
          response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('Refused'))));
        })
          .on('error', reject)
          .end();
      });
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return summary(latencies, (performance.now() - began) / 1000);
};

/** Keeps streams of this many authorities open while the work is done. */
const withStreams = async <Result>(url: string, count: number, work: () => Promise<Result>): Promise<Result> => {
  const agent = new Agent({ keepAlive: true });
  const listed = (await (await fetch(`${url}/local-authorities`)).json()) as { code: string }[];
  const most = Math.ceil(count / MOST_STREAMS);
  const codes = listed.map(({ code }) => code).filter((code) => !authorities.includes(code));
  const desks = [...authorities, ...codes].slice(0, most);
  const open = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const code = desks[index % desks.length] ?? '';
      const headers = { Authorization: `Bearer demo-la-${code}`, 'Last-Event-ID': '999999999' };
      request(`${url}/local-authorities/${code}/notifications/stream`, { agent, headers }, (response) => {
        if (response.statusCode !== 200)
          reject(new Error(`A stream was refused: ${response.statusCode ?? 'no answer'}`));
        response.on('error', () => undefined).once('data', () => resolve());
      })
        .on('error', reject)
        .end();
    });
  try {
    for (let from = 0; from < count; from += 100)
      await Promise.all(Array.from({ length: Math.min(100, count - from) }, (_, index) => open(from + index)));
    return await work();
  } finally {
    agent.destroy();
  }
};

/** Reads with all streams open and with none, in turns, and the ratio of the medians. */
const measureStreams = async (register: string, url: string): Promise<Record<string, string | number>> => {
  const clients = 16;
  const read = async () => (await measureHttp(url, clients, false)).perSecond;
  const median = (all: number[]) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? NaN;
  const without: number[] = [];
  const beside: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    without.push(await read());
    beside.push(await withStreams(url, Number(values.streams), read));
  }
  const [none, all] = [median(without), median(beside)];
  return {
    register,
    streams: Number(values.streams),
    'reads/s without': Math.round(none),
    'with them': Math.round(all),
    ratio: Number((all / none).toFixed(2)),
  };
};

/** The SQL of one request as pgbench scripts, one for each child, recorded from the register itself. */
const scripts = async (cluster: Cluster, unscheduled: boolean): Promise<string[]> => {
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

const measurePgbench = (cluster: Cluster, texts: readonly string[], clients: number): Measured => {
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

const results: Record<string, string | number>[] = [];
const streams: Record<string, string | number>[] = [];
const note = (work: string, clients: number, what: string, measured: Measured, beside: Measured) => {
  const { perSecond, p50, p99 } = measured;
  const round = (value: number) => Number(value.toPrecision(3));
  const ratio = Number((perSecond / beside.perSecond).toFixed(2));
  results.push({
    work,
    clients,
    what,
    'q/s': Math.round(perSecond),
    'p50 ms': round(p50),
    'p99 ms': round(p99),
    'of pgbench': ratio,
  });
};

await withCluster([], async (cluster) => {
  const onPostgres = await startRegister({ databaseUrl: cluster.url });
  const onPglite = await startRegister();
  const asking = (url: string) => (path: string, init: RequestInit) => fetch(url + path, init);
  try {
    for (const [work, unscheduled] of values['streams-only'] ? [] : Object.entries(workloads)) {
      const texts = await scripts(cluster, unscheduled);
      for (const clients of clientCounts) {
        await prepare(asking(onPostgres.url));
        const beside = measurePgbench(cluster, texts, clients);
        note(work, clients, 'pgbench, same SQL', beside, beside);
        await prepare(asking(onPostgres.url));
        note(work, clients, 'register, PostgreSQL', await measureHttp(onPostgres.url, clients, unscheduled), beside);
        await prepare(asking(onPglite.url));
        note(work, clients, 'register, PGlite', await measureHttp(onPglite.url, clients, unscheduled), beside);
      }
    }
    for (const [name, { url }] of Object.entries({ PostgreSQL: onPostgres, PGlite: onPglite })) {
      await prepare(asking(url));
      streams.push(await measureStreams(name, url));
    }
  } finally {
    await onPostgres.kill();
    await onPglite.kill();
  }
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}, ${seconds} s each`);
  if (results.length > 0) console.table(results);
  console.table(streams);
});
