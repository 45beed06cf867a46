import type { PatientOpen } from '../domain/patient-open.js';
import type { Flight } from './flight.js';
import { openName } from './open-name.js';
import { Tabs, type Known } from './tabs.js';

/** What the leading tab does: the check itself, within so many seconds. */
export type Check = (seconds: number) => Promise<void>;

/**
 * The opens that this tab may share with others (safety rule 4): one tab leads, asks and tells the rest; when it is
 * gone, the next in turn asks again under the same TraceID.
 */
export class Sharing {
  readonly #flights = new Map<string, Flight>();
  readonly #names = new WeakMap<Flight, string>();
  #tabs: Tabs | undefined;

  /** Resolves when the check is over, whoever made it. */
  async share(flight: Flight, check: Check): Promise<void> {
    const { open, timeout } = flight.question;
    const startedAt = performance.now();
    const late = setTimeout(() => {
      this.#timeOut(flight);
    }, timeout * 1000);
    try {
      const tabs = (this.#tabs ??= this.#listen());
      const name = await this.#name(flight, open);
      tabs.join(name);
      await tabs.inTurn(name, flight.abort.signal, async () => {
        await this.#lead(tabs, name, flight, () => check(timeout - (performance.now() - startedAt) / 1000));
      });
    } catch {
      // Where locks or channels are refused there are no other tabs to share with.
      if (flight.phase === 'waiting' && !flight.abort.signal.aborted) {
        flight.begin();
        await check(timeout);
        flight.finish();
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
    this.#flights.set(await openName(open), flight);
  }

  /** Drops the flights that are kept no longer. */
  tidy(isKept: (flight: Flight) => boolean): void {
    for (const [name, flight] of this.#flights) if (!isKept(flight)) this.#flights.delete(name);
  }

  forget(): void {
    this.#tabs?.end();
    this.#tabs = undefined;
    this.#flights.clear();
  }

  async #name(flight: Flight, open: PatientOpen): Promise<string> {
    const name = await openName(open);
    this.#flights.set(name, flight);
    this.#names.set(flight, name);
    return name;
  }

  async #lead(tabs: Tabs, name: string, flight: Flight, check: () => Promise<void>): Promise<void> {
    const others = await tabs.lead(name, flight.trace);
    if (flight.phase !== 'waiting') return;
    for (const known of firstOpenedFirst(others)) if (isFirst(known, flight)) flight.learn(known);
    // What was learnt may have been the whole answer.
    if ((flight.phase as Flight['phase']) === 'over') return;
    flight.isTraceKnown = true;
    flight.begin();
    this.tell(flight);
    await check();
    flight.finish();
  }

  #timeOut(flight: Flight): void {
    if (flight.phase !== 'waiting') return;
    const { nhsNumber } = flight.question.open;
    flight.tell({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason: 'timed-out', mayHaveLeft: true } });
    flight.finish();
  }

  #listen(): Tabs {
    const waiting = (name: string): Flight | undefined => {
      const flight = this.#flights.get(name);
      return flight?.phase === 'waiting' ? flight : undefined;
    };
    return new Tabs({
      known: (name) => {
        const flight = this.#flights.get(name);
        return flight?.isTraceKnown === true ? flight.known : undefined;
      },
      otherLeads: (name, trace) => {
        const flight = waiting(name);
        if (flight?.isTraceKnown === false) flight.adopt(trace);
      },
      hear: (name, known) => {
        waiting(name)?.learn(known);
      },
    });
  }
}

const firstOpenedFirst = (known: readonly Known[]): readonly Known[] =>
  [...known].sort((one, other) => one.trace.openedAt - other.trace.openedAt);

/** Of two tabs that made the same open unknown to each other, the first keeps its TraceID. */
const isFirst = ({ trace }: Known, flight: Flight): boolean =>
  !flight.isTraceKnown || trace.traceId === flight.trace.traceId || trace.openedAt < flight.trace.openedAt;
