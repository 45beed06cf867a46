import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';
import { launchBrowser } from '../support/node/launch.js';

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const blank =
  '<!doctype html><meta charset="utf-8"><title>Campaign</title><script type="module" src="/cp-is-banner.js"></script>';

/** The built tag on a blank page without any policy of its own. Every other request goes to `answer`. */
export async function tagSite(answer: RequestListener): Promise<Site> {
  const files = new Map<string | undefined, readonly [type: string, content: string | Buffer]>([
    ['/', ['text/html', blank]],
    ...['/cp-is-banner.js', '/cp-is-banner.worker.js'].map(
      (name) => [name, ['text/javascript', readFileSync(`dist${name}`)]] as const,
    ),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(request.url);
    if (file === undefined) answer(request, response);
    else response.writeHead(200, { 'Content-Type': file[0] }).end(file[1]);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

export interface TagBrowser {
  /**
   * A page with the tag, in a browser context of its own, and so with connections of its own. `before` runs in it
   * first.
   */
  open(url: string, before?: () => void): Promise<Page>;
  /** What went wrong in any page: uncaught errors and dialogs. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A real browser that can reach only this machine. */
export async function tagBrowser(): Promise<TagBrowser> {
  const browser = await launchBrowser(
    { protocolTimeout: 600_000 },
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
  );
  const complaints: string[] = [];
  return {
    complaints,
    async open(url, before) {
      const page = await (await browser.createBrowserContext()).newPage(inWindow);
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      // The test loader names functions with a helper that is missing where functions are sent to the page.
      await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
      if (before !== undefined) await page.evaluateOnNewDocument(before);
      await page.goto(url);
      await page.waitForFunction(() => customElements.get('cp-is-banner') !== undefined);
      return page;
    },
    close: () => browser.close(),
  };
}
