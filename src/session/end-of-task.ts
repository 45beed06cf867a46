interface Scheduler {
  postTask(task: () => void, options: { priority: 'user-blocking' }): Promise<void>;
}

/** Resolves when the task at hand is over; before the browser draws, where it can be asked to. */
export const endOfTask = (): Promise<void> =>
  new Promise((resolve) => {
    // Whatever a host has put in the place of the one, the other comes.
    attempt(() => setTimeout(resolve));
    attempt(() => {
      const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
      scheduler?.postTask?.(resolve, { priority: 'user-blocking' }).catch(() => undefined);
    });
  });

function attempt(wait: () => unknown): void {
  try {
    wait();
  } catch {
    // The other way is left.
  }
}
