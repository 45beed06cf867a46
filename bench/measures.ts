import type { Browser, CDPSession, Page } from 'puppeteer-core';

import type { Contender } from './build.js';
import { marks, patient, type Size } from './payloads.js';
import { installProbe, type Probe } from './probe.js';

/** Where and how a page is measured. */
export interface Stand {
  readonly browser: Browser;
  readonly url: string;
  /** How many times slower the page's main thread is made. Workers and the network keep their speed. */
  readonly throttle: number;
}

const usual: Size = { visits: 25, plans: 1 };
type Window = typeof globalThis & { probe: Probe };

interface Shown {
  readonly page: Page;
  readonly devtools: CDPSession;
}

/** A new page in a browser context of its own, of which nothing is left afterwards. */
async function onPage<Result>(
  { browser, url, throttle }: Stand,
  contender: Contender,
  {
    register,
    setting = 'emergency-department',
    numbers,
  }: { register: string; setting?: string; numbers: readonly string[] },
  measure: (shown: Shown) => Promise<Result>,
): Promise<Result> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.emulateTimezone('Europe/London');
    // The loader names functions with a helper that is missing where functions are sent to the page.
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await page.evaluateOnNewDocument(installProbe);
    const devtools = await page.createCDPSession();
    await devtools.send('Performance.enable');
    if (throttle > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const asked = new URLSearchParams({ base: `/register/${register}`, setting, numbers: numbers.join(',') });
    await page.goto(`${url}/${contender}?${asked.toString()}`, { waitUntil: 'load' });
    return await measure({ page, devtools });
  } finally {
    await context.close();
  }
}

const registerOf = ({ visits, plans }: Size): string => `${visits}/${plans}`;

/** Milliseconds from navigation to "Checking" painted. The register does not answer. */
export const navigation = (stand: Stand, contender: Contender): Promise<number> =>
  onPage(stand, contender, { register: 'held', numbers: [patient(0)] }, async ({ page }) => {
    const [times] = await page.evaluate(() => (globalThis as Window).probe.wait([['Checking CP-IS…']], 0));
    return times?.[0] ?? NaN;
  });

/** One open of one patient in each banner, until the last status and the last table of views are painted. */
export interface Opened {
  readonly status: number;
  readonly visits: number;
}

async function openPatients({ page }: Shown, first: number, tags: number, size: Size): Promise<Opened> {
  const indices = Array.from({ length: tags }, (_, tag) => first + tag);
  const times = await page.evaluate(
    (numbers, texts) => (globalThis as Window).probe.open(numbers, texts),
    indices.map(patient),
    indices.map((index) => Object.values(marks(index, size))),
  );
  return {
    status: Math.max(...times.map(([status = NaN]) => status)),
    visits: Math.max(...times.map(([, visits = NaN]) => visits)),
  };
}

/** Milliseconds of work on the main thread since the page began. */
async function worked({ devtools }: Shown): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until the page has nothing left to do: its code is loaded, and no worker is still starting. */
const rest = (): Promise<void> => pause(150);

export interface Opens {
  readonly first: Opened;
  readonly warm: Opened;
  /** Milliseconds of the main thread's work for one warm open, 25 views included. */
  readonly mainThread: number;
  /** The time for a fixed piece of work on the main thread, in milliseconds. */
  readonly loop: number;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** A page without a patient. One is opened, and then others, one after the other. */
export const opens = (
  stand: Stand,
  contender: Contender,
  { size = usual, tags = 1, warm = 5, setting = 'emergency-department' } = {},
): Promise<Opens> =>
  onPage(
    stand,
    contender,
    { register: registerOf(size), setting, numbers: Array.from({ length: tags }, () => '') },
    async (shown) => {
      await rest();
      const first = await openPatients(shown, 0, tags, size);
      // Runs the code of a warm open once beforehand.
      await openPatients(shown, tags, tags, size);
      await rest();
      const before = await worked(shown);
      const opened: Opened[] = [];
      for (let open = 0; open < warm; open++) opened.push(await openPatients(shown, (open + 2) * tags, tags, size));
      await pause(30);
      return {
        first,
        warm: { status: mean(opened.map(({ status }) => status)), visits: mean(opened.map(({ visits }) => visits)) },
        mainThread: ((await worked(shown)) - before) / warm,
        loop: await shown.page.evaluate(() => (globalThis as Window).probe.loop()),
      };
    },
  );

export interface Switches {
  /** Milliseconds from one patient-open to its 25 views painted. */
  readonly times: readonly number[];
  /** Tasks of the main thread over 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
  /** What the switches left behind, after garbage collection. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
}

/**
 * Opens this many patients one after the other, each as soon as the previous one is complete. Measures what is kept
 * when nobody is open.
 */
export const switches = (stand: Stand, contender: Contender, count: number): Promise<Switches> =>
  onPage(stand, contender, { register: registerOf(usual), numbers: [''] }, async (shown) => {
    const { page, devtools } = shown;
    const run = (from: number, to: number): Promise<number[]> =>
      page.evaluate(
        async (numbers, texts) => {
          const { probe } = globalThis as Window;
          const times: number[] = [];
          for (const [index, nhsNumber] of numbers.entries()) {
            const [[, visits = NaN] = []] = await probe.open([nhsNumber], [texts[index]!]);
            times.push(visits);
          }
          return times;
        },
        Array.from({ length: to - from }, (_, index) => patient(from + index)),
        Array.from({ length: to - from }, (_, index) => Object.values(marks(from + index, usual))),
      );
    const kept = async () => {
      await page.evaluate(() => {
        (globalThis as unknown as { openPatient: (banner: number, nhsNumber: string) => void }).openPatient(0, '');
      });
      await pause(300);
      for (let time = 0; time < 3; time++) await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      return { heap: usedSize, nodes, listeners: jsEventListeners };
    };
    await run(0, 100);
    const before = await kept();
    await page.evaluate(() => {
      (globalThis as Window).probe.longTasks.length = 0;
    });
    const times = await run(100, 100 + count);
    const longTasks = await page.evaluate(() => (globalThis as Window).probe.longTasks);
    const after = await kept();
    return {
      times,
      longTasks,
      heap: after.heap - before.heap,
      nodes: after.nodes - before.nodes,
      listeners: after.listeners - before.listeners,
      workers: page.workers().length,
    };
  });

export interface Fetched {
  readonly name: string;
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** Every file that a page fetches until a patient's 25 views are painted. */
export async function bytes(stand: Stand, contender: Contender): Promise<readonly Fetched[]> {
  const fetched = async () => (await (await fetch(`${stand.url}/fetched`)).json()) as Fetched[];
  await fetched();
  await opens({ ...stand, throttle: 1 }, contender, { warm: 1 });
  return fetched();
}

/** How many workers run and how many style sheets there are when fifty banners are on a page. */
export const shared = (stand: Stand, tags: number): Promise<{ workers: number; sheets: number }> =>
  onPage(
    stand,
    'ours',
    { register: registerOf(usual), setting: 'general-practice', numbers: Array.from({ length: tags }, () => '') },
    async (shown) => {
      await rest();
      await openPatients(shown, 0, tags, usual);
      return {
        workers: shown.page.workers().length,
        sheets: await shown.page.evaluate(
          () =>
            new Set(
              [...document.querySelectorAll('cp-is-banner')].flatMap(({ shadowRoot }) => [
                ...(shadowRoot?.adoptedStyleSheets ?? []),
                ...(shadowRoot?.styleSheets ?? []),
              ]),
            ).size,
        ),
      };
    },
  );
