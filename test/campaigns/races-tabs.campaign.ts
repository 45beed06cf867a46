// Random actions in several real tabs at once. Workers die or hang now and then, and where a full Chrome is installed,
// tabs are hidden, frozen and discarded. The register answers late, out of order or not at all. What each banner shows
// is examined at each of its events, each change of its tree, and in and after each frame.
import type { Page } from 'puppeteer-core';

import type { CpIsBanner } from '../../src/index.js';
import { isHeld, numbers, type Fate, type Seen } from './browser/marked-register.js';
import { Stage } from './browser/stage.js';
import { wholeBrowser } from '../support/node/launch.js';
import { crash, hide, outOfSight, show, type OutOfSight } from '../support/node/sight.js';
import { befall, deaths, type Death } from '../support/node/worker-deaths.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';

type Properties = Partial<Record<'nhsNumber' | 'encounter' | 'user' | 'attendance' | 'layout', string>>;

/** What is done to one banner of a tab, in one task. */
type Deed =
  | { readonly kind: 'set'; readonly properties: Properties }
  | { readonly kind: 'clear' | 'check' | 'sign-out' | 'remove' | 'left-and-restored' };

interface Case {
  readonly random: () => number;
  readonly patients: readonly string[];
  readonly baseUrl: string;
  readonly totals: Totals;
}

const encounters = ['E1', 'E2'];

/** The host's changes that blank, hide or share. Common ones occur more often. */
const deeds: readonly ((one: Case) => Deed)[] = [
  ...Array.from({ length: 4 }, () => ({ random, patients }: Case): Deed => ({
    kind: 'set',
    properties: { nhsNumber: oneOf(random, patients), encounter: oneOf(random, encounters) },
  })),
  ...Array.from({ length: 2 }, () => ({ random, patients }: Case): Deed => ({
    kind: 'set',
    properties: { nhsNumber: oneOf(random, patients) },
  })),
  ({ random }) => ({ kind: 'set', properties: { encounter: oneOf(random, ['', ...encounters]) } }),
  ({ random }) => ({ kind: 'set', properties: { user: oneOf(random, ['nurse', 'doctor']) } }),
  ({ random }) => ({ kind: 'set', properties: { attendance: oneOf(random, ['', 'scheduled']) } }),
  ({ random }) => ({ kind: 'set', properties: { layout: oneOf(random, ['banner', 'compact', 'panel']) } }),
  () => ({ kind: 'clear' }),
  () => ({ kind: 'check' }),
  () => ({ kind: 'remove' }),
  ({ random }) => ({ kind: random() < 0.5 ? 'sign-out' : 'left-and-restored' }),
];

/** In the page: only this case's banners, each set in one task. */
const begin = (baseUrl: string, count: number): void => {
  for (const old of document.querySelectorAll('cp-is-banner')) {
    watched.drop(old);
    old.remove();
  }
  const signedOut = new WeakSet<CpIsBanner>();
  watched.rule = (banner, marks) =>
    signedOut.has(banner) && marks.length > 0 ? 'an answer after signing out' : undefined;
  Object.assign(globalThis, { signedOut });
  for (let index = 0; index < count; index += 1) {
    const banner = document.createElement('cp-is-banner');
    Object.assign(banner, {
      baseUrl,
      nhsNumberStatus: 'verified',
      careSetting: 'emergency-department',
      timeout: 2,
      user: 'nurse',
      accessToken: () => Promise.resolve(`token-of-${banner.user ?? ''}`),
    });
    document.body.append(banner);
    watched.add(banner);
  }
};

