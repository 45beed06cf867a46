import type { ServerResponse } from 'node:http';
import type { Page } from 'puppeteer-core';

import { nhsNumber } from '../../fixtures/bundles.js';
import { engine } from '../../support/node/engine.js';
import { openWebkitTab } from '../../support/node/engines/webkit-tab.js';
import { faultProxy, type Fault } from '../../support/node/fault-proxy.js';
import { tagBrowser, tagSite } from '../tag-stage.js';
import type { Case } from './cases.js';
import type { Told } from './client.js';
import { sent } from './headers.js';
import { texts } from './payloads.js';

/** A page of any engine. */
type Evaluates = Pick<Page, 'evaluate'>;

/** Seconds for a check: `short` when its answer is held up for longer, `long` for any other. */
const timeouts = { short: 1, long: 20 };
const late = 1500;
/** How many cases a page is given at once. */
const together = 250;

export interface TagUnderTest {
  readonly ask: (cases: ReadonlyMap<number, Case>) => Promise<ReadonlyMap<number, Told>>;
  readonly close: () => Promise<void>;
}

/**
 * The built tag in a real browser, over real HTTP. Case N is the register at `/N`, behind a connection with the case's
 * fault.
 */
export async function tagUnderTest(): Promise<TagUnderTest> {
  let cases: ReadonlyMap<number, Case> = new Map();
  const caseAt = (url: string): Case | undefined => {
    const [, index, resource] = /^\/(\d+)\/(\w+)\?/.exec(url) ?? [];
    const found = cases.get(Number(index));
    return (resource === 'AuditEvent') === (found?.asked === 'visits') ? found : undefined;
  };
  const site = await tagSite(({ url = '' }, response) => {
    const given = caseAt(url);
    if (given !== undefined) answer(given, response);
    else
      response.end(
        url.includes('/AuditEvent?') ? texts.visits : /^\/\d+\/CareTeam\?/.test(url) ? texts.plans : texts.none,
      );
  });
  const line = await faultProxy(site.url, ({ url }): Fault | undefined => {
    const kind = caseAt(url)?.fault;
    if (kind === undefined) return undefined;
    if (kind === 'hang') return { kind: 'late-request', milliseconds: 2 * late };
    return { kind, milliseconds: kind === 'drip' ? 10 : late };
  });
  const browser = engine === 'webkit' ? webkit() : await tagBrowser();
  // A body that is cut short behind the proxy must stay cut short in front of it, so only faults of the connection go
  // through the proxy.
  const [straight, throughLine] = await Promise.all([browser.open(site.url), browser.open(line.url)]);

  return {
    async ask(wanted) {
      cases = wanted;
      const indexes = [...wanted.keys()];
      const isFaulty = (index: number): boolean => wanted.get(index)?.fault !== undefined;
      const [some, others] = await Promise.all([
        askPage(
          straight,
          indexes.filter((index) => !isFaulty(index)),
          wanted,
        ),
        askPage(throughLine, indexes.filter(isFaulty), wanted),
      ]);
      if (browser.complaints.length > 0) throw new Error(browser.complaints.join('; '));
      return new Map([...some, ...others]);
    },
    async close() {
      await browser.close();
      await line.close();
      await site.close();
    },
  };
}

function answer({ status, body, framing, headers: ofAge }: Case, response: ServerResponse): void {
  // A redirect leads to a true none. It must not be followed.
  const headers = {
    'Content-Type': 'application/fhir+json',
    ...sent(ofAge),
    ...(status >= 300 && status < 400 && { Location: '/none' }),
  };
  switch (framing) {
    case 'true length':
      response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
      return;
    case 'until it closes':
      response.useChunkedEncodingByDefault = false;
      response.shouldKeepAlive = false;
      response.writeHead(status, headers).end(body);
      return;
    case 'longer length':
    case 'chunks without an end':
      response.writeHead(
        status,
        framing === 'longer length' ? { ...headers, 'Content-Length': body.length + 1 } : headers,
      );
      response.flushHeaders();
      response.write(body.length === 0 ? '' : body, () => response.destroy());
  }
}

async function askPage(
  page: Evaluates,
  indexes: readonly number[],
  cases: ReadonlyMap<number, Case>,
): Promise<readonly (readonly [number, Told])[]> {
  const asked = indexes.map((index) => {
    const { api = 'cp-is', fault } = cases.get(index) ?? {};
    const isLate = fault === 'late-request' || fault === 'late-answer' || fault === 'hang';
    return { index, api, timeout: isLate ? timeouts.short : timeouts.long };
  });
  const told: (readonly [number, Told])[] = [];
  for (let from = 0; from < asked.length; from += together)
    told.push(...(await askSome(page, asked.slice(from, from + together))));
  return told;
}

interface Asked {
  readonly index: number;
  readonly api: Case['api'];
  readonly timeout: number;
}

const askSome = (page: Evaluates, asked: readonly Asked[]): Promise<readonly (readonly [number, Told])[]> =>
  page.evaluate(
    async (questions, who) => {
      const open = ({ index, api, timeout }: (typeof questions)[number]): Promise<readonly [number, Told]> =>
        new Promise((resolve) => {
          const tag = document.createElement('cp-is-banner');
          const settings = {
            'base-url': `/${index}`,
            'register-api': api,
            'care-setting': api === 'cp-is' ? 'emergency-department' : 'general-practice',
            'nhs-number-status': 'verified',
            'nhs-number': who,
            timeout: String(timeout),
          };
          for (const [name, value] of Object.entries(settings)) tag.setAttribute(name, value);
          tag.addEventListener('cp-is-change', () => {
            const [status, visits] = [tag.getAttribute('status'), tag.getAttribute('visits')];
            if (status === 'idle' || status === 'checking' || visits === 'loading') return;
            // What the tag says counts as much as its attributes.
            setTimeout(() => {
              const said = tag.shadowRoot?.textContent ?? '';
              tag.remove();
              const none = status === 'none' || said.includes('No CP-IS record');
              resolve([index, { none, noVisits: said.includes('No earlier visits') }]);
            });
          });
          document.body.append(tag);
        });
      const told: (readonly [number, Told])[] = [];
      const queue = [...questions];
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) told.push(await open(next));
      };
      await Promise.all(Array.from({ length: 24 }, work));
      return told;
    },
    asked,
    nhsNumber,
  );

/** Two WebKits, with one page each. */
function webkit() {
  const tabs: { close(): Promise<void> }[] = [];
  const complaints: string[] = [];
  return {
    complaints,
    async open(url: string): Promise<Evaluates> {
      const tab = await openWebkitTab(url, complaints);
      tabs.push(tab);
      return tab;
    },
    async close(): Promise<void> {
      for (const tab of tabs) await tab.close();
    },
  };
}
