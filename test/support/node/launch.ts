import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

import { browserArguments, browserPath } from '../../../tools/browser.js';
import { firefoxLaunch } from './engines/firefox.js';

/** For ever, for a machine that is busy with other things, in milliseconds. */
const forever = 90_000;

/**
 * A real browser for tests under Node: what it is waited for is waited for long enough for a busy machine. `ENGINE=firefox`
 * makes it an installed Firefox.
 */
export async function launchBrowser(options: LaunchOptions = {}, ...more: readonly string[]): Promise<Browser> {
  const chromium = { executablePath: await browserPath(), args: [...browserArguments, ...more], ...options };
  const isFirefox = process.env['ENGINE'] === 'firefox';
  const browser = await puppeteer.launch({ ...(isFirefox ? firefoxLaunch() : chromium), timeout: forever });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (...how) => {
    const page = await newPage(...how);
    page.setDefaultTimeout(forever);
    return page;
  };
  return browser;
}
