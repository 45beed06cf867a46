import type { Browser, Frame, Page, WebWorker } from 'puppeteer-core';

import { canariesIn } from '../canaries.js';
import { watchSinks, type Sunk } from '../sinks.js';
import { engine } from './engine.js';

export interface LeakWatch {
  /** Searches one last time, and throws when a canary has left memory in any page or in this process. */
  settle(): Promise<void>;
  /** Everything that is searched, by its place. What another process said can be added. */
  readonly sunk: Sunk[];
}

/**
 * The same watch as in the page, as a script for a page or a worker. It includes the helper with which the test loader
 * names functions.
 */
export const watchSinksText = `globalThis.__name ??= (named) => named; (${watchSinks.toString()})();`;

/** Every leak in these texts, each once: the canaries of every suite, and one case's own words. */
const leaksOf = (sunk: readonly Sunk[], words: readonly string[] = []): readonly string[] => [
  ...new Set(
    sunk.flatMap(([place, text]) =>
      [...canariesIn(text), ...words.filter((word) => text.includes(word))].map((canary) => `${place}: ${canary}`),
    ),
  ),
];

/**
 * Watches every page that this browser opens from now on, and what this process says, including its servers. A page's
 * sinks are searched when it is closed.
 */
export function watchForLeaks(browser: Pick<Browser, 'newPage'>, words: readonly string[] = []): LeakWatch {
  const sunk: Sunk[] = [];
  const pages = new Set<Page>();
  const quiet = hearProcess((text) => sunk.push(['server', text]));

  const look = async (page: Page): Promise<void> => {
    if (page.isClosed() || !pages.delete(page)) return;
    for (const place of [...page.frames(), ...page.workers()]) sunk.push(...(await sunkIn(place)));
  };

  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (...options) => {
    const page = await newPage(...options);
    pages.add(page);
    await page.evaluateOnNewDocument(watchSinksText);
    page.on('pageerror', (error) => {
      // Firefox reports what a policy or another origin refused in the same way as a page's errors.
      if (
        engine === 'firefox' &&
        /^Error: (?:Content-Security-Policy|Cross-Origin Request Blocked): /.test(String(error))
      )
        return;
      sunk.push(['pageerror', error instanceof Error ? String(error.stack) : String(error)]);
    });
    // The browser's own message about a failed request has no arguments, and stays in this computer's own console.
    page.on('console', (message) => message.args().length > 0 && sunk.push(['console', message.text()]));
    const close = page.close.bind(page);
    page.close = async (...how) => {
      await look(page);
      await close(...how);
    };
    return page;
  };

  return {
    sunk,
    settle: async () => {
      for (const page of [...pages]) await look(page);
      quiet();
      const leaks = leaksOf(sunk, words);
      if (leaks.length > 0) throw new Error(`Leaked: ${leaks.join(', ')}`);
    },
  };
}

/** What has left the memory of one frame or worker. One that has gone meanwhile has nothing more to tell. */
async function sunkIn(place: Frame | WebWorker): Promise<readonly Sunk[]> {
  const read = place.evaluate(async () => {
    const { written = [], stored } = globalThis.sinks ?? {};
    return [...written, ...((await stored?.()) ?? [])];
  });
  return read.catch((error: unknown) => {
    if (/detached|destroyed|closed|no such frame/i.test(String(error))) return [];
    throw error;
  });
}

/** Listens to what this process says without silencing it. The test runner's report is left out. */
function hearProcess(hear: (text: string) => void): () => void {
  const { debug, error, info, log, warn } = console;
  const own = { debug, error, info, log, warn };
  for (const [level, say] of Object.entries(own))
    Object.assign(console, {
      [level]: (...words: unknown[]) => {
        hear(words.map(String).join(' '));
        say(...words);
      },
    });
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  stderr.write = (chunk: unknown, ...rest: never[]) => {
    hear(String(chunk));
    return write(chunk as string, ...rest);
  };
  return () => {
    Object.assign(console, own);
    stderr.write = write;
  };
}