/** In the page: carries out the action, and examines the banner in the same task. */
const carryOut = (which: number, deed: Deed): void => {
  const banners = [...document.querySelectorAll('cp-is-banner')];
  const banner = banners[which % banners.length];
  if (banner === undefined) return;
  const { signedOut } = globalThis as unknown as { signedOut: WeakSet<CpIsBanner> };
  const must = (condition: boolean, what: string): void => {
    if (!condition) watched.faults.push(what);
  };
  if (deed.kind !== 'sign-out') signedOut.delete(banner);
  switch (deed.kind) {
    case 'set':
      Object.assign(banner, deed.properties);
      break;
    case 'clear':
      banner.clear();
      must(banner.status === 'idle' && watched.marksIn(banner).length === 0, 'something left after clear()');
      break;
    case 'check':
      banner.check();
      break;
    case 'remove': {
      banner.remove();
      setTimeout(() => {
        must(banner.status === 'idle' && watched.marksIn(banner).length === 0, 'something left when taken out');
        document.body.append(banner);
      }, 5);
      break;
    }
    case 'sign-out':
      (banner.constructor as typeof CpIsBanner).signOut();
      for (const each of banners) signedOut.add(each);
      break;
    case 'left-and-restored':
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      must(
        banners.every((each) => watched.marksIn(each).length === 0),
        'something left when the page was left',
      );
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  }
  watched.look(`in the task of ${deed.kind}`);
};

/** In the page: what is shown when everything is at rest. */
const readPage = () => ({
  faults: watched.faults.splice(0),
  looks: watched.looks,
  banners: [...document.querySelectorAll('cp-is-banner')].map((banner) => ({
    nhsNumber: banner.nhsNumber,
    status: banner.status,
    visits: banner.visits,
    marks: watched.marksIn(banner).length,
  })),
});

/** In the page: whether no banner waits for anything. */
const isAtRest = (): boolean =>
  [...document.querySelectorAll('cp-is-banner')].every(
    ({ status, visits }) => status !== 'checking' && visits !== 'loading',
  );

/** In the page: what each banner waits for, and whether the tab is seen. */
const readStanding = (): string =>
  [
    document.visibilityState,
    ...[...document.querySelectorAll('cp-is-banner')].map(({ status, visits }) => `${status}, visits ${visits}`),
  ].join('; ');

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Delays as in real networks, and now and then a failure. */
const anyFate = (random: () => number): Fate => {
  const delay = oneOf(random, [0, 0, 2, 10, 40, 120]) * random();
  const broken = random();
  if (broken > 0.12) return { delay };
  return { delay, fault: broken < 0.02 ? 'drop' : broken < 0.09 ? 'register-error' : 'wrong-patient' };
};

/** One TraceID is one open, with one number, one user and one attendance. */
const compareAccesses = (seen: readonly Seen[]): number => {
  const facts = new Map<string, string>();
  for (const { traceId, nhsNumber, user, attendance } of seen) {
    const stated = [nhsNumber, user, attendance].join();
    if ((facts.get(traceId) ?? stated) !== stated) throw new Error('One TraceID for two opens');
    facts.set(traceId, stated);
  }
  return facts.size;
};

class Tabs {
  readonly #hides = wholeBrowser() !== undefined;
  readonly #stage = new Stage(wholeBrowser());
  #pages: Page[] = [];
  readonly #unseen = new Map<Page, OutOfSight>();
  #looks = 0;

  open(): Promise<void> {
    return this.#stage.open();
  }

  close(): Promise<void> {
    return this.#stage.close();
  }

