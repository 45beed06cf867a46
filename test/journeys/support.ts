import type { Browser, LaunchOptions, Page } from 'puppeteer-core';

import { startDemo, type DemoServer } from '../../demo/server/server.js';
import { inWindow } from '../../tools/browser.js';
import { launchBrowser } from '../support/node/launch.js';
import { watchForLeaks, type LeakWatch } from '../support/node/leak-watch.js';
import type { Keep } from '../support/node/setting-up.js';

export interface Stage {
  readonly demo: DemoServer;
  readonly browser: Browser;
  readonly leaks: LeakWatch;
}

/**
 * The demo as `npm start` runs it, with a browser. Taking it down fails when anything that identifies anyone has leaked
 * from its pages or servers.
 */
export async function setStage(keep: Keep, now?: () => number, options?: LaunchOptions): Promise<Stage> {
  const demo = await keep(startDemo(0, now));
  const browser = await keep(launchBrowser(options));
  return { demo, browser, leaks: await keep(watchForLeaks(browser), (leaks) => leaks.settle()) };
}

/** The ED's board, collecting every complaint of the page. */
export async function openBoard(stage: Stage): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openScreen(stage, 'ed');
  await opened.page.waitForSelector('[data-person]');
  return opened;
}

/** A screen of the demo by its folder's name, collecting every complaint of the page. */
export async function openScreen(
  { demo, browser }: Stage,
  name: string,
  search = '',
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage(inWindow);
  await page.setViewport({ width: 1280, height: 900 });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  // The test loader names functions with a helper that is missing where functions are sent to the page.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.goto(`${demo.url}/demo/${name}/${search}`);
  return { page, complaints };
}

export interface Read {
  readonly status: string;
  readonly visits: string;
  readonly heading: string;
  readonly contacts: readonly string[];
  readonly visitsSaid: string;
}

/** Opens a patient as a clinician does, and reads the banner when its answer is complete. */
export async function openPatient(page: Page, person: string): Promise<Read> {
  await page.waitForSelector(`[data-person="${person}"] a`);
  await page.$eval(`[data-person="${person}"] a`, (link) => {
    (link as HTMLElement).click();
  });
  return readBanner(page);
}

export async function backToBoard(page: Page): Promise<void> {
  await page.$eval('.steps__back', (link) => {
    (link as HTMLElement).click();
  });
  await page.waitForSelector('#record[hidden]');
}

export async function readBanner(page: Page): Promise<Read> {
  await page.waitForFunction(() => {
    const banner = document.querySelector('cp-is-banner');
    const status = banner?.getAttribute('status') ?? 'idle';
    return status !== 'idle' && status !== 'checking' && banner?.getAttribute('visits') !== 'loading';
  });
  return page.$eval('cp-is-banner', (banner) => {
    // Leaves out what only assistive technology gets.
    const heardOnly = new CSSStyleSheet();
    heardOnly.replaceSync('.unseen { display: none }');
    banner.shadowRoot?.adoptedStyleSheets.push(heardOnly);
    const texts = (selector: string): string[] =>
      [...(banner.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].map((element) =>
        element.innerText.replace(/[\s ]+/g, ' ').trim(),
      );
    const read = {
      status: banner.getAttribute('status') ?? '',
      visits: banner.getAttribute('visits') ?? '',
      heading: texts('[part=heading] h2, [part=heading] p')[0] ?? '',
      // Each number as it is drawn, with the authority and the line from its link's name.
      contacts: [...(banner.shadowRoot?.querySelectorAll('[part=contacts] a') ?? [])].map((link) =>
        (link.ariaLabel ?? '').replace(/^Ring /, ''),
      ),
      visitsSaid: texts('[part=visits] > div:first-child').join(' '),
    };
    banner.shadowRoot?.adoptedStyleSheets.pop();
    return read;
  });
}

export interface AccessRow {
  readonly author: string;
  readonly nhsNumber: string;
  readonly traceId: string;
}

/** The register's own table of accesses. */
export async function accessRows({ demo }: Stage): Promise<readonly AccessRow[]> {
  const response = await fetch(`${demo.url}/sandbox/accesses`);
  return (await response.json()) as readonly AccessRow[];
}
