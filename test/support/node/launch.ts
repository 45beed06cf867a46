import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

import { browserArguments, browserPath, fullBrowserPath } from '../../../tools/browser.js';
import { engine } from './engine.js';
import { firefoxLaunch } from './engines/firefox.js';

/** For ever, for a machine that is busy with other things, in milliseconds. */
const forever = 90_000;

/** How a browser that hides the tab behind is started: Firefox, or a whole Chrome; `undefined` where there is none. */
export function wholeBrowser(): LaunchOptions | undefined {
  if (engine === 'firefox') return {};
  const executablePath = fullBrowserPath();
  return executablePath === undefined ? undefined : { executablePath };
}

/** What puppeteer carries from one realm of a tab to another when the tab ends is rejected twice, once to nobody. */
function allowLostHandles(fault: unknown): void {
  if (!String(fault).includes('no such frame')) throw fault;
}

/**
 * A real browser for tests under Node: what it is waited for is waited for long enough for a busy machine. With
 * `--engine=firefox` it is an installed Firefox, which takes none of Chromium's arguments.
 */
export async function launchBrowser(options: LaunchOptions = {}, ...more: readonly string[]): Promise<Browser> {
  if (engine === 'webkit') throw new Error('WebKit is driven by WebDriver alone: see engines/webkit-page.ts');
  const own =
    engine === 'firefox'
      ? firefoxLaunch()
      : { executablePath: await browserPath(), args: [...browserArguments, ...more] };
  if (engine === 'firefox' && !process.listeners('unhandledRejection').includes(allowLostHandles))
    process.on('unhandledRejection', allowLostHandles);
  const browser = await puppeteer.launch({ ...own, ...options, timeout: forever });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (...how) => {
    const page = await newPage(...how);
    page.setDefaultTimeout(forever);
    return page;
  };
  return browser;
}
