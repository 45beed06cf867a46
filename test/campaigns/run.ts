// Campaigns: seeded tests that try to break the safety rules, each case found again by its seed and its index.
//
//   npm run campaign                                    names them
//   npm run campaign -- NAME --seed N --count N         goes on where the same seed was interrupted, and prints totals
//   npm run campaign -- NAME --engine=firefox           in an installed Firefox, where the campaign has pages
//   npm run test:campaigns                              a small slice of each, under a fresh seed that it prints
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import '../support/node/end-of-run.js';
import { engineAsked } from '../support/node/engine.js';
import type { Campaign, Totals } from './campaign.js';

interface Progress {
  done: number;
  totals: Totals;
}

const home = new URL('.', import.meta.url);
const names = readdirSync(home)
  .filter((file) => file.endsWith('.campaign.ts'))
  .map((file) => file.replace('.campaign.ts', ''));

const load = async (name: string): Promise<Campaign> => {
  if (!names.includes(name)) throw new Error(`No campaign is called that. There are: ${names.join(', ')}`);
  return ((await import(new URL(`${name}.campaign.ts`, home).href)) as { campaign: Campaign }).campaign;
};

const wholeNumber = (name: string, value: string | undefined, otherwise: number): number => {
  const number = Number(value ?? otherwise);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} is a whole number`);
  return number;
};

/** Runs the cases from `progress.done` up to `count`, in batches, with `save` after each. */
const carryOut = async (
  { open, batch }: Campaign,
  seed: number,
  count: number,
  progress: Progress,
  save: () => void,
): Promise<void> => {
  const { run, close } = await open();
  try {
    while (progress.done < count) {
      const to = Math.min(count, progress.done + batch);
      const found = await run(seed, progress.done, to);
      for (const [what, number] of Object.entries(found)) progress.totals[what] = (progress.totals[what] ?? 0) + number;
      progress.done = to;
      save();
    }
  } finally {
    await close();
  }
};

const runWhole = async (name: string, seed: number, count: number): Promise<void> => {
  const campaign = await load(name);
  const where = engineAsked === undefined ? '' : `-${engineAsked}`;
  const file = `.cache/campaign-${name}-${seed}${where}.json`;
  mkdirSync('.cache', { recursive: true });
  let progress: Progress = { done: 0, totals: {} };
  try {
    progress = JSON.parse(readFileSync(file, 'utf8')) as Progress;
    console.log(`${name}, seed ${seed}: goes on after ${progress.done} of ${count}`);
  } catch {
    console.log(`${name}, seed ${seed}: ${count} cases`);
  }
  await carryOut(campaign, seed, count, progress, () => {
    writeFileSync(file, JSON.stringify(progress));
  });
  console.log(`${name}, seed ${seed}: ${progress.done} cases, ${JSON.stringify(progress.totals)}`);
};

const runSlices = async (seed: number): Promise<void> => {
  for (const name of names) {
    const campaign = await load(name);
    if (campaign.slice === 0) continue;
    const progress: Progress = { done: 0, totals: {} };
    await carryOut(campaign, seed, campaign.slice, progress, () => undefined);
    console.log(`${name}, seed ${seed}: ${progress.done} cases, ${JSON.stringify(progress.totals)}`);
  }
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    slices: { type: 'boolean' },
  },
});
const [name] = positionals;
const seed = wholeNumber('seed', values.seed, Date.now() % 1_000_000_000);
if (values.slices) await runSlices(seed);
else if (name === undefined) console.log(names.join('\n'));
else await runWhole(name, seed, wholeNumber('count', values.count, (await load(name)).full));
// Exits although a browser or a server may leave something open for a while.
process.exit();
