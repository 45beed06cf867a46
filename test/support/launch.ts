import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

import { browserArguments, browserPath } from './browser.js';

/** For ever, for a machine that is busy with other things, in milliseconds. */
const forever = 90_000;

/** A real browser for tests under Node: what it is waited for is waited for long enough for a busy machine. */
export async function launchBrowser(options: LaunchOptions = {}, ...more: readonly string[]): Promise<Browser> {
  const browser = await puppeteer.launch({
    executablePath: await browserPath(),
    args: [...browserArguments, ...more],
    timeout: forever,
    ...options,
  });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (...how) => {
    const page = await newPage(...how);
    page.setDefaultTimeout(forever);
    return page;
  };
  return browser;
}
