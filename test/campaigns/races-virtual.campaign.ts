// Random schedules on a virtual clock for everything between the element and the network: sessions, the page's link, a
// register's side behind slow messages, and a register that is late, out of order or broken. The safety rules are
// checked after every step and every change.
import type { BannerState } from '../../src/domain/banner-state.js';
import { dropEverything } from '../../src/session/page.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';
import { AccessLedger } from './races/access-ledger.js';
import { nobody, randomChange } from './races/hosts.js';
import { VirtualBanner } from './races/virtual-banner.js';
import { promises, VirtualPage } from './races/virtual-page.js';
import { VirtualRegister } from './races/virtual-register.js';

const minute = 60_000;

class Schedule {
  readonly totals: Totals = {};
  readonly #page: VirtualPage;
  readonly #random: () => number;
  readonly #register: VirtualRegister;
  readonly #ledger = new AccessLedger();
  readonly #banners: readonly VirtualBanner[];
  #fault: unknown;

  constructor(page: VirtualPage, random: () => number) {
    this.#page = page;
    this.#random = random;
    this.#register = new VirtualRegister(random);
    page.load(this.#register, random);
    const freshFor = oneOf(random, [300, 300, 60, 0]);
    this.#banners = Array.from(
      { length: oneOf(random, [1, 1, 2, 3]) },
      () =>
        new VirtualBanner(
          freshFor,
          (banner, state, again) => this.#fed(banner, state, again),
          (banner) => this.#told(banner),
        ),
    );
  }

  async run(): Promise<void> {
    for (const banner of this.#banners) banner.connect();
    const steps = 6 + Math.floor(this.#random() * 24);
    for (let step = 0; step < steps; step += 1) {
      this.#count('steps');
      await this.#step();
      this.#look();
    }
    await this.#end();
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const banner = oneOf(random, this.#banners);
    const what = random();
    if (what < 0.4) banner.set(randomChange(random, banner.context()));
    else if (what < 0.45) this.#split(banner);
    else if (what < 0.75) await this.#pass(oneOf(random, [0, 1, 5, 50, 400, 3000, 12_000, 6 * minute]) * random());
    else if (what < 0.81) banner.check();
    else if (what < 0.87) this.#moveInDocument(banner);
    else if (what < 0.89) this.#signOut();
    else if (what < 0.91) this.#leavePage();
    else if (what < 0.95) this.#page.show(random() < 0.5);
    else this.#page.jump(oneOf(random, [-90, -10, -1, 1, 10, 90]) * minute);
    this.#count(what < 0.45 ? 'host changes' : 'other steps');
    if (random() < 0.2) await promises();
    else if (random() < 0.5) await this.#pass(random() * 20);
  }

  /** Inside the tag's own event, a host may do anything that it may do elsewhere. */
  #told(banner: VirtualBanner): void {
    const random = this.#random;
    const what = random();
    if (what > 0.1) return;
    this.#count('deeds in an event');
    if (what < 0.03) banner.set(randomChange(random, banner.context()));
    else if (what < 0.05) banner.set(nobody);
    else if (what < 0.07) banner.check();
    else if (what < 0.09) this.#moveInDocument(banner);
    else this.#signOut();
  }

  async #pass(milliseconds: number): Promise<void> {
    await this.#page.pass(milliseconds);
    for (const banner of this.#banners) banner.taskOver();
  }

  /** Opens the same patient in another banner, as split views and dialogs do. */
  #split(banner: VirtualBanner): void {
    banner.set(oneOf(this.#random, this.#banners).context());
  }

  #moveInDocument(banner: VirtualBanner): void {
    if (banner.connected) banner.disconnect();
    else banner.connect();
  }

  #signOut(): void {
    dropEverything('signed-out');
    this.#ledger.signedOut();
    for (const banner of this.#banners) banner.mustStaySilent = true;
    this.#count('sign-outs');
  }

  #leavePage(): void {
    this.#page.window.dispatchEvent(new Event('pagehide'));
    for (const { state } of this.#banners)
      if (state.kind === 'answered' || state.kind === 'checking') throw new Error('Still there when the page was left');
    this.#page.window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  }

  /** Whatever happened, at the end every banner has something true to say. When everyone is gone, nothing is left. */
  async #end(): Promise<void> {
    this.#page.show(true);
    await this.#pass(30_000);
    this.#look();
    if (this.#banners.some(({ waits }) => waits)) throw new Error('A banner waits for ever');
    for (const banner of this.#banners) {
      banner.set(nobody);
      if (banner.state.kind !== 'idle') throw new Error('Not idle once the patient is closed');
      banner.disconnect();
    }
    await this.#pass(30_000);
    this.#look();
    if (this.#register.seen.some(({ ended }) => ended === undefined)) throw new Error('A request goes on for nobody');
    this.#total();
  }

  #fed(banner: VirtualBanner, state: BannerState, again: boolean): void {
    try {
      this.#ledger.take(state, banner.freshFor, again);
    } catch (fault) {
      this.#fault ??= fault;
    }
    if (state.kind === 'answered')
      this.#count(state.visits.kind === 'shown' ? 'views told' : `told ${state.reply.kind}`);
  }

  #look(): void {
    if (this.#fault !== undefined) throw this.#fault as Error;
    for (const banner of this.#banners) banner.look();
    this.#ledger.compare(this.#register.seen);
    const underWay = this.#register.seen.filter(({ ended }) => ended === undefined);
    if (new Set(underWay.map(({ traceId }) => traceId)).size < underWay.length)
      throw new Error('Two requests of one open at once');
  }

  #total(): void {
    const { seen } = this.#register;
    const accesses = new Set(seen.map(({ traceId }) => traceId)).size;
    if (accesses > this.#ledger.traceIds) throw new Error('More accesses than opens');
    this.totals['opens'] = this.#ledger.traceIds;
    this.totals['accesses'] = accesses;
    this.totals['requests'] = seen.length;
    for (const how of ['answered', 'failed', 'aborted'])
      this.totals[`requests ${how}`] = seen.filter(({ ended }) => ended === how).length;
  }

  #count(what: string): void {
    this.totals[what] = (this.totals[what] ?? 0) + 1;
  }
}

export const campaign: Campaign = {
  full: 100_000,
  slice: 500,
  batch: 500,
  open: () => {
    const page = new VirtualPage();
    return Promise.resolve({
      run: async (seed, from, to) => {
        const totals: Totals = {};
        for (let index = from; index < to; index += 1) {
          const schedule = new Schedule(page, randomOfCase(seed, index));
          await schedule.run().catch((fault: unknown) => {
            throw new Error(`Seed ${seed}, case ${index}: ${(fault as Error).message}`, { cause: fault });
          });
          for (const [what, count] of Object.entries(schedule.totals)) totals[what] = (totals[what] ?? 0) + count;
        }
        return totals;
      },
      close: () => {
        page.close();
      },
    });
  },
};
