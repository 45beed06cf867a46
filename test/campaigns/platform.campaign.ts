// Every call that the built tag makes to the platform is made to fail, one after another and in every state. Each case
// must end in an answer or in a visible “not checked”, within its deadline, and never in a false “none”.
import type { Browser } from 'puppeteer-core';

import { nhsNumber, otherNumber } from '../fixtures/bundles.js';
import type { Campaign, Totals } from './campaign.js';
import { modes, type Call, type Mode } from './platform/breaker.js';
import { namesIn, type Names } from './platform/names.js';
import { BreakablePage, isUnderWay, startRegister, type Register, type Seen } from './platform/page.js';
import { launchBrowser } from '../support/node/launch.js';

/** When the call begins to fail. */
const states = ['from the beginning', 'before the first open', 'while asking', 'after an answer'] as const;

interface Case {
  readonly call: Call;
  readonly mode: Mode;
  readonly state: (typeof states)[number];
}

/** How many pages are tried at a time. */
const hands = 4;

/** Every call that the tag makes during a whole healthy life, in the page and in its worker. */
async function census(browser: Browser, register: Register, page: Names, worker: Names): Promise<readonly Call[]> {
  const hand = await BreakablePage.open(browser);
  await hand.page.evaluateOnNewDocument(
    (page: Names, worker: Names) => {
      platform.count(page.globals, page.members);
      Object.assign(globalThis, { brokenInWorker: JSON.stringify({ count: [worker.globals, worker.members] }) });
    },
    page,
    worker,
  );
  await hand.load(register.url);
  const called: Call[] = [];
  await hand.open(nhsNumber, 'census', '/case-0/FHIR');
  await hand.rest();
  await hand.check();
  await hand.rest();
  await hand.open(otherNumber, 'census', '/nobody/FHIR');
  await hand.rest();
  const inPage = await hand.page.evaluate(() => platform.called());
  const inWorker = await hand.page.workers()[0]?.evaluate(() => platform.called());
  for (const [realm, calls] of [
    ['page', inPage],
    ['worker', inWorker ?? []],
  ] as const)
    called.push(...calls.map((call) => ({ realm, ...call })));
  await hand.page.browserContext().close();
  return called;
}

const casesOf = (calls: readonly Call[]): readonly Case[] =>
  calls.flatMap((call) =>
    modes
      .filter((mode) => call.isAsync || (mode !== 'rejects' && mode !== 'never comes'))
      .flatMap((mode) => states.map((state) => ({ call, mode, state }))),
  );

/** What is wrong with what is shown about a patient who has a plan. */
function judge(seen: Seen): string | undefined {
  if (isUnderWay(seen)) return seen.says === '' ? 'blank' : 'stuck';
  if (seen.isFallback) return undefined;
  return seen.status === 'none' || /no CP-IS record/i.test(seen.says) ? 'a false none' : undefined;
}

async function runOne(
  hand: BreakablePage,
  { call, mode, state }: Case,
  register: Register,
  name: string,
): Promise<Totals> {
  const totals: Totals = {};
  const baseUrl = `/${name}/FHIR`;
  const judged = async (): Promise<void> => {
    const seen = await hand.rest();
    const wrong = judge(seen);
    if (wrong !== undefined) throw new Error(`${wrong}: ${JSON.stringify(seen)}`);
    const what = seen.isFallback ? 'the light DOM' : seen.status;
    totals[what] = (totals[what] ?? 0) + 1;
  };
  const encounter = name;
  await hand.load(register.url, state === 'from the beginning' ? { call, mode } : undefined);
  if (state === 'before the first open') await hand.fail(call, mode);
  if (state === 'while asking') {
    await hand.open(nhsNumber, encounter, baseUrl);
    await new Promise((resolve) => setTimeout(resolve, 80));
    await hand.fail(call, mode);
    await judged();
  } else if (state === 'after an answer') {
    await hand.open(nhsNumber, encounter, baseUrl);
    await judged();
    await hand.fail(call, mode);
  }
  await hand.open(otherNumber, encounter, baseUrl);
  await judged();
  await hand.check();
  await judged();
  for (const [number, traces] of register.traces.get(name) ?? [])
    if (number !== '' && traces.size > 1) throw new Error(`${traces.size} TraceIDs for one open`);
  return totals;
}

export const campaign: Campaign = {
  full: 3000,
  slice: 24,
  batch: 24,
  open: async () => {
    const register = await startRegister();
    const browser = await launchBrowser({ protocolTimeout: 120_000 });
    const names = ['dist/cp-is-banner.js', 'dist/cp-is-banner.worker.js'].map(namesIn) as [Names, Names];
    const cases = casesOf(await census(browser, register, ...names));
    const pages = await Promise.all(Array.from({ length: hands }, () => BreakablePage.open(browser)));
    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        const faults: string[] = [];
        const queue = Array.from({ length: to - from }, (_, at) => from + at);
        const work = async (hand: BreakablePage, place: number): Promise<void> => {
          for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
            const one = cases[(seed + index) % cases.length]!;
            // One round covers every call, in every way, in every state.
            if (index >= cases.length) continue;
            try {
              const found = await runOne(pages[place] ?? hand, one, register, `case-${index + 1}`);
              for (const [what, count] of Object.entries(found)) totals[what] = (totals[what] ?? 0) + count;
              totals['cases'] = (totals['cases'] ?? 0) + 1;
            } catch (error) {
              faults.push(
                `case ${index}, ${one.call.realm} ${one.call.path} ${one.mode} ${one.state}: ${String(error)}`,
              );
            }
          }
        };
        await Promise.all(pages.map(work));
        if (faults.length > 0) throw new Error(`Seed ${seed}: ${faults.join('\n')}`);
        return totals;
      },
      close: async () => {
        await browser.close();
        await register.close();
      },
    };
  },
};
