import type { Page } from 'puppeteer-core';

/** What can happen to a worker. The browser tells the page only about the third. */
export const deaths = {
  'closes itself': 'self.close()',
  // In a task of its own: Chromium cannot end a worker that hangs in what its debugger evaluates.
  hangs: 'setTimeout(() => { for (;;); })',
  'throws what nobody catches': 'setTimeout(() => { throw new Error("broken") })',
  'no longer answers': 'self.postMessage = () => undefined',
} as const;
export type Death = keyof typeof deaths;

/** Kills the page's workers in this way. Workers that start later are not touched. */
export function befall(page: Page, death: Death): void {
  // A worker that hangs or is gone gives no answer.
  for (const worker of page.workers()) worker.evaluate(deaths[death]).catch(() => undefined);
}