  async run(one: Case): Promise<void> {
    const { random, totals, baseUrl } = one;
    const count = (what: string, number = 1): void => {
      totals[what] = (totals[what] ?? 0) + number;
    };
    const { register, complaints } = this.#stage;
    register.seen = [];
    register.fate = () => anyFate(random);
    this.#looks = 0;
    const tabs = 2 + Math.floor(random() * 2);
    while (this.#pages.length < tabs) this.#pages.push(await this.#stage.newPage());
    const here = this.#pages.slice(0, tabs);
    const bannersIn = oneOf(random, [1, 1, 2]);
    await Promise.all(here.map((page) => page.evaluate(begin, baseUrl, bannersIn)));

    const steps = 8 + Math.floor(random() * 10);
    for (let step = 0; step < steps; step += 1) {
      const tab = Math.floor(random() * here.length);
      if (random() < 0.03) {
        await this.#collect(here[tab]!);
        await this.#end(here[tab]!, this.#hides && random() < 0.5);
        here[tab] = await this.#stage.newPage();
        await here[tab].evaluate(begin, baseUrl, bannersIn);
        count('tabs closed or discarded');
      }
      if (this.#hides && random() < 0.08) count(`tabs ${await this.#turnAway(here[tab]!, random)}`);
      // In a frozen tab the host's own script stands still too.
      if (this.#unseen.get(here[tab]!) === 'frozen') continue;
      if (random() < 0.05) {
        befall(here[tab]!, oneOf(random, Object.keys(deaths) as Death[]));
        count('workers lost');
      }
      const deed = oneOf(random, deeds)(one);
      count(deed.kind);
      await here[tab]!.evaluate(carryOut, Math.floor(random() * 2), deed);
      if (random() < 0.6) await pause(random() * random() * 60);
    }
    this.#pages = [...here, ...this.#pages.slice(tabs)];
    await pause(20);
    for (const page of here) if (this.#unseen.delete(page)) await show(page);
    for (const page of here) await this.#rest(page, count);
    count('accesses', compareAccesses(register.seen));
    count('requests', register.seen.length);
    count('looks', this.#looks);
    const faults = complaints.splice(0).filter((complaint) => !complaint.includes('Error: broken'));
    if (faults.length > 0) throw new Error(`The page complained: ${faults.join('; ')}`);
  }

  /** Closed as by a user, or ended without a word to the page, as when a browser discards a tab. */
  async #end(page: Page, isDiscarded: boolean): Promise<void> {
    this.#unseen.delete(page);
    if (isDiscarded) await crash(page);
    // A crashed tab may never report that it is closed.
    await Promise.race([page.close(), pause(2000)]).catch(() => undefined);
  }

  /** Hides or freezes a tab, or shows it again. */
  async #turnAway(page: Page, random: () => number): Promise<string> {
    if (this.#unseen.delete(page)) {
      await show(page);
      return 'shown again';
    }
    const how = oneOf(random, outOfSight);
    this.#unseen.set(page, how);
    await hide(page, how);
    return how;
  }

  /** At the end each banner has something to say, and it is true. */
  async #rest(page: Page, count: (what: string) => void): Promise<void> {
    // Not by frames, which the browser may owe a tab for long on a busy machine.
    await page.waitForFunction(isAtRest, { timeout: 90_000, polling: 100 }).catch(async () => {
      const standing = await Promise.race([page.evaluate(readStanding), pause(10_000)]);
      throw new Error(`Not at rest after 90 s: ${standing ?? 'the page does not answer'}`);
    });
    for (const { nhsNumber, status, visits, marks } of await this.#collect(page)) {
      count(`at rest ${status}`);
      if (status === 'none' && isHeld(nhsNumber)) throw new Error('A false none');
      if (status === 'current' && !isHeld(nhsNumber)) throw new Error('A false record');
      if ((status === 'current') !== marks > 0) throw new Error(`${status}, visits ${visits}, with ${marks} texts`);
    }
  }

  async #collect(page: Page) {
    const { faults, looks, banners } = await page.evaluate(readPage);
    if (faults.length > 0) throw new Error([...new Set(faults)].join('; '));
    this.#looks += looks;
    await page.evaluate(() => {
      watched.looks = 0;
    });
    return banners;
  }
}

export const campaign: Campaign = {
  full: 1000,
  slice: 5,
  batch: 5,
  open: async () => {
    const tabs = new Tabs();
    await tabs.open();
    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        for (let index = from; index < to; index += 1) {
          const random = randomOfCase(seed, index);
          const patients = Array.from({ length: 3 }, () => oneOf(random, numbers));
          await tabs.run({ random, patients, baseUrl: `/${seed}-${index}/FHIR`, totals }).catch((fault: unknown) => {
            throw new Error(`Seed ${seed}, case ${index}: ${(fault as Error).message}`, { cause: fault });
          });
        }
        return totals;
      },
      close: () => tabs.close(),
    };
  },
};
