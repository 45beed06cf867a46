import type { Page } from 'puppeteer-core';

/** What can befall a worker: of the third alone does the browser tell the page. */
export const deaths = {
  'closes itself': 'self.close()',
  hangs: 'for (;;);',
  'throws what nobody catches': 'setTimeout(() => { throw new Error("broken") })',
  'no longer answers': 'self.postMessage = () => undefined',
} as const;
export type Death = keyof typeof deaths;

/** Befalls the page's workers from now on; those that are started later are not touched. */
export function befall(page: Page, death: Death): void {
  // One that hangs or is gone gives no answer.
  for (const worker of page.workers()) worker.evaluate(deaths[death]).catch(() => undefined);
}
