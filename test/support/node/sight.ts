import type { Page } from 'puppeteer-core';

/**
 * What a whole Chrome does with a tab that nobody looks at: hides it, and after a while stands it still. (It discards one
 * as a crash does, without a word to the page: `Tab.end`.)
 */
export const outOfSight = ['hidden', 'frozen'] as const;
export type OutOfSight = (typeof outOfSight)[number];

/** For a page in a window of its own. */
export async function hide(page: Page, how: OutOfSight): Promise<void> {
  await setWindow(page, 'minimized');
  if (how === 'frozen') await setLife(page, 'frozen');
}

/** Somebody looks at it again. */
export async function show(page: Page): Promise<void> {
  await setLife(page, 'active');
  await setWindow(page, 'normal');
}

async function setWindow(page: Page, windowState: 'minimized' | 'normal'): Promise<void> {
  const session = await page.createCDPSession();
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  await session.detach();
}

async function setLife(page: Page, state: 'frozen' | 'active'): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Page.setWebLifecycleState', { state });
  await session.detach();
}
