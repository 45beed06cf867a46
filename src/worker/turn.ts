/** How often the tab that has the turn beats, in milliseconds. */
const beatEvery = 250;
/** How long it may be silent before another tab may take the turn, in milliseconds. */
const silences = { least: 2 * beatEvery, most: 2000 };

/** One tab's turn to ask about an open. */
export interface Turn {
  /** The Web Locks client that the turn was taken from, if any: it went silent, but may have asked. */
  readonly takenFrom: string | undefined;
  /** The turn has been taken from this tab. */
  isLost: boolean;
}

export interface Waiting {
  /** Aborted when there is no longer anything to wait for. */
  readonly signal: AbortSignal;
  /** Seconds that the waiting tab has in all: the turn may be silent for a third of them. */
  readonly timeout: number;
  /** Tells the others that this tab, which has the turn, is there. */
  readonly beat: () => void;
  /** Calls back on each beat of the tab that has the turn; returns a function that stops it. */
  readonly onBeat: (heard: () => void) => () => void;
}

/** How a turn ended: `lost` before anything was asked, so that this tab must wait again. */
export type Outcome = 'done' | 'lost';

/**
 * Runs `work` in this tab's turn, under a lock that others may take once its holder is silent: a hung worker or a
 * frozen tab would keep it for ever. Rejects when aborted while it waits, or where locks are refused.
 */
export async function inTurn(
  locks: LockManager,
  lock: string,
  waiting: Waiting,
  work: (turn: Turn) => Promise<Outcome>,
): Promise<void> {
  const nextTurn = (): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      new WaitForTurn(locks, lock, waiting, work, { resolve, reject }).begin();
    });
  while ((await nextTurn()) === 'lost');
}

interface Settle {
  readonly resolve: (outcome: Promise<Outcome>) => void;
  readonly reject: (reason: Error) => void;
}

/** One wait for the turn, and the work once the turn comes. */
class WaitForTurn {
  readonly #locks: LockManager;
  readonly #lock: string;
  readonly #waiting: Waiting;
  readonly #work: (turn: Turn) => Promise<Outcome>;
  readonly #settle: Settle;
  readonly #queue = new AbortController();
  /** In milliseconds, with jitter: of many waiting tabs, one takes the turn and beats before the others would. */
  readonly #silenceAllowed: number;
  #unlisten = (): void => undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #turn: Turn | undefined;
  #isTaking = false;

  constructor(
    locks: LockManager,
    lock: string,
    waiting: Waiting,
    work: (turn: Turn) => Promise<Outcome>,
    settle: Settle,
  ) {
    this.#locks = locks;
    this.#lock = lock;
    this.#waiting = waiting;
    this.#work = work;
    this.#settle = settle;
    const third = (waiting.timeout * 1000) / 3;
    this.#silenceAllowed = Math.min(silences.most, Math.max(silences.least, third)) * (1 + Math.random() / 4);
  }

  begin(): void {
    const { signal, onBeat } = this.#waiting;
    this.#unlisten = onBeat(this.#waitForBeat);
    this.#waitForBeat();
    signal.addEventListener('abort', this.#giveUp);
    if (signal.aborted) this.#giveUp();
    else this.#queueUp();
  }

  #queueUp(): void {
    this.#locks
      .request(this.#lock, { signal: this.#queue.signal }, async () => {
        if (!this.#isTaking) await this.#hold();
      })
      .catch((error: unknown) => {
        if (!this.#isTaking) this.#refused(error);
      });
  }

  async #hold(takenFrom?: string): Promise<void> {
    const { signal, beat } = this.#waiting;
    if (this.#turn !== undefined || signal.aborted) return;
    this.#stopWaiting();
    const turn: Turn = (this.#turn = { takenFrom, isLost: false });
    beat();
    const beats = setInterval(() => {
      if (!turn.isLost) beat();
    }, beatEvery);
    const done = this.#work(turn);
    this.#settle.resolve(done);
    await done.catch(() => undefined);
    clearInterval(beats);
  }

  #refused(cause: unknown): void {
    if (this.#turn !== undefined) this.#turn.isLost = true;
    else this.#settle.reject(new Error('no locks here', { cause }));
  }

  async #take(): Promise<void> {
    const { held = [] } = await this.#locks.query();
    if (this.#turn !== undefined || this.#waiting.signal.aborted) return;
    const holder = held.find(({ name }) => name === this.#lock)?.clientId;
    if (holder === undefined) {
      this.#waitForBeat();
      return;
    }
    this.#isTaking = true;
    this.#queue.abort();
    this.#locks
      .request(this.#lock, { steal: true }, () => this.#hold(holder))
      .catch((error: unknown) => {
        this.#refused(error);
      });
  }

  readonly #waitForBeat = (): void => {
    clearTimeout(this.#silence);
    if (this.#isTaking) return;
    this.#silence = setTimeout(() => {
      this.#take().catch(() => undefined);
    }, this.#silenceAllowed);
  };

  readonly #giveUp = (): void => {
    this.#stopWaiting();
    this.#queue.abort();
    this.#settle.reject(new DOMException('Nobody waits', 'AbortError'));
  };

  #stopWaiting(): void {
    clearTimeout(this.#silence);
    this.#unlisten();
    this.#waiting.signal.removeEventListener('abort', this.#giveUp);
  }
}
