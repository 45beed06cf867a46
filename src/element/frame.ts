import { endOfTask } from '../session/end-of-task.js';

/** The longest wait for a frame, in milliseconds: a page that is not seen draws none. */
const idleWithin = 100;

/** Resolves when what has just been drawn has been handed to the screen. */
export const handedOver = (): Promise<void> =>
  new Promise((resolve) => {
    try {
      setTimeout(resolve, idleWithin);
      requestAnimationFrame(() => setTimeout(resolve, 1));
    } catch {
      // Nobody says when: it is taken to be on the screen in the next task.
      void endOfTask().then(resolve);
    }
  });

/**
 * Does something when the page has nothing better to do; soon in any case, so that it is not done in the midst of an
 * open. Gives back how to call it off.
 */
export function whenIdle(then: () => void): () => void {
  let isWanted = true;
  const run = (): void => {
    if (!isWanted) return;
    try {
      then();
    } catch {
      // What is done ahead of need is not missed: the page it stands in is not told of a fault.
    }
  };
  try {
    // A page that draws nothing may not be called idle before it draws again.
    requestIdleCallback(run, { timeout: idleWithin });
  } catch {
    // Safari has no idle callbacks.
    setTimeout(run, idleWithin);
  }
  return () => {
    isWanted = false;
  };
}
