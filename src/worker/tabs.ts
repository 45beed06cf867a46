import { build } from '../contract/build.js';
import { isMessage, type Known, type Message, type Trace } from './tab-messages.js';
import { markOf, traceIn } from './trace-mark.js';
import { inTurn, type Outcome, type Turn, type Waiting } from './turn.js';

/** This tab's part in the talk between tabs; each open is identified by its name (open-name.ts). */
export interface Listener {
  /** What this tab knows of an open, if others may rely on it. */
  known(name: string): Known | undefined;
  /** Another tab is about to ask, under this TraceID. */
  otherLeads(name: string, trace: Trace): void;
  /** Another tab says what it knows. */
  hear(name: string, known: Known): void;
}

/** Starts each channel and lock name. Only tabs of one build talk, and an open appears only as its SHA-256. */
const talk = `cp-is-banner ${build}`;
/** How long the leader waits for every other tab to answer, in milliseconds: one of them may be stuck. */
const heardWithin = 250;

/**
 * The tabs, frames and workers of one origin that may share an open: a lock lets one lead at a time, and a channel
 * tells the rest. In memory only.
 */
export class Tabs {
  readonly #listener: Listener;
  readonly #locks: LockManager;
  readonly #channel: BroadcastChannel;
  readonly #calls = new Map<string, (known: Known | undefined) => void>();
  readonly #watchers = new Set<(name: string) => void>();
  readonly #marks = new Map<string, AbortController>();
  readonly #end = new AbortController();

  /** Throws where sharing is impossible: no secure context, or an opaque origin. */
  constructor(listener: Listener) {
    this.#listener = listener;
    if (!('locks' in navigator)) throw new Error('no locks here');
    this.#locks = navigator.locks;
    this.#channel = new BroadcastChannel(talk);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) this.#hear(data);
    };
    // Lets a leader count the tabs that should answer it.
    this.#hold(talk, this.#end.signal);
  }

  /** Asks the others what they know of an open. */
  join(name: string): void {
    this.#say({ say: 'join', name });
  }

  /** Runs `work` when it is this tab's turn to ask about an open. Rejects when aborted, or where locks are refused. */
  inTurn(name: string, waiting: Omit<Waiting, 'onBeat'>, work: (turn: Turn) => Promise<Outcome>): Promise<void> {
    const onBeat: Waiting['onBeat'] = (heard) => {
      const watch = (of: string): void => {
        if (of === name) heard();
      };
      this.#watchers.add(watch);
      return () => this.#watchers.delete(watch);
    };
    return inTurn(this.#locks, `${talk} ${name}`, { ...waiting, onBeat }, work);
  }

  /** Tells the others that this tab, which has the turn, is still there. */
  beat(name: string): void {
    this.#say({ say: 'beat', name });
  }

  /**
   * Announces the TraceID under which this tab is about to ask. Resolves, once all other tabs have answered, with what
   * they know, and with the marks of tabs that may be unable to answer.
   */
  async lead(name: string, trace: Trace, { takenFrom }: Turn): Promise<readonly Known[]> {
    const { held = [] } = await this.#locks.query();
    const known: Known[] = held.flatMap((lock) => {
      const marked = this.#marks.has(lock.name ?? '') ? undefined : traceIn(lock.name ?? '', `${talk} ${name}`);
      if (marked === undefined) return [];
      const underWay = takenFrom !== undefined && lock.clientId === takenFrom;
      return [{ trace: marked, askingId: '', told: [], underWay, answeredAt: undefined }];
    });
    const others = held.filter((lock) => lock.name === talk).length - 1;
    if (others < 1) return known;
    const call = crypto.randomUUID();
    await new Promise<void>((resolve) => {
      let heard = 0;
      setTimeout(resolve, heardWithin);
      this.#calls.set(call, (answer) => {
        if (answer !== undefined) known.push(answer);
        if (++heard === others) resolve();
      });
      this.#say({ say: 'lead', name, trace, call });
    });
    this.#calls.delete(call);
    return known;
  }

  /** Lets any later leader find this tab's TraceID, even when this tab hangs or is frozen. */
  mark(name: string, trace: Trace): void {
    const mark = markOf(`${talk} ${name}`, trace);
    if (this.#marks.has(mark)) return;
    this.unmark(name);
    const { signal } = this.#marks.set(mark, new AbortController()).get(mark)!;
    this.#hold(mark, signal);
  }

  /** Withdraws this tab's mark for this open. */
  unmark(name: string): void {
    for (const [mark, end] of this.#marks)
      if (traceIn(mark, `${talk} ${name}`) !== undefined) {
        this.#marks.delete(mark);
        end.abort();
      }
  }

  /** Tells the others how far this tab's check is. */
  tell(name: string, known: Known): void {
    this.#say({ say: 'known', name, known });
  }

  /** Whether another tab waits for its turn. */
  async isAwaited(name: string): Promise<boolean> {
    const { pending = [] } = await this.#locks.query();
    return pending.some((lock) => lock.name === `${talk} ${name}`);
  }

  /** Stops listening and speaking. */
  end(): void {
    this.#end.abort();
    for (const end of this.#marks.values()) end.abort();
    this.#channel.close();
  }

  /** Holds a shared lock, which keeps nobody out, until the signal aborts. */
  #hold(lock: string, signal: AbortSignal): void {
    const ended = new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    this.#locks.request(lock, { mode: 'shared', signal }, () => ended).catch(() => undefined);
  }

  #hear(message: Message): void {
    switch (message.say) {
      case 'join': {
        const known = this.#listener.known(message.name);
        if (known !== undefined) this.tell(message.name, known);
        return;
      }
      case 'known':
        this.#listener.hear(message.name, message.known);
        return;
      case 'lead':
        this.#say({ say: 'heard', call: message.call, known: this.#listener.known(message.name) });
        this.#listener.otherLeads(message.name, message.trace);
        return;
      case 'beat':
        for (const watch of this.#watchers) watch(message.name);
        return;
      case 'heard':
        this.#calls.get(message.call)?.(message.known);
    }
  }

  #say(message: Message): void {
    if (!this.#end.signal.aborted) this.#channel.postMessage(message);
  }
}
