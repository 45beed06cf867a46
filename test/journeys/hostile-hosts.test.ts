import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Frame, Page } from 'puppeteer-core';

import { nhsNumber } from '../fixtures/bundles.js';
import { inWindow } from '../../tools/browser.js';
import { startHost, type Host, type Site, type SiteFacts } from '../support/node/host-server.js';
import { watchForLeaks } from '../support/node/leak-watch.js';
import {
  expectAnswer,
  expectNotChecked,
  expectSentence,
  register,
  script,
  see,
  seeAtRest,
  tag,
  workersOf,
} from './host-support.js';
import { everyObjectExtended, everythingFrozen, manners } from './hostile-scripts.js';
import { launchBrowser } from '../support/node/launch.js';
import { engine } from '../support/node/engine.js';
import { needing } from '../support/node/needing.js';
import { setUp } from '../support/node/setting-up.js';

/** The policy that docs/security.md recommends, with a case's changes. */
const policy = (change: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'worker-src': "'self'",
    'connect-src': "'self'",
    'require-trusted-types-for': "'script'",
    ...change,
  })
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');

interface Visit {
  readonly site: Site;
  readonly page: Page;
  /** Everything that the page and its console complained of. */
  readonly complaints: string[];
}

describe('hostile hosts', () => {
  let host: Host;
  let elsewhere: Host;
  let browser: Browser;
  setUp(async (keep) => {
    host = await keep(startHost());
    elsewhere = await keep(startHost());
    browser = await keep(launchBrowser());
    await keep(watchForLeaks(browser), (leaks) => leaks.settle());
  });

  /** Opens a site with the tag set up as an integrator would, and with whatever is hostile about it. */
  const visit = async (facts: SiteFacts): Promise<Visit> => {
    const site = await host.site({ register, body: script + tag(), ...facts });
    const page = await browser.newPage(inWindow);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Markup alone cannot set `user`, and the tag warns about that.
      if (!message.text().includes('user is not set')) complaints.push(message.text());
    });
    await page.evaluateOnNewDocument(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
        console.error(`violation of ${violatedDirective}`);
      });
    });
    await page.goto(site.url);
    return { site, page, complaints };
  };

  const press = (page: Page, name: string): Promise<void> =>
    page.$eval(
      'cp-is-banner',
      (banner, wanted) => {
        const buttons = [...(banner.shadowRoot?.querySelectorAll('button') ?? [])];
        const button = buttons.find((one) => (one.ariaLabel ?? one.innerText).trim().startsWith(wanted));
        if (button === undefined) throw new Error(`no button ${wanted}`);
        button.click();
      },
      name,
    );

  describe('a strict policy, for the worker file too', () => {
    const lists: Readonly<Record<string, string>> = {
      'Trusted Types demanded': policy(),
      'and only the two policies that the tag makes': policy({ 'trusted-types': 'lit-html cp-is-banner' }),
    };
    for (const [name, csp] of Object.entries(lists))
      for (const layout of ['banner', 'compact', 'panel'])
        it(`${name}, ${layout}: everything works, in a worker, with no violation`, async () => {
          const { site, page, complaints } = await visit({ csp, body: script + tag(`layout="${layout}"`) });
          expectAnswer(await seeAtRest(page));
          expect(await workersOf(page)).to.equal(1);

          await press(page, 'Copy');
          if (layout !== 'panel') await press(page, layout === 'compact' ? 'Show' : 'Details');
          await press(page, 'Opened in error?');
          const { says } = await see(page);
          expect(says).to.contain('The alert can’t be recalled');
          expect(says).to.contain('Paula PALMER');
          await press(page, 'Hide');
          expect((await see(page)).says).to.equal('CP-IS hidden Show');
          await press(page, 'Show');
          expectAnswer(await see(page));
          await page.$eval('cp-is-banner', (banner) => (banner as HTMLElement & { clear(): void }).clear());
          await page.waitForSelector('cp-is-banner[status=idle]');

          expect([complaints, site.reports]).to.deep.equal([[], []]);
          await page.close();
        });

    it('no style attribute is needed: such a policy refuses one in the host’s own page', async () => {
      const { site, page } = await visit({ csp: policy(), body: `<p style="color: red">${script}${tag()}` });
      expectAnswer(await seeAtRest(page));
      expect(site.reports).to.have.lengthOf(1);
      await page.close();
    });
  });

  describe('a policy that takes something away', () => {
    needing('console').it(
      'lit’s Trusted Types policy: the sentence in the tag stays, and no attribute says anything',
      async () => {
        for (const list of ['cp-is-banner', "'none'"]) {
          const { page, complaints } = await visit({ csp: policy({ 'trusted-types': list }) });
          expectSentence(await seeAtRest(page), list);
          expect(complaints.join()).to.contain('lit-html');
          await page.close();
        }
      },
    );

    it('lit’s Trusted Types policy, because the host’s own lit has made it: the same, unless duplicates are allowed', async () => {
      const head = '<script src="own-lit.js"></script>';
      const files = { 'own-lit.js': "trustedTypes.createPolicy('lit-html', { createHTML: (html) => html })" };
      const list = 'lit-html cp-is-banner';
      const once = await visit({ csp: policy({ 'trusted-types': list }), head, files });
      expectSentence(await seeAtRest(once.page));
      const twice = await visit({ csp: policy({ 'trusted-types': `${list} 'allow-duplicates'` }), head, files });
      expectAnswer(await seeAtRest(twice.page));
      expect([twice.complaints, twice.site.reports]).to.deep.equal([[], []]);
      await once.page.close();
      await twice.page.close();
    });

    /** Each of these leaves the page without a worker. */
    const withoutWorker: Readonly<Record<string, SiteFacts>> = {
      'the tag’s own Trusted Types policy': { csp: policy({ 'trusted-types': 'lit-html' }) },
      workers: { csp: policy({ 'worker-src': "'none'" }) },
      'all but one script, by its nonce': {
        csp: "default-src 'none'; script-src 'nonce-9f3a'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'",
        body: script.replace('src=', 'nonce="9f3a" src=') + tag(),
      },
    };
    for (const [name, facts] of Object.entries(withoutWorker))
      it(`${name}: the register is asked from the page, with the same answer`, async () => {
        const { site, page } = await visit(facts);
        expectAnswer(await seeAtRest(page));
        expect(await workersOf(page)).to.equal(0);
        const [careTeam, history, ...more] = await site.requests();
        expect([careTeam?.resource, history?.resource, more]).to.deep.equal(['CareTeam', 'AuditEvent', []]);
        expect(careTeam?.headers['traceid']).to.equal(history?.headers['traceid']);
        await page.close();
      });

    it('the connection to the register: unreachable, whether asked from a worker or from the page', async () => {
      for (const worker of ["'self'", "'none'"]) {
        const { site, page } = await visit({ csp: policy({ 'connect-src': "'none'", 'worker-src': worker }) });
        expectNotChecked(await seeAtRest(page), 'unreachable', worker);
        expect(
          site.reports.filter((report) => report.includes('connect-src')),
          worker,
        ).not.to.be.empty;
        expect(await site.requests(), worker).to.be.empty;
        await page.close();
      }
    });

    it('the script itself: the sentence in the tag stays', async () => {
      const { page } = await visit({ csp: policy({ 'script-src': "'none'" }) });
      expectSentence(await see(page));
      await page.close();
    });
  });

  describe('what others on the page can see', () => {
    /**
     * The addresses that the page's own timeline and a wrapped `fetch` see, which is what monitoring scripts send away.
     */
    const addressesSeen = async (worker: string): Promise<string> => {
      const files = {
        'monitor.js':
          'asked = []; own = fetch; fetch = (url, ...rest) => { asked.push(url); return own(url, ...rest); }',
      };
      const { page } = await visit({ csp: `worker-src ${worker}`, files, head: '<script src="monitor.js"></script>' });
      expectAnswer(await seeAtRest(page));
      const seen = await page.evaluate(() => {
        const timeline = performance.getEntriesByType('resource').map(({ name }) => name);
        return [...timeline, ...(globalThis as unknown as { asked: string[] }).asked].join('\n');
      });
      await page.close();
      return seen;
    };

    it('asked from a worker, the register’s address with the number in it is hidden from the page’s monitoring', async () => {
      expect(await addressesSeen("'self'")).not.to.contain(nhsNumber);
    });

    it('asked from the page, it is visible: docs/security.md says so', async () => {
      expect(await addressesSeen("'none'")).to.contain(nhsNumber);
    });

    it('a policy that refuses the register reports its address, with the number in it: docs/security.md says so', async () => {
      const { site, page } = await visit({ csp: policy({ 'connect-src': "'none'" }) });
      expectNotChecked(await seeAtRest(page), 'unreachable');
      expect(site.reports).not.to.be.empty;
      // WebKit’s report leaves out the query.
      expect(site.reports.join().includes(nhsNumber)).to.equal(engine !== 'webkit');
      await page.close();
    });
  });

  describe('subresource integrity', () => {
    const withIntegrity = (text: string): SiteFacts => {
      const hash = createHash('sha384').update(text).digest('base64');
      return { body: script.replace('src=', `integrity="sha384-${hash}" src=`) + tag() };
    };

    it('the script as it was built: everything works', async () => {
      const { page } = await visit({ ...withIntegrity(await readFile('dist/cp-is-banner.js', 'utf8')), csp: policy() });
      expectAnswer(await seeAtRest(page));
      await page.close();
    });

    it('another script in its place: it does not run, and the sentence in the tag stays', async () => {
      const { page, site } = await visit(withIntegrity('another script'));
      expectSentence(await seeAtRest(page));
      expect(await site.requests()).to.be.empty;
      await page.close();
    });
  });

  needing('frames').describe('a sandboxed frame, whose origin is opaque', () => {
    const framed = async (facts: SiteFacts): Promise<{ page: Page; frame: Frame; site: Site }> => {
      const site = await host.site({ register, body: script + tag(), ...facts });
      const { page } = await visit({ body: `<iframe sandbox="allow-scripts" src="${site.url}" width="800"></iframe>` });
      const frame = (await (await page.waitForSelector('iframe'))?.contentFrame())!;
      await frame.waitForSelector('cp-is-banner');
      return { page, frame, site };
    };

    it('storage throws there, as in the browser’s specification', async () => {
      const { page, frame } = await framed({ cors: true });
      const names = ['localStorage', 'sessionStorage', 'document'];
      const throwing = await frame.evaluate(
        (all) =>
          all.filter((name) => {
            try {
              return (globalThis as unknown as Record<string, unknown>)[name] === undefined;
            } catch {
              return true;
            }
          }),
        names,
      );
      expect(throwing).to.deep.equal(['localStorage', 'sessionStorage']);
      await page.close();
    });

    it('with script and register open to every origin, it answers, with a user and a storage key too', async () => {
      const { page, frame } = await framed({ cors: true });
      expectAnswer(await seeAtRest(frame));
      await frame.$eval('cp-is-banner', async (banner) => {
        const usages: KeyUsage[] = ['encrypt', 'decrypt'];
        const storageKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
        Object.assign(banner, { user: 'a nurse', storageKey });
      });
      await frame.waitForSelector('cp-is-banner:is([status=checking], [visits=loading], [visits=shown])');
      expectAnswer(await seeAtRest(frame));
      await page.close();
    });

    it('with a register that answers its own origin only: unreachable', async () => {
      const closed = await host.site({ register });
      const { page, frame } = await framed({ cors: true, body: script + tag('', `${closed.url}register`) });
      expectNotChecked(await seeAtRest(frame), 'unreachable');
      await page.close();
    });

    it('with a script that other origins may not read: the sentence in the tag stays', async () => {
      const { page, frame } = await framed({});
      expectSentence(await seeAtRest(frame));
      await page.close();
    });
  });

  describe('the script from another origin', () => {
    const from = async (facts: SiteFacts, attributes = ''): Promise<Visit> => {
      const { url } = await elsewhere.site(facts);
      return visit({ body: `<script type="module" src="${url}cp-is-banner.js"></script>${tag(attributes)}` });
    };

    it('runs in the page', async () => {
      const { page } = await from({ cors: true });
      expectAnswer(await seeAtRest(page));
      expect(await workersOf(page)).to.equal(0);
      await page.close();
    });

    it('runs in a worker with the host’s own copy of the worker file', async () => {
      const { page, complaints } = await from({ cors: true }, 'worker-url="cp-is-banner.worker.js"');
      expectAnswer(await seeAtRest(page));
      expect(await workersOf(page)).to.equal(1);
      expect(complaints).to.deep.equal([]);
      await page.close();
    });

    it('that cannot be read: the sentence in the tag stays', async () => {
      const { page } = await from({});
      expectSentence(await seeAtRest(page));
      await page.close();
    });

    for (const workerUrl of [
      'no-such-file.js',
      'no-such/cp-is-banner.worker.js',
      'http://[',
      'data:text/javascript,',
      'https://127.0.0.1:1/cp-is-banner.worker.js',
    ])
      it(`a worker-url that leads nowhere (${workerUrl}): the next rung answers`, async () => {
        const { page } = await visit({ body: script + tag(`worker-url="${workerUrl}"`) });
        expectAnswer(await seeAtRest(page));
        await page.close();
      });

    it('without its worker file: unreachable', async () => {
      const files = { 'alone.js': await readFile('dist/cp-is-banner.js', 'utf8'), 'cp-is-banner.worker.js': 'throw 0' };
      const { page } = await visit({ files, body: script.replace('cp-is-banner', 'alone') + tag() });
      expectNotChecked(await seeAtRest(page), 'unreachable');
      await page.close();
    });
  });

  describe('two versions of the script on one page', () => {
    const regionOf = (page: Page): Promise<string | null | undefined> =>
      page.$eval('cp-is-banner', ({ shadowRoot }) => shadowRoot?.querySelector('section')?.getAttribute('aria-label'));
    const region = 'Child Protection – Information Sharing';

    for (const order of [
      ['cp-is-banner.js', 'other.js'],
      ['other.js', 'cp-is-banner.js'],
    ] as const)
      it(`${order.join(', then ')}: the first stays, the second is silent, one access is made`, async () => {
        const built = await readFile('dist/cp-is-banner.js', 'utf8');
        expect(built).to.contain(region);
        const files = { 'other.js': built.replaceAll(region, 'Another version') };
        const body = order.map((name) => script.replace('cp-is-banner.js', name)).join('') + tag();
        const { site, page, complaints } = await visit({ files, body, csp: policy() });
        expectAnswer(await seeAtRest(page));
        expect(await regionOf(page)).to.equal(order[0] === 'other.js' ? 'Another version' : region);
        expect(await site.requests()).to.have.lengthOf(2);
        expect([complaints, site.reports]).to.deep.equal([[], []]);
        await page.close();
      });

    it('someone else’s element of this name is left alone, with the sentence in it', async () => {
      const files = { 'first.js': "customElements.define('cp-is-banner', class extends HTMLElement {})" };
      const { site, page, complaints } = await visit({ files, head: '<script src="first.js"></script>' });
      await page.waitForSelector('cp-is-banner:defined');
      expectSentence(await see(page));
      expect([complaints, await site.requests()]).to.deep.equal([[], []]);
      await page.close();
    });
  });

  describe('a host that changes built-in objects', () => {
    for (const [name, text] of Object.entries(manners))
      for (const [rung, csp] of [
        ['worker', "worker-src 'self'"],
        ['page', "worker-src 'none'"],
      ] as const)
        it(`${name}: the same answer from the ${rung}`, async () => {
          const files = { 'manners.js': typeof text === 'string' ? text : await readFile(text, 'utf8') };
          const { site, page, complaints } = await visit({ files, csp, head: '<script src="manners.js"></script>' });
          expectAnswer(await seeAtRest(page));
          expect(await workersOf(page)).to.equal(rung === 'worker' ? 1 : 0);
          const traces = (await site.requests()).map(({ headers }) => headers['traceid']);
          expect(traces[0]).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
          expect(traces).to.deep.equal([traces[0], traces[0]]);
          expect(complaints.filter((complaint) => !complaint.includes('worker-src'))).to.deep.equal([]);
          await page.close();
        });

    const head = '<script src="manners.js"></script>';

    for (const [what, text] of [
      ['enumerable methods on every object', everyObjectExtended],
      ['the language’s own objects frozen', everythingFrozen],
    ] as const)
      for (const [rung, csp] of [
        ['worker', "worker-src 'self'"],
        ['page', "worker-src 'none'"],
      ] as const)
        needing(text === everyObjectExtended ? 'objects as they are' : undefined).it(
          `${what}: the answer from the ${rung}`,
          async () => {
            const { page } = await visit({ files: { 'manners.js': text }, csp, head });
            expectAnswer(await seeAtRest(page));
            await page.close();
          },
        );

    it('a page that writes itself, including the script and the tag', async () => {
      const parts = JSON.stringify([script, tag()]).replaceAll('</', '<\\/');
      const { page, complaints } = await visit({
        body: `<script>for (const part of ${parts}) document.write(part)</script>`,
      });
      expectAnswer(await seeAtRest(page));
      expect(complaints).to.deep.equal([]);
      await page.close();
    });
  });
});
