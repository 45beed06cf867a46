import type { PageSide } from '../contract/register-service.js';
import type { Instant } from '../domain/calendar.js';
import { isFresh } from '../domain/freshness.js';
import type { PatientOpen } from '../domain/patient-open.js';
import type { Check } from './check.js';
import { openName } from './open-name.js';
import type { Known, Trace } from './tab-messages.js';
import { Tabs } from './tabs.js';
import type { Outcome, Turn } from './turn.js';

/** Asks the register within this many seconds. */
export type Ask = (seconds: number) => Promise<void>;

/**
 * The opens that this tab may share with others (safety rule 4): one tab leads, asks and tells the rest. If it goes,
 * the next in turn asks again under the same TraceID. Every tab keeps every TraceID it hears, even of opens that are
 * not (yet) its own: it may become the only tab that knows it.
 */
export class SharedChecks {
  readonly #page: Pick<PageSide, 'here'>;
  readonly #now: () => Instant;
  readonly #checks = new Map<string, Check>();
  readonly #traces = new Map<string, Trace>();
  readonly #names = new WeakMap<Check, string>();
  #tabs: Tabs | undefined;

  constructor(page: Pick<PageSide, 'here'>, now: () => Instant) {
    this.#page = page;
    this.#now = now;
    this.#listen();
  }

  /**
   * Resolves when the check is over, whichever tab made it. `recall` runs before other tabs are told this tab's
   * TraceID, since the check may continue under an earlier page's.
   */
  async share(check: Check, recall: () => Promise<void>, ask: Ask): Promise<void> {
    const { open, timeout } = check.question;
    const startedAt = performance.now();
    const late = setTimeout(() => {
      this.#timeOut(check);
    }, timeout * 1000);
    try {
      const tabs = this.#tabs ?? this.#listen();
      if (tabs === undefined) throw new Error('no other tabs');
      const name = await this.#name(check, open);
      tabs.join(name);
      const { signal } = check.abort;
      const beat = (): void => {
        this.#beat(tabs, name, check);
      };
      await tabs.inTurn(name, { signal, timeout, beat }, async (turn) => {
        await recall();
        return this.#lead(tabs, name, check, turn, () => ask(timeout - (performance.now() - startedAt) / 1000));
      });
    } catch {
      // Where locks or channels are refused there are no other tabs to share with.
      if (check.phase === 'waiting' && !check.abort.signal.aborted) {
        await recall();
        if ((check.phase as Check['phase']) === 'waiting') await check.run(() => ask(timeout));
      }
    } finally {
      clearTimeout(late);
    }
  }

  /** Tells the other tabs the leader's news. */
  tell(check: Check): void {
    const name = this.#names.get(check);
    if (name !== undefined) this.#tabs?.tell(name, check.known);
  }

  /** Whether another tab waits for this tab's answer. */
  async isAwaited(check: Check): Promise<boolean> {
    const name = this.#names.get(check);
    return name !== undefined && this.#tabs !== undefined && (await this.#tabs.isAwaited(name).catch(() => false));
  }

  /** Gives the open a second name: an encounter has arrived for it. */
  async alsoNamed(check: Check, open: PatientOpen): Promise<void> {
    this.#keep(await openName(open), check, { ...check.trace, hasEncounter: true });
  }

