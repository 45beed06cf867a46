import { expect } from 'chai';
import { Hono } from 'hono';
import type { Browser, Page } from 'puppeteer-core';

import { listen, type Site } from '../../../test/hosts/site.js';
import { startChain, type TestChain } from '../../demo/chain.js';
import { search } from '../support.js';
import { edRole } from '../whole.js';
import { launchBrowser } from '../../../test/support/node/launch.js';
import { setUp } from '../../../test/support/node/setting-up.js';

const path = `/cpis/FHIR/R4/${search}`;

describe('a request that the page did not mean, in Chromium, with a user signed in', function () {
  let chain: TestChain;
  let browser: Browser;
  let elsewhere: Site;
  let arrived = 0;
  setUp(async (keep) => {
    chain = await keep(startChain({ variables: { LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null' } }));
    seeded = await all();
    chain.platform.registerInstead = () => {
      arrived += 1;
      return undefined;
    };
    elsewhere = await keep(
      listen(new Hono().get('*', (context) => context.html('<!doctype html><title>Elsewhere</title>'))),
    );
    browser = await keep(launchBrowser());
    const page = await browser.newPage();
    await page.goto(`${chain.url}/cpis/sign-in?return=/`);
    await page.waitForSelector(`button[value="${edRole.id}"]`);
    await page.click(`button[value="${edRole.id}"]`);
    await page.waitForSelector('#sign-out:not([hidden])');
    await page.close();
  });

  let seeded = 0;
  const all = async (): Promise<number> => (await chain.database.query('select 1 from access')).length;
  const rows = async (): Promise<number> => (await all()) - seeded;

  /** The ways in which a page can use the address. Each resolves when the browser has its answer. */
  const ways: Readonly<Record<string, string>> = {
    'an image': `new Promise((done) => { const it = new Image(); it.onload = it.onerror = done; it.src = url; })`,
    'a script': `new Promise((done) => { const it = document.createElement('script'); it.onload = it.onerror = done; it.src = url; document.head.append(it); })`,
    'a style sheet': `new Promise((done) => { const it = document.createElement('link'); it.rel = 'stylesheet'; it.onload = it.onerror = done; it.href = url; document.head.append(it); })`,
    'a prefetch': `new Promise((done) => { const it = document.createElement('link'); it.rel = 'prefetch'; it.onload = it.onerror = done; it.href = url; document.head.append(it); })`,
    'a frame': `new Promise((done) => { const it = document.createElement('iframe'); it.onload = it.onerror = done; it.src = url; document.body.append(it); })`,
    'a form': `new Promise((done) => { const frame = document.createElement('iframe'); frame.name = 'it'; document.body.append(frame); frame.onload = done;
      const form = document.createElement('form'); form.target = 'it'; form.action = url; document.body.append(form); form.submit(); setTimeout(done, 1000); })`,
    'a fetch without CORS': `fetch(url, { mode: 'no-cors', credentials: 'include' })`,
    'a fetch without the headers': `fetch(url, { credentials: 'include' })`,
    'a fetch with half of the headers': `fetch(url, { credentials: 'include', headers: { TraceID: crypto.randomUUID() } })`,
    'a beacon': `Promise.resolve(navigator.sendBeacon(url))`,
  };
  const act = async (page: Page, code: string): Promise<void> => {
    await page.evaluate(
      `(async (url) => { await ${code}.catch(() => undefined); })(${JSON.stringify(chain.url + path)})`,
    );
  };

  for (const [what, code] of Object.entries(ways))
    it(`makes no access: ${what}, from our own page or another site’s`, async () => {
      for (const origin of [`${chain.url}/cpis/jwks.json`, `http://127.0.0.1:${elsewhere.port}/`]) {
        const page = await browser.newPage();
        await page.goto(origin);
        await act(page, code);
        await page.close();
      }
      expect([arrived, await rows()]).to.deep.equal([0, 0]);
    });

  it('makes no access: all headers, from another site', async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${elsewhere.port}/`);
    const headers = `{ TraceID: crypto.randomUUID(), IsUnscheduledAccessEvent: 'true' }`;
    await act(page, `fetch(url, { credentials: 'include', headers: ${headers} })`);
    await page.close();
    expect([arrived, await rows()]).to.deep.equal([0, 0]);
  });

  it('makes no access: the address typed, a bookmark, a tab restored', async () => {
    const page = await browser.newPage();
    const answer = await page.goto(chain.url + path);
    await page.reload();
    expect(answer?.status()).to.equal(403);
    await page.close();
    expect([arrived, await rows()]).to.deep.equal([0, 0]);
  });

  it('is told apart from a request that the page did mean, which makes an access', async () => {
    const page = await browser.newPage();
    await page.goto(`${chain.url}/cpis/jwks.json`);
    await act(page, `fetch(url, { headers: { TraceID: crypto.randomUUID(), IsUnscheduledAccessEvent: 'true' } })`);
    expect([arrived, await rows()]).to.deep.equal([1, 1]);
    await page.close();
  });
});
