import { eachInTurn } from './each-in-turn.js';

interface When {
  readonly priority?: 'user-blocking';
  /** In milliseconds. */
  readonly delay?: number;
}

interface Scheduler {
  postTask(task: () => void, when: When): Promise<void>;
}

/** Resolves when the current task is over, and before the browser draws where the scheduler allows it. */
export const endOfTask = (): Promise<void> => inTask({ priority: 'user-blocking' });

/** Resolves in a task that comes a millisecond later: the frame that is being drawn has been handed over by then. */
export const afterFrame = (): Promise<void> => inTask({ delay: 1 });

const inTask = (when: When): Promise<void> =>
  new Promise((resolve) => {
    // If the host has replaced one of these, the other still resolves.
    eachInTurn(
      () => setTimeout(resolve, when.delay),
      () => {
        const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
        // Safari and Firefox before 142 have no scheduler. Only they ask for a second frame: an empty one holds up what
        // is drawn next.
        if (scheduler?.postTask === undefined) requestAnimationFrame(() => resolve());
        else scheduler.postTask(resolve, when).catch(() => undefined);
      },
    );
  });
