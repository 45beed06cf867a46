import { serveStatic } from '@hono/node-server/serve-static';
import { expect } from 'chai';
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Browser } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';
import { listen, startSite, type Site } from '../hosts/site.js';
import { readBanner } from './support.js';
import { launchBrowser } from '../support/node/launch.js';
import { needing } from '../support/node/needing.js';
import { setUp } from '../support/node/setting-up.js';
import { workersOf } from './host-support.js';

/** A file of the page's own says who is signed in and who is open. */
const epr = `const banner = document.querySelector('cp-is-banner');
banner.user = 'demo-ed-nurse';
banner.accessToken = () => Promise.resolve('demo-ed-nurse');
banner.nhsNumber = '9995124467';`;

const hash = (file: string): string => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

describe('a page under a strict policy, with the script on another origin and its hash in the page', () => {
  let scripts: Site;
  let pages: Site;
  let browser: Browser;
  let policy = '';

  setUp(async (keep) => {
    const folder = await keep(mkdtempSync(join(tmpdir(), 'strict-page-')), (made) => rmSync(made, { recursive: true }));
    // localhost and 127.0.0.1 are two origins.
    const elsewhere = new Hono().use('*', async (context, next) => {
      await next();
      context.res.headers.set('Access-Control-Allow-Origin', '*');
    });
    scripts = await keep(listen(elsewhere.use('*', serveStatic({ root: './dist' }))));
    policy = [
      `default-src 'none'`,
      `script-src 'self' http://localhost:${scripts.port}`,
      `connect-src 'self'`,
      `worker-src 'self'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
      `require-trusted-types-for 'script'`,
      `trusted-types lit-html cp-is-banner`,
    ].join('; ');
    writeFileSync(join(folder, 'epr.js'), epr);
    writeFileSync(join(folder, 'cp-is-banner.worker.js'), readFileSync('dist/cp-is-banner.worker.js'));
    const tag = (attributes: string, integrity: string): string => `<!doctype html>
      <html lang="en-GB"><head><meta charset="utf-8"><title>EPR</title>
      <script type="module" src="http://localhost:${scripts.port}/cp-is-banner.js" integrity="${integrity}"></script>
      <script type="module" src="epr.js"></script></head>
      <body><cp-is-banner nhs-number-status="verified" care-setting="emergency-department" ${attributes}>CP-IS not checked</cp-is-banner>
      </body></html>`;
    const right = hash('dist/cp-is-banner.js');
    writeFileSync(join(folder, 'in-page.html'), tag('', right));
    writeFileSync(join(folder, 'worker.html'), tag('worker-url="/cp-is-banner.worker.js"', right));
    writeFileSync(join(folder, 'changed.html'), tag('', hash('dist/cp-is-banner.worker.js')));
    pages = await keep(
      startSite(relative(process.cwd(), folder), async (context, next) => {
        await next();
        context.res.headers.set('Content-Security-Policy', policy);
      }),
    );
    browser = await keep(launchBrowser());
  });

  async function open(name: string) {
    const page = await browser.newPage(inWindow);
    const complaints: string[] = [];
    page.on('pageerror', (error) => {
      // Firefox itself logs that it refuses a worker from another origin. The tag tries one, and then goes on in the
      // page.
      if (!String(error).includes('may not load data from')) complaints.push(String(error));
    });
    page.on('console', (message) => complaints.push(message.text()));
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await page.goto(`http://127.0.0.1:${pages.port}/${name}.html`);
    return { page, complaints };
  }

  it('works in a worker whose file is on the page’s own origin', async () => {
    const { page, complaints } = await open('worker');
    expect(await readBanner(page)).to.include({ status: 'current', visits: 'shown' });
    expect(await workersOf(page)).to.equal(1);
    expect(complaints).to.deep.equal([]);
    // While it stays open, the next page may have its answer and ask nothing.
    await page.close();
  });

  it('works in the page when the worker file is only on the other origin', async () => {
    const { page, complaints } = await open('in-page');
    expect(await readBanner(page)).to.include({ status: 'current', visits: 'shown' });
    expect(await workersOf(page)).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });

  needing('console').it(
    'runs no script that was changed: what stands in the tag says that nothing was checked',
    async () => {
      const { page, complaints } = await open('changed');
      expect(complaints.join()).to.contain('integrity');
      expect(
        await page.$eval('cp-is-banner', (banner) => [banner.shadowRoot, (banner as HTMLElement).innerText]),
      ).to.deep.equal([null, 'CP-IS not checked']);
    },
  );
});
