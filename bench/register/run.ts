// How fast the register answers, beside the same SQL run by pgbench on the same server in the same run.
//
//   npm run bench:register -- --seconds 4
//   npm run bench:register -- --streams 1000 --streams-only
//
// Load generator, register and database share this machine, so the ratio says more than the numbers. pgbench has no HTTP,
// no JSON and no FHIR to do: 1.00 would mean that all of that costs nothing.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { startRegister, withCluster } from '../../test/campaigns/campaign.js';
import { prepare } from './children.js';
import { measurePgbench, scripts } from './pgbench.js';
import { measureReads, type Measured } from './reads.js';
import { measureStreams } from './streams.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    streams: { type: 'string', default: '1000' },
    'streams-only': { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const clientCounts = [1, 16, 64];
const workloads = { 'scheduled read': false, 'unscheduled open': true };

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
  const registers = { PostgreSQL: onPostgres, PGlite: onPglite };
  const asking = (url: string) => (path: string, init: RequestInit) => fetch(url + path, init);
  try {
    for (const [work, unscheduled] of values['streams-only'] ? [] : Object.entries(workloads)) {
      const texts = await scripts(cluster, unscheduled);
      for (const clients of clientCounts) {
        await prepare(asking(onPostgres.url));
        const beside = measurePgbench(cluster, texts, clients, seconds);
        note(work, clients, 'pgbench, same SQL', beside, beside);
        for (const [name, { url }] of Object.entries(registers)) {
          await prepare(asking(url));
          note(work, clients, `register, ${name}`, await measureReads(url, clients, unscheduled, seconds), beside);
        }
      }
    }
    for (const [name, { url }] of Object.entries(registers)) {
      await prepare(asking(url));
      streams.push(await measureStreams(name, url, Number(values.streams), seconds));
    }
  } finally {
    await onPostgres.kill();
    await onPglite.kill();
  }
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}, ${seconds} s each`);
  if (results.length > 0) console.table(results);
  console.table(streams);
});
