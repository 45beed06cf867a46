import { build } from '../contract/build.js';
import { isMessage, type Known, type Message, type Trace } from './tab-messages.js';

/** This tab's part in the talk between tabs; opens go by their names (open-name.ts). */
export interface Listener {
  /** What this tab knows of an open, if others may rely on it. */
  known(name: string): Known | undefined;
  /** Another tab is about to ask, and would use that TraceID. */
  otherLeads(name: string, trace: Trace): void;
  /** Another tab says what it knows. */
  hear(name: string, known: Known): void;
}

/** Channel and locks bear no open but by its SHA-256, and the build: tabs of another build are not talked to. */
const talk = `cp-is-banner ${build}`;
/** How long the leader waits for every other tab to have heard, in milliseconds: one of them may be stuck. */
const patience = 250;

/**
 * The tabs, frames and workers of one origin that may share an open: a lock by which one at a time leads, and a channel
 * on which all are told. In memory only.
 */
export class Tabs {
  readonly #listener: Listener;
  readonly #locks: LockManager;
  readonly #channel: BroadcastChannel;
  readonly #calls = new Map<string, (known: Known | undefined) => void>();
  readonly #end = new AbortController();

  /** Throws where there is nobody to share with: no secure context, or an opaque origin. */
  constructor(listener: Listener) {
    this.#listener = listener;
    if (!('locks' in navigator)) throw new Error('no locks here');
    this.#locks = navigator.locks;
    this.#channel = new BroadcastChannel(talk);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isMessage(data)) this.#hear(data);
    };
    // Held for as long as this tab listens, so that a leader knows how many there are to hear it.
    this.#locks
      .request(
        talk,
        { mode: 'shared', signal: this.#end.signal },
        () =>
          new Promise((resolve) => {
            this.#end.signal.addEventListener('abort', resolve);
          }),
      )
      .catch(() => undefined);
  }

  /** Asks the others what they know of an open. */
  join(name: string): void {
    this.#say({ say: 'join', name });
  }

  /** Runs `work` when this tab's turn has come to ask about an open. Rejects when aborted, or where locks are refused. */
  inTurn(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    return this.#locks.request(`${talk} ${name}`, { signal }, work);
  }

  /** Says under which TraceID this tab is about to ask; what the others know, once all of them have heard. */
  async lead(name: string, trace: Trace): Promise<readonly Known[]> {
    const { held = [] } = await this.#locks.query();
    const others = held.filter((lock) => lock.name === talk).length - 1;
    if (others < 1) return [];
    const call = crypto.randomUUID();
    const known: Known[] = [];
    await new Promise<void>((resolve) => {
      let heard = 0;
      setTimeout(resolve, patience);
      this.#calls.set(call, (answer) => {
        if (answer !== undefined) known.push(answer);
        if (++heard === others) resolve();
      });
      this.#say({ say: 'lead', name, trace, call });
    });
    this.#calls.delete(call);
    return known;
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

  /** Listens and speaks no more. */
  end(): void {
    this.#end.abort();
    this.#channel.close();
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
      case 'heard':
        this.#calls.get(message.call)?.(message.known);
    }
  }

  #say(message: Message): void {
    if (!this.#end.signal.aborted) this.#channel.postMessage(message);
  }
}
