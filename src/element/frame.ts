import { afterFrame, endOfTask } from '../session/end-of-task.js';

/** The longest wait for a frame, in milliseconds: a hidden page draws none. */
const idleWithin = 100;

/** Resolves when what has just been drawn has been handed to the screen. */
export const handedOver = (): Promise<void> =>
  new Promise((resolve) => {
    try {
      setTimeout(resolve, idleWithin);
      requestAnimationFrame(() => void afterFrame().then(resolve));
    } catch {
      // The page cannot say when: assume the next task.
      void endOfTask().then(resolve);
    }
  });

/**
 * Does something when the page is idle; soon in any case, so that it does not fall in the middle of an open. Returns a
 * function that cancels it.
 */
export function whenIdle(then: () => void): () => void {
  let isWanted = true;
  const run = (): void => {
    if (!isWanted) return;
    try {
      then();
    } catch {
      // Work done ahead of need may fail unseen: the page need not hear of it.
    }
  };
  try {
    // A page that draws nothing may have no idle moment until it draws again.
    requestIdleCallback(run, { timeout: idleWithin });
  } catch {
    // Safari has no idle callbacks.
    setTimeout(run, idleWithin);
  }
  return () => {
    isWanted = false;
  };
}
