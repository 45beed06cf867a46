import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser } from 'puppeteer-core';

import { installHost, pack, root, run } from './install.js';
import { playScript } from './script.js';
import { startSite, type Site } from './site.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

const hosts = readdirSync(join(root, 'demo/hosts'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Installs, builds and opens each host: needs the package registry, and minutes. */
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
        site = await keep(startSite(relative(process.cwd(), join(folder, 'dist'))));
      });

      it('opens, switches, is silent when scheduled, fails visibly, signs out, and never complains', () =>
        playScript(browser, `http://127.0.0.1:${site.port}/`));

      it('has types that pass', () => run(folder, 'npm', 'run', 'types'));

      it('has types that fail on what is misspelt, by name', async () => {
        const failure: unknown = await run(folder, 'npm', 'run', 'types:misspelt').catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(Error);
        expect(String(failure)).to.contain('nhsNubmer').and.to.contain('statsu');
      });
    });
});
