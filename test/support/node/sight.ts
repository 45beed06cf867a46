import type { Page } from 'puppeteer-core';

import { engine } from './engine.js';
import { crashFirefoxTab, setFirefoxTabHidden } from './engines/firefox-window.js';

export type OutOfSight = 'hidden' | 'frozen';

/** What a browser does with a tab that nobody looks at: it hides it, and a full Chrome freezes it after a while. */
export const outOfSight: readonly OutOfSight[] = engine === 'firefox' ? ['hidden'] : ['hidden', 'frozen'];

/** Ends a tab without a word to its page, as a crash does, or a browser that discards it. */
export async function crash(page: Page): Promise<void> {
  if (engine === 'firefox') return crashFirefoxTab(page);
  const session = await page.createCDPSession();
  const gone = new Promise<void>((resolve) => page.once('error', () => resolve()));
  await Promise.race([session.send('Page.crash'), gone]).catch(() => undefined);
}

/** For a page in a window of its own. */
export async function hide(page: Page, how: OutOfSight): Promise<void> {
  if (engine === 'firefox') return setFirefoxTabHidden(page, true);
  await setWindow(page, 'minimized');
  if (how === 'frozen') await setLife(page, 'frozen');
}

/** Shows the page again. */
export async function show(page: Page): Promise<void> {
  if (engine === 'firefox') return setFirefoxTabHidden(page, false);
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
