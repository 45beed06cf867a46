import type { PageSide } from '../contract/register-service.js';
import type { Instant } from '../domain/calendar.js';
import { isFresh } from '../domain/freshness.js';
import type { PatientOpen } from '../domain/patient-open.js';
import type { Flight } from './flight.js';
import { openName } from './open-name.js';
import type { Known, Trace } from './tab-messages.js';
import { Tabs } from './tabs.js';
import type { Outcome, Turn } from './turn.js';

/** The check itself, within so many seconds. */
export type Check = (seconds: number) => Promise<void>;

/**
 * The opens that this tab may share with others (safety rule 4): one tab leads, asks and tells the rest; when it is
 * gone, the next in turn asks again under the same TraceID. Every tab keeps every TraceID it hears of, also of opens
 * that are not (yet) its own, since it may be the only one left that knows.
 */
export class Sharing {
  readonly #page: Pick<PageSide, 'here'>;
  readonly #now: () => Instant;
  readonly #flights = new Map<string, Flight>();
  readonly #traces = new Map<string, Trace>();
  readonly #names = new WeakMap<Flight, string>();
  #tabs: Tabs | undefined;

  constructor(page: Pick<PageSide, 'here'>, now: () => Instant) {
    this.#page = page;
    this.#now = now;
    this.#listen();
  }

  /**
   * Resolves when the check is over, whoever made it. `recall` comes before anybody is told under which TraceID this tab
   * asks: an earlier page's may be gone on with.
   */
  async share(flight: Flight, recall: () => Promise<void>, check: Check): Promise<void> {
    const { open, timeout } = flight.question;
    const startedAt = performance.now();
    const late = setTimeout(() => {
      this.#timeOut(flight);
    }, timeout * 1000);
    try {
      const tabs = this.#tabs ?? this.#listen();
      if (tabs === undefined) throw new Error('no other tabs');
      const name = await this.#name(flight, open);
      tabs.join(name);
      const { signal } = flight.abort;
      const beat = (): void => {
        this.#beat(tabs, name, flight);
      };
      await tabs.inTurn(name, { signal, timeout, beat }, async (turn) => {
        await recall();
        return this.#lead(tabs, name, flight, turn, () => check(timeout - (performance.now() - startedAt) / 1000));
      });
    } catch {
      // Where locks or channels are refused there are no other tabs to share with.
      if (flight.phase === 'waiting' && !flight.abort.signal.aborted) {
        await recall();
        if ((flight.phase as Flight['phase']) === 'waiting') await flight.fly(() => check(timeout));
      }
    } finally {
      clearTimeout(late);
    }
  }

  /** The leader has news of its check. */
  tell(flight: Flight): void {
    const name = this.#names.get(flight);
    if (name !== undefined) this.#tabs?.tell(name, flight.known);
  }

  /** Whether a tab waits for what this one has asked. */
  async isAwaited(flight: Flight): Promise<boolean> {
    const name = this.#names.get(flight);
    return name !== undefined && this.#tabs !== undefined && (await this.#tabs.isAwaited(name).catch(() => false));
  }

  /** The open goes by this name too: an encounter has arrived for it. */
  async alsoNamed(flight: Flight, open: PatientOpen): Promise<void> {
    this.#keep(await openName(open), flight, { ...flight.trace, hasEncounter: true });
  }

  /** Lets go of answers that serve nobody, and of TraceIDs without an encounter that are older than `seconds`. */
  tidy(seconds: number): void {
    for (const [name, flight] of this.#flights) if (!flight.serves()) this.#flights.delete(name);
    for (const [name, { hasEncounter, openedAt }] of this.#traces)
      if (!hasEncounter && !isFresh(openedAt, seconds, this.#now())) this.#forgetTrace(name);
  }

  /** `leaving`: takes no further part, until the next open. */
  forget(leaving: boolean): void {
    for (const name of this.#traces.keys()) this.#forgetTrace(name);
    if (leaving) {
      this.#tabs?.end();
      this.#tabs = undefined;
    }
    this.#flights.clear();
  }

  async #name(flight: Flight, open: PatientOpen): Promise<string> {
    const name = await openName(open);
    const known = this.#known(name);
    this.#flights.set(name, flight);
    this.#names.set(flight, name);
    if (known !== undefined && isFirst(known, flight)) flight.learn(known);
    return name;
  }

  /** This tab asks under that TraceID. */
  #keep(name: string, flight: Flight, trace: Trace): void {
    this.#flights.set(name, flight);
    this.#traces.set(name, trace);
    this.#tabs?.mark(name, trace);
  }

  /** Another tab asks under that TraceID. */
  #follow(name: string, trace: Trace): void {
    if (this.#traces.get(name)?.traceId !== trace.traceId) this.#forgetTrace(name);
    this.#traces.set(name, trace);
  }

  #forgetTrace(name: string): void {
    this.#traces.delete(name);
    this.#tabs?.unmark(name);
  }

  /** While a token is wanted, a page that stands still keeps the others waiting as a worker does that hangs. */
  #beat(tabs: Tabs, name: string, flight: Flight): void {
    const beat = (): void => {
      tabs.beat(name);
    };
    if (flight.needsPage) this.#page.here().then(beat, () => undefined);
    else beat();
  }

  async #lead(tabs: Tabs, name: string, flight: Flight, turn: Turn, check: () => Promise<void>): Promise<Outcome> {
    const over = (): Outcome | undefined => (turn.isLost ? 'lost' : flight.phase === 'waiting' ? undefined : 'done');
    const before = over();
    if (before !== undefined) return before;
    const others = await tabs.lead(name, flight.trace, turn);
    const after = over();
    if (after !== undefined) return after;
    for (const known of firstOpenedFirst(others)) if (isFirst(known, flight)) flight.learn(known);
    // What was learnt may have been the whole answer.
    if (flight.phase === 'over') return 'done';
    flight.isTraceKnown = true;
    this.#keep(name, flight, flight.trace);
    await flight.fly(() => {
      this.tell(flight);
      return check();
    });
    return 'done';
  }

  #timeOut(flight: Flight): void {
    if (flight.phase !== 'waiting') return;
    const { nhsNumber } = flight.question.open;
    flight.tell({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason: 'timed-out', mayHaveLeft: true } });
    flight.finish();
  }

  /** What this tab knows of an open that others may rely on. */
  #known(name: string): Known | undefined {
    const trace = this.#traces.get(name);
    if (trace === undefined) return undefined;
    const flight = this.#flights.get(name);
    return flight?.trace.traceId === trace.traceId
      ? { ...flight.known, trace }
      : { trace, run: '', told: [], underWay: false, answeredAt: undefined };
  }

  /** From the first banner on, so that no TraceID is missed; `undefined` where there is nobody to share with. */
  #listen(): Tabs | undefined {
    const waiting = (name: string): Flight | undefined => {
      const flight = this.#flights.get(name);
      return flight?.phase === 'waiting' ? flight : undefined;
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
          // What this tab asks at this moment the others go by, not the other way round.
          if (this.#flights.get(name)?.phase === 'asking') return;
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

/** Of two tabs that made the same open unknown to each other, the first keeps its TraceID. */
const isFirst = ({ trace }: Known, flight: Flight): boolean =>
  !flight.isTraceKnown || trace.traceId === flight.trace.traceId || trace.openedAt < flight.trace.openedAt;
