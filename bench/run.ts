// Ours beside what would be picked instead, in one run, as ratios: docs/performance.md says what is measured and how.
//
//   npm run bench                 everything, half an hour on two cores
//   npm run bench -- --quick      a few runs of everything
//   npm run bench -- --only ours,limit --sets opens --throttles 4 --rounds 10
//   npm run bench -- --before FOLDER   the tag of another commit too: FOLDER is the dist/ that its build made
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';

import { browserArguments, browserPath } from '../tools/browser.js';
import { buildContenders, contenders, type Contender } from './build.js';
import { bytes, navigation, opens, shared, switches, type Opens, type Stand } from './measures.js';
import { report, type Results, type Speed } from './report.js';
import { summarise } from './statistics.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: contenders.join() },
    sets: { type: 'string', default: 'opens,switches,tags,growth' },
    throttles: { type: 'string', default: '1,4' },
    rounds: { type: 'string' },
    before: { type: 'string' },
  },
});
const chosen = contenders.filter(
  (contender) => values.only.split(',').includes(contender) && (contender !== 'before' || values.before !== undefined),
);
const sets = values.sets.split(',');
const counts = values.quick
  ? { warmUp: 1, rounds: 5, switches: 200, manyRounds: 2, growthRounds: 1 }
  : { warmUp: 3, rounds: 30, switches: 1000, manyRounds: 10, growthRounds: 3 };
const rounds = values.rounds === undefined ? counts.rounds : Number(values.rounds);

/** Every contender takes its turn before the first comes again, so that whatever slows the machine slows all alike. */
async function inTurn<Result>(
  rounds: number,
  warmUp: number,
  measure: (contender: Contender) => Promise<Result>,
  among = chosen,
): Promise<Map<Contender, Result[]>> {
  const results = new Map<Contender, Result[]>(among.map((contender) => [contender, []]));
  for (let round = -warmUp; round < rounds; round++)
    for (const contender of among) {
      const result = await measure(contender);
      if (round >= 0) results.get(contender)?.push(result);
    }
  return results;
}

const record = <Value>(map: Map<Contender, Value>): Partial<Record<Contender, Value>> => Object.fromEntries(map);
const over = <Value, Result>(
  map: Map<Contender, Value>,
  to: (value: Value) => Result,
): Partial<Record<Contender, Result>> => record(new Map([...map].map(([contender, value]) => [contender, to(value)])));
const opensOf = (all: readonly Opens[]) => ({
  firstStatus: summarise(all.map(({ first }) => first.status)),
  firstVisits: summarise(all.map(({ first }) => first.visits)),
  warmStatus: summarise(all.map(({ warm }) => warm.status)),
  warmVisits: summarise(all.map(({ warm }) => warm.visits)),
  mainThread: summarise(all.map(({ mainThread }) => mainThread)),
  loop: summarise(all.map(({ loop }) => loop)),
});

async function measureAt(stand: Stand): Promise<Speed> {
  const shows = chosen.filter((contender) => contender !== 'blank');
  const say = (what: string): void =>
    console.error(`${stand.throttle}×: ${what}, load ${loadavg()[0]?.toFixed(2) ?? ''}`);
  const speed: Speed = { throttle: stand.throttle, loadBefore: loadavg() };
  if (sets.includes('opens')) {
    say('navigation');
    speed.navigation = over(
      await inTurn(rounds, counts.warmUp, (contender) => navigation(stand, contender)),
      summarise,
    );
    say('opens');
    speed.opens = over(await inTurn(rounds, counts.warmUp, (contender) => opens(stand, contender), shows), opensOf);
  }
  if (sets.includes('switches')) {
    say('switches');
    speed.switches = over(
      await inTurn(1, 0, (contender) => switches(stand, contender, counts.switches), shows),
      ([one]) => {
        const { times, longTasks, ...kept } = one!;
        return { ...kept, time: summarise(times), longTasks: longTasks.length, longest: Math.max(0, ...longTasks) };
      },
    );
  }
  if (sets.includes('tags')) {
    for (const tags of [1, 50]) {
      say(`${tags} tags`);
      const measured = await inTurn(
        counts.manyRounds,
        1,
        (contender) => opens(stand, contender, { tags, warm: 2, setting: 'general-practice' }),
        shows,
      );
      (speed.tags ??= {})[tags] = over(measured, opensOf);
    }
    speed.shared = await shared(stand, 50);
  }
  if (sets.includes('growth')) {
    const growth = (speed.growth ??= {});
    for (const [name, options] of [
      ...[0, 5, 10, 25].map((visits) => [`${visits} visits`, { size: { visits, plans: 1 } }] as const),
      ...[1, 2, 3, 6].map((plans) => [`${plans} plans`, { size: { visits: 25, plans } }] as const),
      ...[1, 5, 10, 25, 50].map((tags) => [`${tags} tags`, { tags, setting: 'general-practice', warm: 2 }] as const),
    ] as const) {
      say(name);
      growth[name] = over(
        await inTurn(counts.growthRounds, 0, (contender) => opens(stand, contender, options), shows),
        opensOf,
      );
    }
  }
  speed.loadAfter = loadavg();
  return speed;
}

await buildContenders(values.before);
const server = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'server.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const url = await new Promise<string>((resolve) => {
  server.stdout.once('data', (line: Buffer) => {
    resolve(String(line).trim());
  });
});
// Frames come as soon as they are ready. At sixty a second every time would be a multiple of 16.7 ms.
const browser = await puppeteer.launch({
  executablePath: await browserPath(),
  args: [...browserArguments, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  protocolTimeout: 600_000,
});
try {
  const results: Results = {
    at: new Date().toISOString(),
    quick: values.quick,
    rounds,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, Node ${process.version}, ${await browser.version()}`,
    bytes: {},
    speeds: [],
  };
  for (const contender of chosen)
    if (contender !== 'blank') results.bytes[contender] = await bytes({ browser, url, throttle: 1 }, contender);
  for (const throttle of values.throttles.split(',').map(Number))
    results.speeds.push(await measureAt({ browser, url, throttle }));
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const name = values.quick ? 'quick' : 'full';
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  console.log(report(results));
} finally {
  await browser.close();
  server.stdin.end();
}
