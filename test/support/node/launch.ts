import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

import { browserArguments, browserPath, fullBrowserPath } from '../../../tools/browser.js';
import { engine } from './engine.js';
import { firefoxLaunch } from './engines/firefox.js';
import { launchWebkit } from './engines/webkit-browser.js';

/** For ever, for a machine that is busy with other things, in milliseconds. */
const forever = 90_000;

let version = (): string => engine;
/** Which browser the last one started was, as it says itself. */
export const engineVersion = (): string => version();

/** How a browser that hides the tab behind is started: another engine's, or a whole Chrome; `undefined` where there is none. */
export function wholeBrowser(): LaunchOptions | undefined {
  if (engine !== 'chromium') return {};
  const executablePath = fullBrowserPath();
  return executablePath === undefined ? undefined : { executablePath };
}

/** What puppeteer carries from one realm of a tab to another when the tab ends is rejected twice, once to nobody. */
function allowLostHandles(fault: unknown): void {
  if (!String(fault).includes('no such frame')) throw fault;
}

/**
 * A real browser for tests under Node: what it is waited for is waited for long enough for a busy machine. With
 * `--engine=firefox` or `webkit` it is an installed one, which takes none of Chromium's arguments.
 */
export async function launchBrowser(options: LaunchOptions = {}, ...more: readonly string[]): Promise<Browser> {
  if (engine === 'webkit') {
    const webkit = launchWebkit();
    version = webkit.version;
    return webkit.browser;
  }
  const own =
    engine === 'firefox'
      ? firefoxLaunch()
      : { executablePath: await browserPath(), args: [...browserArguments, ...more] };
  if (engine === 'firefox' && !process.listeners('unhandledRejection').includes(allowLostHandles))
    process.on('unhandledRejection', allowLostHandles);
  const browser = await puppeteer.launch({ ...own, ...options, timeout: forever });
  const said = await browser.version();
  version = () => said;
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (...how) => {
    const page = await newPage(...how);
    page.setDefaultTimeout(forever);
    return page;
  };
  return browser;
}
