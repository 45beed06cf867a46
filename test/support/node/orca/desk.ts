import { setTimeout as wait } from 'node:timers/promises';

import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core';

import { browserArguments, fullBrowserPath } from '../../../../tools/browser.js';
import { nhsNumber } from '../../../fixtures/bundles.js';
import type { State } from '../../../fixtures/states.js';
import { startHost, type Host } from '../host-server.js';
import type { Keep } from '../setting-up.js';
import { comes, needOrca, startOrca, type OrcaSession } from './session.js';
import { wardPage } from './ward-page.js';

export const listenedTo = ['firefox', 'chromium'] as const;
export type ListenedTo = (typeof listenedTo)[number];

const paths: Readonly<Record<ListenedTo, () => string>> = {
  firefox: () => process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
  chromium: () => fullBrowserPath() ?? '/usr/bin/chromium',
};

const launches: Readonly<Record<ListenedTo, LaunchOptions>> = {
  firefox: {
    browser: 'firefox',
    args: ['--width', '1280', '--height', '960'],
    extraPrefsFirefox: { 'accessibility.force_disabled': -1, 'browser.aboutwelcome.enabled': false },
  },
  chromium: {
    args: [...browserArguments, '--force-renderer-accessibility', '--window-size=1280,960', '--window-position=0,0'],
  },
};

/** The properties of a tag that is opened in an ED, whatever they were before. */
const asOpened = { nhsNumber, nhsNumberStatus: 'verified', user: 'a nurse', careSetting: 'emergency-department' };
const asDefault = { registerApi: 'cp-is', attendance: undefined, homeAuthorities: '', service: '', discreet: false };

/** A nurse at a keyboard, who hears the page and does not see it. */
export class Desk {
  readonly #orca: OrcaSession;
  readonly #browser: Browser;
  readonly #host: Host;
  readonly page: Page;
  #opens = 0;

  private constructor(orca: OrcaSession, browser: Browser, host: Host, page: Page) {
    this.#orca = orca;
    this.#browser = browser;
    this.#host = host;
    this.page = page;
  }

  static async open(keep: Keep, which: ListenedTo): Promise<Desk> {
    needOrca({ [paths[which]()]: which === 'firefox' ? 'firefox-esr' : 'chromium' });
    const host = await keep(startHost());
    const orca = await startOrca(keep);
    const browser = await keep(
      puppeteer.launch({
        ...launches[which],
        executablePath: paths[which](),
        headless: false,
        defaultViewport: null,
        env: orca.environment,
        timeout: 90_000,
      }),
    );
    const [page = await browser.newPage()] = await browser.pages();
    page.setDefaultTimeout(90_000);
    const desk = new Desk(orca, browser, host, page);
    await page.goto((await host.site(wardPage)).url);
    await desk.#takeSeat();
    await desk.silence();
    return desk;
  }

  /**
   * Until somebody has clicked into the page, the address bar may have the keyboard, or the window may not exist yet.
   */
  async #takeSeat(): Promise<void> {
    const { speech, click } = this.#orca;
    for (let tries = 0; tries < 20; tries++) {
      await click(600, 700);
      await this.page.evaluate('document.activeElement.blur()');
      // A focus that leaves and returns at once is not reported to the screen reader.
      await wait(1000);
      await this.page.evaluate('document.getElementById("open").focus()');
      const isSaid = (): boolean => speech.said.some(({ text }) => text.startsWith('Open the record'));
      if (await comes(isSaid, 5_000)) return;
    }
    throw new Error(`Orca does not say where the focus is, but: ${speech.said.map(({ text }) => text).join(' / ')}`);
  }

  version(): Promise<string> {
    return this.#browser.version();
  }

  /** What is said during an action, until it is quiet again. Waits for at least this many texts. */
  async hear(action: () => Promise<unknown>, atLeast = 1): Promise<readonly string[]> {
    const { speech } = this.#orca;
    const from = speech.said.length;
    await action();
    // If a text does not come, the test will notice.
    await comes(() => speech.said.length >= from + atLeast, 60_000);
    await this.silence();
    return speech.said.slice(from).map(({ text, cut }) => (cut ? `${text} [cut short]` : text));
  }

  press(key: string): Promise<void> {
    return this.#orca.press(key);
  }

  /**
   * Opens the record with Enter, and waits until the tag shows the state. Where more must happen, it waits only for the
   * answer.
   */
  async openRecord(state: State, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { url } = await this.#host.site({ register: state.scripts });
    const encounter = `visit-${++this.#opens}`;
    const opening = { ...asDefault, ...asOpened, encounter, baseUrl: `${url}register`, ...state.properties, ...more };
    await this.page.evaluate((given) => Object.assign(globalThis, { opening: given }), opening);
    await this.press('Return');
    if (state.then === undefined) await this.#shows(state);
    else await this.page.waitForSelector('cp-is-banner:not([status=idle], [status=checking])');
  }

  /** Makes the rest happen, once the record is open, until the tag shows the state. */
  async happens(state: State): Promise<void> {
    await this.page.evaluate(state.then!);
    await this.#shows(state);
  }

  async #shows({ is: [status, reason] }: State): Promise<void> {
    const why = reason === undefined ? ':not([reason])' : `[reason=${reason}]`;
    await this.page.waitForSelector(`cp-is-banner[status=${status}]${why}:not([visits=loading])`);
  }

  /** Goes back to where the record is opened. What is said on the way is ignored. */
  async goBack(): Promise<void> {
    await this.hear(() => this.page.evaluate('back()'), 0);
  }

  /** Waits until nobody has said anything, or had anything to do, for two seconds. */
  async silence(): Promise<void> {
    const { speech } = this.#orca;
    let said = -1;
    let quiet = 0;
    while (quiet < 20) {
      await wait(100);
      quiet = this.#orca.isBusy() || speech.said.length !== said ? 0 : quiet + 1;
      said = speech.said.length;
    }
    speech.heardOut();
  }
}