  /** Drops answers too old to serve anybody, and TraceIDs without an encounter that are older than `seconds`. */
  tidy(seconds: number): void {
    for (const [name, check] of this.#checks) if (!check.serves()) this.#checks.delete(name);
    for (const [name, { hasEncounter, openedAt }] of this.#traces)
      if (!hasEncounter && !isFresh(openedAt, seconds, this.#now())) this.#forgetTrace(name);
  }

  /** With `leaving`, also stops sharing until the next open. */
  forget(leaving: boolean): void {
    for (const name of this.#traces.keys()) this.#forgetTrace(name);
    if (leaving) {
      this.#tabs?.end();
      this.#tabs = undefined;
    }
    this.#checks.clear();
  }

  async #name(check: Check, open: PatientOpen): Promise<string> {
    const name = await openName(open);
    const known = this.#known(name);
    this.#checks.set(name, check);
    this.#names.set(check, name);
    if (known !== undefined && isFirst(known, check)) check.learn(known);
    return name;
  }

  /** This tab asks under this TraceID. */
  #keep(name: string, check: Check, trace: Trace): void {
    this.#checks.set(name, check);
    this.#traces.set(name, trace);
    this.#tabs?.mark(name, trace);
  }

  /** Another tab asks under this TraceID. */
  #follow(name: string, trace: Trace): void {
    if (this.#traces.get(name)?.traceId !== trace.traceId) this.#forgetTrace(name);
    this.#traces.set(name, trace);
  }

  #forgetTrace(name: string): void {
    this.#traces.delete(name);
    this.#tabs?.unmark(name);
  }

  /** While a token is wanted, beats only if the page responds: a frozen page is like a hung worker. */
  #beat(tabs: Tabs, name: string, check: Check): void {
    const beat = (): void => {
      tabs.beat(name);
    };
    if (check.needsPage) this.#page.here().then(beat, () => undefined);
    else beat();
  }

  async #lead(tabs: Tabs, name: string, check: Check, turn: Turn, ask: () => Promise<void>): Promise<Outcome> {
    const over = (): Outcome | undefined => (turn.isLost ? 'lost' : check.phase === 'waiting' ? undefined : 'done');
    const before = over();
    if (before !== undefined) return before;
    const others = await tabs.lead(name, check.trace, turn);
    const after = over();
    if (after !== undefined) return after;
    for (const known of firstOpenedFirst(others)) if (isFirst(known, check)) check.learn(known);
    // The other tabs may have given the whole answer.
    if (check.phase === 'over') return 'done';
    check.isTraceKnown = true;
    this.#keep(name, check, check.trace);
    await check.run(() => {
      this.tell(check);
      return ask();
    });
    return 'done';
  }

  #timeOut(check: Check): void {
    if (check.phase !== 'waiting') return;
    const { nhsNumber } = check.question.open;
    check.tell({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason: 'timed-out', mayHaveLeft: true } });
    check.finish();
  }

  /** What this tab knows of an open, if others may rely on it. */
  #known(name: string): Known | undefined {
    const trace = this.#traces.get(name);
    if (trace === undefined) return undefined;
    const check = this.#checks.get(name);
    return check?.trace.traceId === trace.traceId
      ? { ...check.known, trace }
      : { trace, askingId: '', told: [], underWay: false, answeredAt: undefined };
  }

  /** Listens from the first banner on, to miss no TraceID; `undefined` where sharing is impossible. */
  #listen(): Tabs | undefined {
    const waiting = (name: string): Check | undefined => {
      const check = this.#checks.get(name);
      return check?.phase === 'waiting' ? check : undefined;
    };
    try {
      return (this.#tabs = new Tabs({
        known: (name) => this.#known(name),
        otherLeads: (name, trace) => {
          if (this.#traces.has(name)) return;
          this.#follow(name, trace);
          waiting(name)?.adopt(trace);
        },
        hear: (name, known) => {
          // While this tab is asking, the others follow it; it does not follow them.
          if (this.#checks.get(name)?.phase === 'asking') return;
          this.#follow(name, known.trace);
          waiting(name)?.learn(known);
        },
      }));
    } catch {
      return undefined;
    }
  }
}

const firstOpenedFirst = (known: readonly Known[]): readonly Known[] =>
  [...known].sort((one, other) => one.trace.openedAt - other.trace.openedAt);

/** If two tabs made the same open independently, the first keeps its TraceID. */
const isFirst = ({ trace }: Known, check: Check): boolean =>
  !check.isTraceKnown || trace.traceId === check.trace.traceId || trace.openedAt < check.trace.openedAt;
