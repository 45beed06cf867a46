import { existsSync } from 'node:fs';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';

import { inWindow } from '../../../tools/browser.js';
import { MarkedRegister } from './marked-register.js';
import { watch } from './watch.js';
import { launchBrowser } from '../../support/node/launch.js';

/** The built tag in a real browser, with a register that marks its answers. */
export class Stage {
  readonly register = new MarkedRegister();
  /** Everything that a page complained of. */
  readonly complaints: string[] = [];
  readonly #options: LaunchOptions | undefined;
  #browser: Browser | undefined;
  #url = '';

  /** `options` are those of a full browser, which hides its tabs. */
  constructor(options?: LaunchOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    if (!existsSync('dist/cp-is-banner.worker.js')) throw new Error('The tag is not built: npm run build:tag');
    this.#url = await this.register.start();
    this.#browser = await launchBrowser(
      this.#options,
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
    );
  }

  /** A page with the tag registered, and with `watched` ready to examine its banners. */
  async newPage(): Promise<Page> {
    if (this.#browser === undefined) throw new Error('The stage is not open');
    const page = await this.#browser.newPage(inWindow);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    await page.setViewport({ width: 1280, height: 900 });
    // The test loader names functions with a helper that is missing where functions are sent to the page.
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await page.evaluateOnNewDocument(watch);
    await page.goto(this.#url);
    await page.waitForFunction(() => customElements.get('cp-is-banner') !== undefined);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.register.stop();
  }
}
