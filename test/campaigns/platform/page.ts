import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Browser, CDPSession, Page } from 'puppeteer-core';

import { accesses, held } from '../../fixtures/bundles.js';
import { installPlatform, type Call, type Mode } from './breaker.js';

/** How long the register takes, in milliseconds: long enough to act in the middle of it. */
const answersAfter = 150;
/** In seconds, for a whole check. */
const timeout = 1;
/**
 * In milliseconds. Far longer than the deadline, its grace, the watchdog and its last look together: in effect for
 * ever.
 */
const restsWithin = 60_000;

/** What is on the screen, as seen by someone who shares nothing with the page but its tree. */
export interface Seen {
  readonly status: string;
  readonly visits: string;
  /** The tag's own text, and whether the host's sentence is there instead. */
  readonly says: string;
  readonly isFallback: boolean;
}

const look = `(() => {
  const tag = document.querySelector('cp-is-banner');
  const root = tag.shadowRoot;
  const slot = root?.querySelector('slot:not([name])');
  return {
    status: tag.getAttribute('status') ?? '',
    visits: tag.getAttribute('visits') ?? '',
    says: root?.querySelector('.sheet')?.innerText.replace(/\\s+/g, ' ').trim() ?? '',
    isFallback: !root || (slot && !slot.hidden) === true,
  };
})()`;

/** A page with the built tag, in which any call to the platform can be made to fail, and its register. */
export class BreakablePage {
  readonly page: Page;
  readonly #session: CDPSession;
  #world = 0;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(browser: Browser): Promise<BreakablePage> {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.evaluateOnNewDocument(prelude);
    const session = await page.createCDPSession();
    return new BreakablePage(page, session);
  }

  /** Loads the page again, with a call that fails from the beginning, if one is given. */
  async load(url: string, broken?: { readonly call: Call; readonly mode: Mode }): Promise<void> {
    const failing = broken === undefined ? '' : JSON.stringify([broken.call.realm, broken.call.path, broken.mode]);
    await this.page.goto(`${url}/page?${encodeURIComponent(failing)}`);
    const { frameTree } = await this.#session.send('Page.getFrameTree');
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    });
    this.#world = executionContextId;
  }

  /** From now on the call fails, also in workers that start later. */
  async fail({ realm, path }: Call, mode: Mode): Promise<void> {
    await this.page.evaluate(
      (realm, path, mode) => {
        if (realm === 'page') platform.fail(path, mode);
        else Object.assign(globalThis, { brokenInWorker: JSON.stringify([path, mode]) });
      },
      realm,
      path,
      mode,
    );
    if (realm === 'worker')
      for (const worker of this.page.workers())
        await worker.evaluate((path, mode) => void platform.fail(path, mode), path, mode).catch(() => undefined);
  }

  /** Sets the patient in one task, as a host does. */
  async open(nhsNumber: string, encounter: string, baseUrl: string): Promise<void> {
    await this.page.evaluate(
      (nhsNumber, encounter, baseUrl, timeout) => {
        const { key, tag } = globalThis as unknown as { key: Promise<CryptoKey>; tag: HTMLElement };
        Object.assign(tag, {
          nhsNumber,
          encounter,
          baseUrl,
          timeout,
          nhsNumberStatus: 'verified',
          careSetting: 'emergency-department',
          user: 'nurse',
          accessToken: async () => 'token',
          storageKey: () => key,
        });
      },
      nhsNumber,
      encounter,
      baseUrl,
      timeout,
    );
  }

  async check(): Promise<void> {
    await this.page.evaluate(() => {
      const { tag } = globalThis as unknown as { tag: { check?(): void } };
      try {
        tag.check?.();
      } catch {
        // A tag that could not even be created has no check().
      }
    });
  }

  async look(): Promise<Seen> {
    const { result } = await this.#session.send('Runtime.evaluate', {
      expression: look,
      contextId: this.#world,
      returnByValue: true,
    });
    return result.value as Seen;
  }

  /** What is shown when the tag is at rest, or has had more time than it is given. */
  async rest(): Promise<Seen> {
    const late = Date.now() + restsWithin;
    // The host's task is over, and what it started has begun.
    await pause(60);
    for (;;) {
      const seen = await this.look();
      if (!isUnderWay(seen) || Date.now() > late) return seen;
      await pause(30);
    }
  }
}

