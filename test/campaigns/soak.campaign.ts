// A page kept open through thousands of switches, in which nothing may pile up. Nodes, listeners and the heaps of page
// and worker are measured after a forced collection at the end of each batch. They are compared with those at the end
// of the first batch, which warms up. The page goes round a ward of encounters, all of them seen in the first batch,
// because the TraceID of an encounter is kept for the page's life by design (safety rule 4), some 350 bytes each.
import type { CDPSession, Page } from 'puppeteer-core';

import type { CpIsBanner } from '../../src/index.js';
import { numbers } from './browser/marked-register.js';
import { Stage } from './browser/stage.js';
import { randomOfCase, type Campaign, type Totals } from './campaign.js';

const ward = 80;
const mostHeap = 1_000_000;
/** At these turns everything is pressed: see `takeTurns`. */
const pressesAll = 3 * 7;

interface Measured {
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
  readonly workerHeap: number;
}

interface Turn {
  readonly nhsNumber: string;
  readonly encounter: string;
  readonly layout: string;
  readonly deed: number;
}

/** In the page: one banner goes from patient to patient, and readers and hosts act on it in between. */
const takeTurns = async (turns: readonly Turn[]): Promise<void> => {
  const task = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));
  const press = (banner: CpIsBanner, pattern: RegExp): void => {
    for (const button of banner.shadowRoot?.querySelectorAll('button') ?? [])
      if (pattern.test(button.ariaLabel ?? button.innerText)) button.click();
  };
  const atRest = (banner: CpIsBanner): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (banner.status === 'checking' || banner.visits === 'loading') return;
        banner.removeEventListener('cp-is-change', look);
        resolve();
      };
      banner.addEventListener('cp-is-change', look);
      look();
    });
  const asHost = {
    baseUrl: '/soak/FHIR',
    nhsNumberStatus: 'verified',
    careSetting: 'emergency-department',
    freshFor: 1,
  };
  let banner = document.querySelector('cp-is-banner') ?? document.createElement('cp-is-banner');
  Object.assign(banner, asHost);
  document.body.append(banner);
  for (const { nhsNumber, encounter, layout, deed } of turns) {
    // With an encounter, the register is asked again and again for one open. Without one, each new question is a new
    // open.
    const freshFor = encounter === '' ? 300 : 1;
    Object.assign(banner, { nhsNumber, encounter, layout, freshFor, discreet: deed % 11 === 0 });
    await atRest(banner);
    await banner.updateComplete;
    if (banner.status === 'not-checked') throw new Error(`not checked: ${banner.reason ?? ''}`);
    if (deed % 3 === 0) press(banner, /views|in error|^show$/i);
    if (deed % 7 === 0) press(banner, /^copy/i);
    if (deed % 13 === 0) banner.check();
    if (deed % 17 === 0) banner.clear();
    if (deed % 19 === 0) {
      banner.remove();
      await task();
      document.body.append(banner);
    }
    if (deed % 23 === 0) {
      const fresh = Object.assign(document.createElement('cp-is-banner'), asHost);
      banner.replaceWith(fresh);
      banner = fresh;
    }
    await banner.updateComplete;
  }
  banner.clear();
};

/**
 * In the page. A shadow root in Chromium lists its slots when what they hold has changed. Until then it keeps one that
 * has left, with all that was around it: at most one banner, which would look like a leak.
 */
const listSlotsAnew = (): void => {
  for (const banner of document.querySelectorAll('cp-is-banner')) {
    const child = new Text(' ');
    banner.append(child);
    banner.shadowRoot?.querySelector('slot')?.assignedNodes();
    child.remove();
    banner.shadowRoot?.querySelector('slot')?.assignedNodes();
  }
};

class Soak {
  readonly #stage = new Stage();
  #page: Page | undefined;
  #devtools: CDPSession | undefined;
  #before: Measured | undefined;
  #warm: Measured | undefined;

  async open(): Promise<void> {
    await this.#stage.open();
    this.#page = await this.#stage.newPage();
    this.#devtools = await this.#page.createCDPSession();
    await this.#devtools.send('Performance.enable');
  }

