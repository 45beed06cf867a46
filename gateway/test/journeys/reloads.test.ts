import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';

import { inWindow } from '../../../tools/browser.js';
import { launchBrowser } from '../../../test/support/node/launch.js';
import { setUp } from '../../../test/support/node/setting-up.js';
import { startChain, type TestChain } from '../../demo/chain.js';
import { edRole } from '../whole.js';

const islington = 'E09000019';

describe('a record that is loaded again and again through the gateway', () => {
  let chain: TestChain;
  let browser: Browser;
  setUp(async (keep) => {
    chain = await keep(startChain({ variables: { LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null' } }));
    browser = await keep(launchBrowser());
  });

  const asked = async (path: string, token = ''): Promise<unknown> =>
    (await chain.register.app.request(path, { headers: { Authorization: `Bearer ${token}` } })).json();
  const counts = async (): Promise<{ accesses: number; alerts: number }> => {
    const accesses = (await asked('/sandbox/accesses')) as readonly unknown[];
    const inbox = `/local-authorities/${islington}/notifications?limit=1000`;
    const { notifications } = (await asked(inbox, `demo-la-${islington}`)) as { notifications: readonly unknown[] };
    return { accesses: accesses.length, alerts: notifications.length };
  };
  const load = async (page: Page): Promise<void> => {
    await page.goto(chain.url);
    await page.waitForSelector('#sign-out:not([hidden])');
    await page.click('[data-number]');
    await page.waitForSelector('cp-is-banner[status=current]:not([visits=loading])');
  };

  it('is one access and one alert: in five pages, in two tabs, and after all of them are closed', async () => {
    const page = await browser.newPage(inWindow);
    await page.goto(`${chain.url}/cpis/sign-in?return=/`);
    await page.waitForSelector(`button[value="${edRole.id}"]`);
    await page.click(`button[value="${edRole.id}"]`);
    await page.waitForSelector('#sign-out:not([hidden])');
    const before = await counts();
    for (let loaded = 0; loaded < 5; loaded += 1) await load(page);
    const more = [await browser.newPage(inWindow), await browser.newPage(inWindow)];
    for (const tab of more) await load(tab);
    const last = await browser.newPage(inWindow);
    for (const tab of [page, ...more]) await tab.close();
    await load(last);
    const after = await counts();
    expect([after.accesses - before.accesses, after.alerts - before.alerts]).to.deep.equal([1, 1]);
    await last.close();
  });
});
