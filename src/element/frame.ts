/** The longest wait for a frame, in milliseconds: a page that is not seen draws none. */
const patience = 100;

/** Resolves when what has just been drawn has been handed to the screen. */
export const handedOver = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, patience);
    requestAnimationFrame(() => {
      setTimeout(resolve, 1);
    });
  });

/** Does something when the page has nothing better to do. */
export function whenIdle(then: () => void): void {
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(then);
  else setTimeout(then, patience);
}
