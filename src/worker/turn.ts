/** How often whoever has the turn is heard, in milliseconds. */
const beatEvery = 250;
/** How long nothing need be heard of it before the turn is somebody else's, in milliseconds, at least and at most. */
const silences = { least: 2 * beatEvery, most: 2000 };

/** One tab's turn to ask about an open. */
export interface Turn {
  /** The client (of the Web Locks) that it was taken from: heard no more, it may have asked. */
  readonly takenFrom: string | undefined;
  /** It has been taken from this tab. */
  isLost: boolean;
}

export interface Waiting {
  /** Aborted when there is nothing to wait for any more. */
  readonly signal: AbortSignal;
  /** Seconds that whoever waits has in all: a third of them is patience enough. */
  readonly timeout: number;
  /** Lets the others hear that this tab, which has the turn, is there. */
  readonly beat: () => void;
  /** Calls back whenever the tab that has the turn is heard; gives back how to listen no more. */
  readonly onBeat: (heard: () => void) => () => void;
}

/** What became of a turn: `lost` before anything was asked, so that it is to be waited for again. */
export type Outcome = 'done' | 'lost';

/**
 * Runs `work` in this tab's turn: under a lock that is lent for as long as its holder is heard. A worker that hangs, or a
 * frozen tab, would keep it for ever. Rejects when aborted while it waits, or where locks are refused.
 */
export async function inTurn(
  locks: LockManager,
  lock: string,
  waiting: Waiting,
  work: (turn: Turn) => Promise<Outcome>,
): Promise<void> {
  while ((await nextTurn(locks, lock, waiting, work)) === 'lost');
}

function nextTurn(
  locks: LockManager,
  lock: string,
  { signal, timeout, beat, onBeat }: Waiting,
  work: (turn: Turn) => Promise<Outcome>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const queue = new AbortController();
    let turn: Turn | undefined;
    let isTaking = false;

    const hold = async (takenFrom?: string): Promise<void> => {
      if (turn !== undefined || signal.aborted) return;
      stopWaiting();
      const mine: Turn = (turn = { takenFrom, isLost: false });
      beat();
      const beats = setInterval(() => {
        if (!mine.isLost) beat();
      }, beatEvery);
      const done = work(mine);
      resolve(done);
      await done.catch(() => undefined);
      clearInterval(beats);
    };
    const refused = (cause: unknown): void => {
      if (turn !== undefined) turn.isLost = true;
      else reject(new Error('no lock here', { cause }));
    };
    const take = async (): Promise<void> => {
      const { held = [] } = await locks.query();
      if (turn !== undefined || signal.aborted) return;
      const holder = held.find(({ name }) => name === lock)?.clientId;
      if (holder === undefined) {
        waitForBeat();
        return;
      }
      isTaking = true;
      queue.abort();
      locks.request(lock, { steal: true }, () => hold(holder)).catch(refused);
    };

    // Of many who wait, one takes it, and is heard by the others before their time has come.
    const patience = Math.min(silences.most, Math.max(silences.least, (timeout * 1000) / 3)) * (1 + Math.random() / 4);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const waitForBeat = (): void => {
      clearTimeout(silence);
      if (!isTaking) silence = setTimeout(() => void take().catch(() => undefined), patience);
    };
    const listenNoMore = onBeat(waitForBeat);
    waitForBeat();
    const giveUp = (): void => {
      stopWaiting();
      queue.abort();
      reject(new DOMException('Nobody waits', 'AbortError'));
    };
    const stopWaiting = (): void => {
      clearTimeout(silence);
      listenNoMore();
      signal.removeEventListener('abort', giveUp);
    };
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) {
      giveUp();
      return;
    }
    locks
      .request(lock, { signal: queue.signal }, async () => {
        if (!isTaking) await hold();
      })
      .catch((error: unknown) => {
        if (!isTaking) refused(error);
      });
  });
}