  close(): Promise<void> {
    return this.#stage.close();
  }

  async run(seed: number, from: number, to: number): Promise<Totals> {
    if (this.#before === undefined && from > 0) console.log(`A new page, which warms up from switch ${from} on`);
    this.#stage.register.seen = [];
    await this.#page!.evaluate(takeTurns, turnsOf(seed, from, to, this.#warm === undefined));
    if (this.#stage.complaints.length > 0) throw new Error(`The page complained: ${this.#stage.complaints.join('; ')}`);

    const now = await this.#atRest();
    const before = this.#before ?? now;
    this.#before = now;
    this.#warm ??= now;
    const faults = this.#faults(this.#warm, now);
    if (faults.length > 0) throw new Error(`Seed ${seed}, switches ${from} to ${to - 1}: ${faults.join(', ')}`);
    return {
      switches: to - from,
      'switches after warming up': before === now ? 0 : to - from,
      requests: this.#stage.register.seen.length,
      'nodes more': now.nodes - before.nodes,
      'listeners more': now.listeners - before.listeners,
      'bytes more in the page': now.heap - before.heap,
      'bytes more in the worker': now.workerHeap - before.workerHeap,
    };
  }

  /** What has grown since the page was warm. */
  #faults(warm: Measured, now: Measured): readonly string[] {
    const [page, worker] = [now.heap - warm.heap, now.workerHeap - warm.workerHeap];
    return [
      ...(now.nodes > warm.nodes ? [`${now.nodes - warm.nodes} nodes more`] : []),
      ...(now.listeners > warm.listeners ? [`${now.listeners - warm.listeners} listeners more`] : []),
      ...(page > mostHeap ? [`${page} bytes more in the page`] : []),
      ...(worker > mostHeap ? [`${worker} bytes more in the worker`] : []),
    ];
  }

  /** "Copied" is shown for three seconds and keeps its banner in memory, so a growth is measured again after that. */
  async #atRest(): Promise<Measured> {
    if (this.#warm !== undefined) {
      const now = await this.#measure();
      if (this.#faults(this.#warm, now).length === 0) return now;
    }
    await new Promise((resolve) => setTimeout(resolve, 3200));
    return this.#measure();
  }

  async #measure(): Promise<Measured> {
    const devtools = this.#devtools!;
    await this.#page!.evaluate(listSlotsAnew);
    const worker = this.#page!.workers()[0]?.client;
    if (worker === undefined) throw new Error('The register’s side does not run in a worker');
    for (let times = 0; times < 3; times += 1)
      for (const each of [devtools, worker]) await each.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
    const { usedSize } = await worker.send('Runtime.getHeapUsage');
    return {
      nodes: metric('Nodes'),
      listeners: metric('JSEventListeners'),
      heap: metric('JSHeapUsedSize'),
      workerHeap: usedSize,
    };
  }
}

/**
 * While it warms up, the page goes round the ward and everything that can be pressed is pressed for each patient. What
 * lit parses when it first draws a template is kept for the page's life, and would look like a leak. After that the
 * patients are random.
 */
const turnsOf = (seed: number, from: number, to: number, warmingUp: boolean): readonly Turn[] =>
  Array.from({ length: to - from }, (_, place) => {
    const random = randomOfCase(seed, from + place);
    const inTurn = warmingUp && place < ward;
    const bed = inTurn ? place : Math.floor(random() * ward);
    return {
      nhsNumber: numbers[bed] ?? '',
      encounter: bed % 4 === 0 ? '' : `E${bed}`,
      layout: ['banner', 'compact', 'panel'][Math.floor(random() * 3)] ?? '',
      deed: (inTurn ? pressesAll : 1) * (1 + Math.floor(random() * 1000)),
    };
  });

export const campaign: Campaign = {
  full: 20_000,
  slice: 200,
  batch: 100,
  open: async () => {
    const soak = new Soak();
    await soak.open();
    return { run: (seed, from, to) => soak.run(seed, from, to), close: () => soak.close() };
  },
};
