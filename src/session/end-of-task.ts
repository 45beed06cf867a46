import { eachInTurn } from './each-in-turn.js';

interface Scheduler {
  postTask(task: () => void, options: { priority: 'user-blocking' }): Promise<void>;
}

/** Resolves when the current task is over, and before the browser draws where the scheduler allows it. */
export const endOfTask = (): Promise<void> =>
  new Promise((resolve) => {
    // If the host has replaced one of these, the other still resolves.
    eachInTurn(
      () => setTimeout(resolve),
      () => {
        const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
        scheduler?.postTask?.(resolve, { priority: 'user-blocking' }).catch(() => undefined);
      },
    );
  });
