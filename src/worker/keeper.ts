import type { PageSide, RegisterNews } from '../contract/register-service.js';
import { answerOf, clockOf, type Reply } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { todayBy } from '../domain/clocks.js';
import { mayBeKept } from '../domain/kept-open.js';
import { toKeep, wantsLastKnown } from '../domain/last-known.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { SealedStore, type Key } from '../store/sealed-store.js';
import { within } from '../store/within.js';
import type { Check, CheckContext } from './check.js';

/** What the keeper knows about a check whose host gives a key. */
interface Keyed {
  /** The key, asked for once, when first needed. */
  readonly key: () => Key;
  /** The TraceID found in storage. */
  found?: string;
  /** The open, with its encounter, that has taken this one over. */
  adopter?: PatientOpen;
  /** The takeover has still to be written. */
  isToBeWritten?: boolean;
  /** Storage did not answer in time, so it is not waited for again. */
  isSlow?: boolean;
}

/** How long a check may wait for storage, in milliseconds: a tenth of its time, at most a second. */
const storageTimeout = ({ question }: Check): number => Math.min(1000, question.timeout * 100);

/**
 * Where the host gives a key, keeps the TraceIDs of opens, so that the next page continues the same access, and the
 * register's records, to show when the register cannot be asked.
 */
export class Keeper {
  readonly #page: PageSide;
  readonly #tell: CheckContext['tell'];
  readonly #now: () => Instant;
  readonly #store: SealedStore;
  #keyed = new WeakMap<Check, Keyed>();

  constructor(page: PageSide, tell: CheckContext['tell'], now: () => Instant) {
    this.#page = page;
    this.#tell = tell;
    this.#now = now;
    this.#store = new SealedStore(now);
    void this.#store.tidy();
  }

  /** The host of this check's askers gives a key. */
  mayKeep(check: Check, asker: string): void {
    let key: Key | undefined;
    this.#keyed.set(check, {
      key: () => {
        key ??= this.#page.storageKey([...check.askers][0] ?? asker);
        key.catch(() => undefined);
        return key;
      },
    });
  }

  /** An earlier page may have made this open: continue under its TraceID. */
  async recall(check: Check): Promise<void> {
    const keyed = this.#whoseOpenIsKept(check);
    if (keyed === undefined) return;
    const { question } = check;
    try {
      const kept = await within(storageTimeout(check), this.#store.findOpen(keyed.key(), question));
      if (kept === undefined || check.phase !== 'waiting') return;
      const { traceId, openedAt, adoptedBy } = kept;
      // An encounter has arrived meanwhile, and this access was for a different one.
      if (adoptedBy !== undefined && (keyed.adopter?.encounter ?? adoptedBy) !== adoptedBy) return;
      keyed.found = traceId;
      check.adopt({ traceId, openedAt, hasEncounter: question.open.encounter !== '' }, adoptedBy);
    } catch {
      keyed.isSlow = true;
    }
  }

  /** Called before the request leaves, so that the next page continues under its TraceID. */
  async keep(check: Check): Promise<void> {
    const keyed = this.#whoseOpenIsKept(check);
    if (keyed === undefined || (keyed.found === check.trace.traceId && keyed.isToBeWritten !== true)) return;
    const writing = this.#write(check, keyed);
    if (keyed.isSlow !== true) await within(storageTimeout(check), writing).catch(() => undefined);
  }

  /** An encounter has taken the open over: it is kept with and without the encounter, and no other may have it. */
  adopted(check: Check, open: PatientOpen): void {
    const keyed = this.#whoseOpenIsKept(check);
    if (keyed === undefined) return;
    keyed.adopter = open;
    keyed.isToBeWritten = true;
    // While it waits, its TraceID may still change.
    if (check.phase !== 'waiting') void this.#write(check, keyed);
  }

  heard(check: Check, news: RegisterNews): void {
    const keyed = this.#keyed.get(check);
    if (keyed?.isToBeWritten === true) void this.#write(check, keyed);
    if (news.kind === 'reply' && check.askers.size > 0 && keyed !== undefined)
      void this.#keepReply(check, news.reply, keyed);
  }

  /** With `stored`, storage too; otherwise only checks under way. */
  forget(stored: boolean): void {
    this.#keyed = new WeakMap();
    if (stored) void this.#store.forget();
  }

  #whoseOpenIsKept(check: Check): Keyed | undefined {
    return mayBeKept(check.question.open) ? this.#keyed.get(check) : undefined;
  }

  async #write({ question, trace }: Check, keyed: Keyed): Promise<void> {
    const { key, adopter } = keyed;
    const { traceId, openedAt } = trace;
    const adoptedBy = adopter && { adoptedBy: adopter.encounter };
    keyed.isToBeWritten = false;
    await this.#store.keepOpen(key(), question, { traceId, openedAt, ...adoptedBy });
    if (adopter !== undefined) await this.#store.keepOpen(key(), { ...question, open: adopter }, { traceId, openedAt });
  }

  async #keepReply(check: Check, reply: Reply, { key }: Keyed): Promise<void> {
    const { open } = check.question;
    const today = todayBy(this.#now(), clockOf(reply));
    const kept = toKeep(reply, today);
    const isWanted = kept === undefined && wantsLastKnown(answerOf(reply, today));
    if (kept === 'nothing-held') await this.#store.drop(key(), open);
    else if (kept !== undefined) await this.#store.keep(key(), open, kept);
    else if (isWanted) {
      const lastKnown = await this.#store.find(key(), open);
      if (lastKnown === undefined || !this.#keyed.has(check)) return;
      for (const waiting of check.askers) this.#tell(waiting, { kind: 'last-known', lastKnown });
      check.releaseAskers();
    }
  }
}
