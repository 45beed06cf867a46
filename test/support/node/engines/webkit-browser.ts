import { setTimeout as wait } from 'node:timers/promises';

import type { Browser, Page } from 'puppeteer-core';

import { openWebkitTab } from './webkit-tab.js';

type Work = string | ((...words: never[]) => unknown);

const forever = 90_000;

/** A script for the page that calls the function with the first matching element, or with all of them. */
const withElement = (work: Work): string =>
  `(selector, ...words) => {
    const element = document.querySelector(selector);
    if (element === null) throw new Error('failed to find element ' + selector);
    return (${String(work)})(element, ...words);
  }`;
const withElements = (work: Work): string =>
  `(selector, ...words) => (${String(work)})([...document.querySelectorAll(selector)], ...words)`;

/**
 * A WebKit tab that offers what the journeys use of puppeteer's. WebDriver cannot run a script before the page's own
 * (such a script runs as soon as the page is there), hears no console, and knows no workers, frames or requests.
 * Journeys that need those say so (`needing`).
 */
class WebkitTab {
  readonly #tab: Awaited<ReturnType<typeof openWebkitTab>>;
  readonly #complaints: string[];
  readonly #first: Work[] = [];
  #hear: (fault: Error) => void = () => undefined;
  #isClosed = false;

  constructor(tab: Awaited<ReturnType<typeof openWebkitTab>>, complaints: string[]) {
    this.#tab = tab;
    this.#complaints = complaints;
  }

  on(event: string, hear: (fault: Error) => void): void {
    if (event === 'pageerror') this.#hear = hear;
  }

  evaluateOnNewDocument(work: Work): Promise<void> {
    this.#first.push(work);
    return Promise.resolve();
  }

  async goto(url: string): Promise<void> {
    await this.#tab.goto(url);
    await this.#begin();
  }

  async reload(): Promise<void> {
    await this.#tab.reload();
    await this.#begin();
  }

  async #begin(): Promise<void> {
    for (const work of this.#first)
      await this.evaluate(typeof work === 'string' ? `() => { ${work} }` : work).catch(() => undefined);
  }

  async evaluate(work: Work, ...words: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#tab.evaluate(work, ...words);
    } finally {
      for (const complaint of this.#complaints.splice(0)) this.#hear(new Error(complaint));
    }
  }

  $eval(selector: string, work: Work, ...words: readonly unknown[]): Promise<unknown> {
    return this.evaluate(withElement(work), selector, ...words);
  }

  $$eval(selector: string, work: Work, ...words: readonly unknown[]): Promise<unknown> {
    return this.evaluate(withElements(work), selector, ...words);
  }

  async $(selector: string): Promise<object | null> {
    return (await this.evaluate('(wanted) => document.querySelector(wanted) !== null', selector)) ? {} : null;
  }

  async waitForFunction(work: Work, _how: object = {}, ...words: readonly unknown[]): Promise<void> {
    for (const late = Date.now() + forever; Date.now() < late;) {
      // A page that is being left gives no answer.
      if (await this.evaluate(work, ...words).catch(() => false)) return;
      await wait(50);
    }
    throw new Error(`Waited ${forever / 1000} s for ${String(work)}`);
  }

  waitForSelector(selector: string): Promise<void> {
    return this.waitForFunction('(wanted) => document.querySelector(wanted) !== null', {}, selector);
  }

  async waitForNavigation(): Promise<void> {
    await this.evaluate('() => { globalThis.isLeft = true; }');
    await this.waitForFunction("() => globalThis.isLeft === undefined && document.readyState === 'complete'");
    await this.#begin();
  }

  async click(selector: string): Promise<void> {
    await this.$eval(selector, '(element) => element.click()');
  }

  async select(selector: string, value: string): Promise<void> {
    await this.$eval(
      selector,
      `(element, value) => {
        element.value = value;
        for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true }));
      }`,
      value,
    );
  }

  setViewport({ width, height }: { width: number; height: number }): Promise<void> {
    return this.#tab.setViewport(width, height);
  }

  screenshot(): Promise<Buffer> {
    return this.#tab.screenshot();
  }

  isClosed(): boolean {
    return this.#isClosed;
  }

  frames(): readonly never[] {
    return [];
  }

  workers(): readonly never[] {
    return [];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tab.close();
  }
}

/** WebKit in the form of the journeys' browser. Each of its tabs is a browser of its own, and so a user of its own. */
export function launchWebkit(): { browser: Browser; version: () => string } {
  const tabs = new Set<WebkitTab>();
  let version = 'WebKit';
  const browser = {
    newPage: async () => {
      const complaints: string[] = [];
      const tab = await openWebkitTab('about:blank', complaints);
      version = tab.version;
      const page = new WebkitTab(tab, complaints);
      tabs.add(page);
      return page as unknown as Page;
    },
    close: async () => {
      for (const tab of tabs) if (!tab.isClosed()) await tab.close();
    },
  };
  return { browser: browser as unknown as Browser, version: () => version };
}
