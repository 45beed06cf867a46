interface Scheduler {
  postTask(task: () => void, options: { priority: 'user-blocking' }): Promise<void>;
}

/** Resolves when the task at hand is over; before the browser draws, where it can be asked to. */
export const endOfTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
    try {
      const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
      scheduler?.postTask?.(resolve, { priority: 'user-blocking' }).catch(() => undefined);
    } catch {
      // Whatever stands in its place, the timer comes.
    }
  });
