interface Scheduler {
  postTask(task: () => void, options: { priority: 'user-blocking' }): Promise<void>;
}

/** Does something when the task at hand is over; before the browser draws, where it can be asked to. */
export function afterTask(then: () => void): void {
  const { scheduler } = globalThis as { scheduler?: Partial<Scheduler> };
  if (scheduler?.postTask === undefined) setTimeout(then);
  else void scheduler.postTask(then, { priority: 'user-blocking' });
}
