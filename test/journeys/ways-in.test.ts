import { expect } from 'chai';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';

import { startSite, type Site } from '../hosts/site.js';
import { blocksOf } from '../house/code-blocks.js';
import { inWindow } from '../../tools/browser.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';
import { readBanner } from './support.js';

const tag = (attributes = ''): string =>
  `<cp-is-banner nhs-number="9995124467" nhs-number-status="verified" care-setting="emergency-department" timeout="60" ${attributes}>CP-IS not checked</cp-is-banner>`;
const page = (head: string, body = tag()): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>EPR</title>${head}</head><body>${body}</body></html>`;

/** The block of a document that holds this text, with the reader's parts filled in. */
const blockOf = (file: string, text: string): string => {
  const found = blocksOf(file).find(({ language, code }) => language === 'html' && code.includes(text));
  if (found === undefined) throw new Error(`${file} has no such block`);
  return found.code
    .replace('nhs-number="…"', 'nhs-number="9995124467"')
    .replace('encounter="…"', 'encounter="attendance-1"')
    .replace(`banner.user = '…'`, `banner.user = 'demo-ed-nurse'`)
    .replace(
      'sha384-…',
      `sha384-${createHash('sha384').update(readFileSync('dist/cp-is-banner.js')).digest('base64')}`,
    );
};

const folderHost = 'https://epr.example';

/** The ways of bringing the tag into a page that work, each with its HTML. */
const works: readonly [way: string, html: () => string][] = [
  ['a module script', () => page('<script type="module" src="cp-is-banner.js"></script>')],
  [
    'an import map and a bare name',
    () =>
      page(`<script type="importmap">{ "imports": { "cp-is-banner/define.js": "./cp-is-banner.js" } }</script>
        <script type="module">import 'cp-is-banner/define.js';</script>`),
  ],
  ['import() in a classic script', () => page('', `${tag()}<script>import('./cp-is-banner.js');</script>`)],
  ['a script with its hash', () => page(blockOf('docs/security.md', 'integrity='))],
  ['the README’s block', () => page('', blockOf('README.md', '<cp-is-banner'))],
  [
    'the guide’s block for a page that a server writes',
    () =>
      page(
        `<script>const sessionKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);</script>`,
        blockOf('docs/integrate.md', 'sessionKey()'),
      ),
  ],
];

describe('The tag comes into a page by', () => {
  let folder: string;
  let site: Site;
  let browser: Browser;
  let folderBrowser: Browser;

  /** The host's own server, as a backend-for-frontend. The page has no token. */
  const signsIn: MiddlewareHandler = async (context, next) => {
    const headers = new Headers(context.req.raw.headers);
    headers.set('Authorization', 'Bearer demo-ed-nurse');
    context.req.raw = new Request(context.req.raw, { headers });
    await next();
  };

  setUp(async (keep) => {
    folder = await keep(mkdtempSync(join(tmpdir(), 'ways-in-')), (made) => rmSync(made, { recursive: true }));
    for (const name of ['cp-is-banner.js', 'cp-is-banner.worker.js']) cpSync(`dist/${name}`, join(folder, name));
    site = await keep(startSite(relative(process.cwd(), folder), cors({ origin: folderHost }), signsIn));
    browser = await keep(launchBrowser());
    // A page of the open web may not ask this computer without its user's permission, and this test has no other
    // server.
    folderBrowser = await keep(launchBrowser({}, '--disable-features=LocalNetworkAccessChecks'));
  });

  const open = async (html: string, address?: string): Promise<Page> => {
    writeFileSync(join(folder, 'index.html'), html);
    const opened = await browser.newPage(inWindow);
    await opened.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await opened.goto(address ?? `http://localhost:${site.port}/index.html`);
    return opened;
  };
  const stands = (opened: Page): Promise<unknown> =>
    opened.$eval('cp-is-banner', (banner) => [banner.shadowRoot, (banner as HTMLElement).innerText]);

  for (const [way, html] of works)
    it(`${way}: answered, from a worker`, async () => {
      const opened = await open(html());
      expect(await readBanner(opened)).to.include({ status: 'current' });
      expect(opened.workers()).to.have.lengthOf(1);
      await opened.close();
    });

  const fails: readonly [way: string, html: string][] = [
    ['a classic script’s src', page('', `${tag()}<script src="cp-is-banner.js"></script>`)],
    ['a bare name without an import map', page(`<script type="module">import 'cp-is-banner/define.js';</script>`)],
  ];
  for (const [way, html] of fails)
    it(`${way}: does not load, and the text in the tag stays`, async () => {
      const opened = await open(html);
      expect(await stands(opened)).to.deep.equal([null, 'CP-IS not checked']);
      await opened.close();
    });

  for (const [way, html] of [works[0]!, works[2]!])
    it(`${way} of a page from file: does not load, and the text in the tag stays`, async () => {
      const opened = await open(html(), pathToFileURL(join(folder, 'index.html')).href);
      expect(await stands(opened)).to.deep.equal([null, 'CP-IS not checked']);
      await opened.close();
    });

  it('a host that is a folder, as WebView2 maps one: answered, by a server that allows its origin', async () => {
    const opened = await folderBrowser.newPage(inWindow);
    await opened.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await opened.setRequestInterception(true);
    const html = page(
      '<script type="module" src="/cp-is-banner.js"></script>',
      tag(`base-url="http://localhost:${site.port}/cpis/FHIR/R4"`),
    );
    opened.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin !== folderHost) void request.continue();
      else if (pathname === '/') void request.respond({ contentType: 'text/html', body: html });
      else void request.respond({ contentType: 'text/javascript', body: readFileSync(join(folder, pathname)) });
    });
    await opened.goto(`${folderHost}/`);
    expect(await readBanner(opened)).to.include({ status: 'current', visits: 'shown' });
    await opened.close();
  });
});
