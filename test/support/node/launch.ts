import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

import { browserArguments, browserPath, fullBrowserPath } from '../../../tools/browser.js';
import { engine } from './engine.js';
import { firefoxLaunch } from './engines/firefox.js';
import { launchWebkit } from './engines/webkit-browser.js';

/** In milliseconds. In effect for ever, even on a busy machine. */
const forever = 90_000;

let version = (): string => engine;
/** The name and version that the last browser started gave itself. */
export const engineVersion = (): string => version();

/**
 * How to start a browser that hides the tab behind another: another engine's, or a full Chrome. `undefined` where there
 * is none.
 */
export function wholeBrowser(): LaunchOptions | undefined {
  if (engine !== 'chromium') return {};
  const executablePath = fullBrowserPath();
  return executablePath === undefined ? undefined : { executablePath };
}

/**
 * When a tab ends while puppeteer moves a handle between its realms, the promise is rejected twice, once with no
 * handler.
 */
function allowLostHandles(fault: unknown): void {
  if (!String(fault).includes('no such frame')) throw fault;
}

/**
 * A real browser for tests under Node, with waits that are long enough for a busy machine. With `--engine=firefox` or
 * `webkit` it is an installed one, which takes none of Chromium's arguments.
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