/** Nothing, or not everything, has been said yet about the open patient. */
export const isUnderWay = ({ status, visits, isFallback, says }: Seen): boolean =>
  !isFallback && (says === '' || status === 'checking' || /checking CP-IS…/i.test(says) || visits === 'loading');

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * In the page: the breaker, and a worker that loads the breaker before the tag's own file. The tag's own check of its
 * worker file reads the real file.
 */
const prelude = `globalThis.__name = (named) => named;
(${installPlatform.toString()})();
{
  const { subtle } = crypto;
  globalThis.key = subtle?.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const [realm, path, mode] = location.search.length > 1 ? JSON.parse(decodeURIComponent(location.search.slice(1))) : [];
  if (realm === 'worker') globalThis.brokenInWorker = JSON.stringify([path, mode]);
  const Real = Worker;
  globalThis.Worker = new Proxy(Real, {
    construct: (_, [url, options]) =>
      new Real('/platform.worker.js?' + encodeURIComponent(globalThis.brokenInWorker ?? ''), options),
  });
  if (realm === 'page') platform.fail(path, mode);
}`;

const workerPrelude = `globalThis.__name = (named) => named;
(${installPlatform.toString()})();
const broken = decodeURIComponent(location.search.slice(1));
if (broken.startsWith('[')) platform.fail(...JSON.parse(broken));
if (broken.startsWith('{')) platform.count(...JSON.parse(broken).count);`;

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Platform</title>
<body><cp-is-banner>CP-IS not checked</cp-is-banner><script>globalThis.tag = document.currentScript.previousElementSibling</script>
<script type="module" src="/cp-is-banner.js"></script></body></html>`;

export interface Register {
  readonly url: string;
  /** By case, which is the first part of its base address: the TraceIDs that came for each number. */
  readonly traces: Map<string, Map<string, Set<string>>>;
  close(): Promise<void>;
}

/** Serves the page, the built tag, and a register in which everybody has a plan. */
export async function startRegister(): Promise<Register> {
  const traces: Register['traces'] = new Map();
  const files = new Map<string, readonly [type: string, content: string]>([
    ['/page', ['text/html', html]],
    ['/prelude.js', ['text/javascript', workerPrelude]],
    ['/platform.worker.js', ['text/javascript', 'import "/prelude.js";\nimport "/cp-is-banner.worker.js";']],
    ['/cp-is-banner.js', ['text/javascript', await readFile('dist/cp-is-banner.js', 'utf8')]],
    ['/cp-is-banner.worker.js', ['text/javascript', await readFile('dist/cp-is-banner.worker.js', 'utf8')]],
  ]);
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const [path = '', search = ''] = (request.url ?? '').split('?');
    const url = decodeURIComponent(request.url ?? '');
    const [, name = '', resource = ''] = /^\/(case-\d+)\/FHIR\/(\w+)/.exec(path) ?? [];
    if (name === '') {
      const [type, content] = files.get(path) ?? [];
      if (content === undefined) response.writeHead(404).end();
      else
        response.writeHead(200, { 'Content-Type': type }).end(content.replace('/prelude.js', `/prelude.js?${search}`));
      return;
    }
    const nhsNumber = /\d{10}/.exec(url.slice(url.indexOf('?')))?.[0] ?? '';
    const of = traces.get(name) ?? new Map<string, Set<string>>();
    traces.set(name, of.set(nhsNumber, (of.get(nhsNumber) ?? new Set()).add(String(request.headers['traceid']))));
    const body =
      resource === 'CareTeam'
        ? held({ number: nhsNumber })
        : accesses([{ at: '2026-01-01T10:00:00Z', number: nhsNumber }], nhsNumber);
    setTimeout(
      () => response.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(body)),
      answersAfter,
    );
  };
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    traces,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
