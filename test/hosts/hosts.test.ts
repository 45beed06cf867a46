import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser } from 'puppeteer-core';

import { installHost, pack, root, run } from './install.js';
import { openRecord, playScript } from './script.js';
import { startServer, startSite, type Site } from './site.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

const hosts = readdirSync(join(root, 'demo/hosts'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Where a host's first page is, if not at the root. */
const firstPages: Readonly<Record<string, string>> = { storybook: 'iframe.html?id=epr--board&viewMode=story' };

/** The hosts whose pages a server renders, with the address of a record that is open when it does. */
const records: Readonly<Record<string, string>> = {
  next: 'record',
  'react-server': 'record.html',
  'svelte-server': 'record.html',
  'vue-server': 'record.html',
};

/** Installs, builds and opens each host. Needs the package registry, and takes minutes. */
describe('a host', function () {
  this.timeout(300_000);
  let browser: Browser;
  let archive: string;

  setUp(async (keep) => {
    archive = await pack();
    browser = await keep(launchBrowser());
  });

  for (const host of hosts)
    describe(`written as ${host}`, () => {
      const folder = join(root, 'demo/hosts', host);
      let site: Site;

      setUp(async (keep) => {
        await installHost(folder, archive);
        await run(folder, 'npm', 'run', 'build');
        const hasServer = host === 'next';
        site = await keep(hasServer ? startServer(folder) : startSite(relative(process.cwd(), join(folder, 'dist'))));
      });

      it('opens, switches, is silent when scheduled, fails visibly, closes, signs out and in, counts right, and never complains', () =>
        playScript(browser, `http://127.0.0.1:${site.port}/${firstPages[host] ?? ''}`));

      const record = records[host];
      if (record !== undefined) {
        it('has nothing about the patient or the user in a record’s HTML except the tag with its text', async () => {
          const html = await (await fetch(`http://127.0.0.1:${site.port}/${record}`)).text();
          expect(html).to.match(/<cp-is-banner>\s*CP-IS not checked\s*<\/cp-is-banner>/);
          for (const secret of ['9995124467', 'demo-ed-nurse', 'verified', 'emergency-department'])
            expect(html).to.not.contain(secret);
        });

        it('opens the record once when it has hydrated, with no complaint', () =>
          openRecord(browser, `http://127.0.0.1:${site.port}/${record}`));
      }

      it('has types that accept the host', () => run(folder, 'npm', 'run', 'types'));

      it('has types that reject misspelt names, by name', async () => {
        const failure: unknown = await run(folder, 'npm', 'run', 'types:misspelt').catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(Error);
        expect(String(failure)).to.contain('nhsNubmer').and.to.contain('statsu');
      });
    });
});
