import type { Browser, CreatePageOptions, Page } from 'puppeteer-core';

import { inWindow } from '../../../tools/browser.js';
import { crash } from './sight.js';

/** A tab with nothing but the built tag in it, in an emergency department, for one signed-in nurse. */
export interface Tab {
  readonly page: Page;
  /** Sets properties of the tag, all in one task. */
  readonly open: (properties: Readonly<Record<string, unknown>>) => Promise<void>;
  /** The present status and visits: `current shown`. */
  readonly says: () => Promise<string>;
  /** The same, once the check is over. */
  readonly answer: () => Promise<string>;
  /** Checks again, as the button does. */
  readonly check: () => Promise<void>;
  /** All the text in the tag. */
  readonly text: () => Promise<string>;
  readonly isGone: () => boolean;
  /** Ends it as a user's close or a crash does. Afterwards nothing in it runs any more. */
  readonly end: (how: 'closed' | 'crashed') => Promise<void>;
}

/**
 * Opens a tab at `url`, an origin that serves the tag and, without a page of that name, an empty page. Its tag allows
 * each check this many seconds.
 */
export async function openTab(
  browser: Browser,
  url: string,
  baseUrl: string,
  where: CreatePageOptions = inWindow,
  seconds = 60,
): Promise<Tab> {
  const page = await browser.newPage(where);
  let isGone = false;
  // The test loader names functions with a helper that is missing where functions are sent to the page.
  await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
  await page.goto(`${url}/no-page`);
  await page.evaluate(
    async (baseUrl, timeout) => {
      await import(new URL('/cp-is-banner.js', location.href).href);
      const banner = document.createElement('cp-is-banner');
      const accessToken = () => Promise.resolve('demo-ed-nurse');
      Object.assign(banner, { baseUrl, careSetting: 'emergency-department', user: 'nurse', timeout, accessToken });
      document.body.replaceChildren(banner);
    },
    baseUrl,
    seconds,
  );
  const says = (): Promise<string> =>
    page.$eval('cp-is-banner', (banner) => `${banner.getAttribute('status')} ${banner.getAttribute('visits')}`);
  return {
    page,
    open: (properties) =>
      page.$eval(
        'cp-is-banner',
        (banner, given) => {
          Object.assign(banner, { nhsNumberStatus: 'verified', ...given });
        },
        properties,
      ),
    says,
    answer: async () => {
      await page.waitForFunction(
        () => {
          const banner = document.querySelector('cp-is-banner');
          const status = banner?.getAttribute('status');
          return status !== 'checking' && status !== 'idle' && banner?.getAttribute('visits') !== 'loading';
        },
        // Polls, because a hidden tab draws no frames.
        { timeout: 90_000, polling: 20 },
      );
      return says();
    },
    check: () =>
      page.$eval('cp-is-banner', (banner) => {
        (banner as unknown as { check(): void }).check();
      }),
    text: () => page.$eval('cp-is-banner', (banner) => banner.shadowRoot?.textContent ?? ''),
    isGone: () => isGone,
    end: async (how) => {
      isGone = true;
      if (how === 'crashed') await crash(page);
      // A crashed tab may never report that it is closed.
      await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, 2000))]).catch(() => undefined);
    },
  };
}

/** Resolves when the workers of all these tabs, which are all tabs of the browser, listen to each other. */
export async function allListen(tabs: readonly Tab[]): Promise<void> {
  await tabs[0]?.page.waitForFunction(
    async (count) => {
      const { held = [] } = await navigator.locks.query();
      return held.filter(({ name }) => /^cp-is-banner \S+$/.test(name ?? '')).length >= count;
    },
    { timeout: 90_000, polling: 20 },
    tabs.length,
  );
}
