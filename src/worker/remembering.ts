import type { PageSide, RegisterNews, SealingKey } from '../contract/register-service.js';
import { answerOf, clockOf, type Reply } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { todayBy } from '../domain/clocks.js';
import { toKeep, wantsLastKnown } from '../domain/last-known.js';
import { SealedStore } from '../store/sealed-store.js';
import type { Flight, Ground } from './flight.js';

/** Where the host gives a key: keeps what the register held, and shows it when the register cannot be asked. */
export class Remembering {
  readonly #page: PageSide;
  readonly #tell: Ground['tell'];
  readonly #now: () => Instant;
  readonly #store: SealedStore;
  /** The flights whose host gives a key. */
  #keyed = new WeakSet<Flight>();

  constructor(page: PageSide, tell: Ground['tell'], now: () => Instant) {
    this.#page = page;
    this.#tell = tell;
    this.#now = now;
    this.#store = new SealedStore(now);
  }

  /** The host of this flight's askers gives a key. */
  mayKeep(flight: Flight): void {
    this.#keyed.add(flight);
  }

  heard(flight: Flight, news: RegisterNews): void {
    const [asker] = flight.askers;
    if (news.kind === 'reply' && asker !== undefined && this.#keyed.has(flight))
      void this.#remember(flight, news.reply, asker);
  }

  /** `stored`: what is stored too; otherwise only what is under way. */
  forget(stored: boolean): void {
    this.#keyed = new WeakSet();
    if (stored) void this.#store.forget();
  }

  async #remember(flight: Flight, reply: Reply, asker: string): Promise<void> {
    const { open } = flight.question;
    const today = todayBy(this.#now(), clockOf(reply));
    const kept = toKeep(reply, today);
    const isWanted = kept === undefined && wantsLastKnown(answerOf(reply, today));
    if (kept === undefined && !isWanted) return;
    const key: Promise<SealingKey | undefined> = this.#page.storageKey(asker);
    if (kept === 'nothing-held') await this.#store.drop(key, open);
    else if (kept !== undefined) await this.#store.keep(key, open, kept);
    else {
      const lastKnown = await this.#store.find(key, open);
      if (lastKnown === undefined || !this.#keyed.has(flight)) return;
      for (const waiting of flight.askers) this.#tell(waiting, { kind: 'last-known', lastKnown });
      flight.letGo();
    }
  }
}
