import type { PageSide, RegisterNews } from '../contract/register-service.js';
import { answerOf, clockOf, type Reply } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { todayBy } from '../domain/clocks.js';
import { mayBeKept } from '../domain/kept-open.js';
import { toKeep, wantsLastKnown } from '../domain/last-known.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { SealedStore, type Key } from '../store/sealed-store.js';
import { within } from '../store/within.js';
import type { Flight, Ground } from './flight.js';

/** What is known of a flight whose host gives a key. */
interface Keyed {
  /** The key, asked for once and when it is first needed. */
  readonly key: () => Key;
  /** The TraceID that was found kept. */
  found?: string;
  /** The open with the encounter that has taken this one over. */
  adopter?: PatientOpen;
  /** That it has been taken over is to be written yet. */
  isToBeWritten?: boolean;
  /** What is stored has not been found in time: nothing more is waited for. */
  isSlow?: boolean;
}

/** How long a check may wait for what is stored, in milliseconds: a tenth of its time, a second at most. */
const patience = ({ question }: Flight): number => Math.min(1000, question.timeout * 100);

/**
 * Where the host gives a key: keeps the TraceIDs of opens, so that the next page goes on with the same access, and what
 * the register held, to be shown when the register cannot be asked.
 */
export class Remembering {
  readonly #page: PageSide;
  readonly #tell: Ground['tell'];
  readonly #now: () => Instant;
  readonly #store: SealedStore;
  #keyed = new WeakMap<Flight, Keyed>();

  constructor(page: PageSide, tell: Ground['tell'], now: () => Instant) {
    this.#page = page;
    this.#tell = tell;
    this.#now = now;
    this.#store = new SealedStore(now);
    void this.#store.tidy();
  }

  /** The host of this flight's askers gives a key. */
  mayKeep(flight: Flight, asker: string): void {
    let key: Key | undefined;
    this.#keyed.set(flight, {
      key: () => {
        key ??= this.#page.storageKey([...flight.askers][0] ?? asker);
        key.catch(() => undefined);
        return key;
      },
    });
  }

  /** A page before this one may have made the open: its TraceID is gone on with. */
  async recall(flight: Flight): Promise<void> {
    const keyed = this.#whoseOpenIsKept(flight);
    if (keyed === undefined) return;
    const { question } = flight;
    try {
      const kept = await within(patience(flight), this.#store.findOpen(keyed.key(), question));
      if (kept === undefined || flight.phase !== 'waiting') return;
      const { traceId, openedAt, adoptedBy } = kept;
      // An encounter has come meanwhile, and it is not the one that this access was for.
      if (adoptedBy !== undefined && (keyed.adopter?.encounter ?? adoptedBy) !== adoptedBy) return;
      keyed.found = traceId;
      flight.adopt({ traceId, openedAt, hasEncounter: question.open.encounter !== '' }, adoptedBy);
    } catch {
      keyed.isSlow = true;
    }
  }

  /** Before the request leaves: whoever comes after this page goes on with its TraceID. */
  async keep(flight: Flight): Promise<void> {
    const keyed = this.#whoseOpenIsKept(flight);
    if (keyed === undefined || (keyed.found === flight.trace.traceId && keyed.isToBeWritten !== true)) return;
    const writing = this.#write(flight, keyed);
    if (keyed.isSlow !== true) await within(patience(flight), writing).catch(() => undefined);
  }

  /** An encounter has taken the flight's open over: it goes on under either, and no other encounter may have it. */
  adopted(flight: Flight, open: PatientOpen): void {
    const keyed = this.#whoseOpenIsKept(flight);
    if (keyed === undefined) return;
    keyed.adopter = open;
    keyed.isToBeWritten = true;
    // Under which TraceID it goes may not be known yet.
    if (flight.phase !== 'waiting') void this.#write(flight, keyed);
  }

  heard(flight: Flight, news: RegisterNews): void {
    const keyed = this.#keyed.get(flight);
    if (keyed?.isToBeWritten === true) void this.#write(flight, keyed);
    if (news.kind === 'reply' && flight.askers.size > 0 && keyed !== undefined)
      void this.#remember(flight, news.reply, keyed);
  }

  /** `stored`: what is stored too; otherwise only what is under way. */
  forget(stored: boolean): void {
    this.#keyed = new WeakMap();
    if (stored) void this.#store.forget();
  }

  #whoseOpenIsKept(flight: Flight): Keyed | undefined {
    return mayBeKept(flight.question.open) ? this.#keyed.get(flight) : undefined;
  }

  async #write({ question, trace }: Flight, keyed: Keyed): Promise<void> {
    const { key, adopter } = keyed;
    const { traceId, openedAt } = trace;
    const adoptedBy = adopter && { adoptedBy: adopter.encounter };
    keyed.isToBeWritten = false;
    await this.#store.keepOpen(key(), question, { traceId, openedAt, ...adoptedBy });
    if (adopter !== undefined) await this.#store.keepOpen(key(), { ...question, open: adopter }, { traceId, openedAt });
  }

  async #remember(flight: Flight, reply: Reply, { key }: Keyed): Promise<void> {
    const { open } = flight.question;
    const today = todayBy(this.#now(), clockOf(reply));
    const kept = toKeep(reply, today);
    const isWanted = kept === undefined && wantsLastKnown(answerOf(reply, today));
    if (kept === 'nothing-held') await this.#store.drop(key(), open);
    else if (kept !== undefined) await this.#store.keep(key(), open, kept);
    else if (isWanted) {
      const lastKnown = await this.#store.find(key(), open);
      if (lastKnown === undefined || !this.#keyed.has(flight)) return;
      for (const waiting of flight.askers) this.#tell(waiting, { kind: 'last-known', lastKnown });
      flight.letGo();
    }
  }
}
