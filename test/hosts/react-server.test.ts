import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';
import { installHost, pack, root, run } from './install.js';
import { startSite, type Site } from './site.js';

const folder = join(root, 'demo/hosts/react-server');

describe('a record that React renders on a server', function () {
  this.timeout(300_000);
  let browser: Browser;
  let site: Site;
  setUp(async (keep) => {
    await installHost(folder, await pack());
    await run(folder, 'npm', 'run', 'build');
    site = await keep(startSite(relative(process.cwd(), join(folder, 'dist'))));
    browser = await keep(launchBrowser());
  });

  it('has nothing of the patient or the user in its HTML, but the tag with its text', () => {
    const html = readFileSync(join(folder, 'dist/record.html'), 'utf8');
    expect(html).to.contain('<cp-is-banner>CP-IS not checked</cp-is-banner>');
    for (const secret of ['9995124467', 'demo-ed-nurse', 'verified', 'emergency-department'])
      expect(html).to.not.contain(secret);
  });

  it('is one open of that user when it has hydrated, with no complaint', async () => {
    const page = await browser.newPage(inWindow);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${site.port}/record.html`);
    await page.waitForSelector('cp-is-banner[status=current]:not([visits=loading])');
    const set = await page.$eval('cp-is-banner', ({ user, careSetting }) => [user, careSetting]);
    expect(set).to.deep.equal(['demo-ed-nurse', 'emergency-department']);
    const rows = await fetch(`http://127.0.0.1:${site.port}/sandbox/accesses`);
    const made = ((await rows.json()) as readonly { author: string }[]).filter(
      ({ author }) => author === 'demo-ed-nurse',
    );
    expect(made).to.have.lengthOf(1);
    expect(complaints).to.deep.equal([]);
  });
});
