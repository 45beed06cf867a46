import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';

import { inWindow } from '../../../tools/browser.js';
import { startChain, type TestChain } from '../../demo/chain.js';
import { edRole, schoolRole } from '../whole.js';
import { launchBrowser } from '../../../test/support/node/launch.js';
import { setUp } from '../../../test/support/node/setting-up.js';

describe('from the card to the register, in Chromium', function () {
  let chain: TestChain;
  let browser: Browser;
  const asked: string[] = [];
  setUp(async (keep) => {
    chain = await keep(startChain({ variables: { LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null' } }));
    chain.platform.registerInstead = ({ url }) => {
      asked.push(new URL(url).pathname.split('/').at(-1) ?? '');
      return undefined;
    };
    browser = await keep(launchBrowser());
  });

  const choose = async (page: Page, roleId: string): Promise<void> => {
    await page.waitForSelector(`button[value="${roleId}"]`);
    await page.click(`button[value="${roleId}"]`);
    await page.waitForSelector('#sign-out:not([hidden])');
  };
  const shown = (page: Page): Promise<string> =>
    page.$eval('cp-is-banner', (element) => element.shadowRoot?.textContent ?? '');
  const textOf = (page: Page, selector: string): Promise<string> =>
    page.$eval(selector, (element) => element.textContent);
  const reasonIs = (page: Page, status: string) => page.waitForSelector(`cp-is-banner[status="${status}"]`);

  it('signs in, opens a child and sees the plan; in another role is told why not; and loses everything with the card', async () => {
    const page = await browser.newPage(inWindow);
    await page.goto(chain.url);
    await page.waitForSelector('#sign-in:not([hidden])');
    await page.click('#sign-in');
    await choose(page, edRole.id);
    expect(await textOf(page, '#who')).to.equal('LEWIS Hannah (Ms), Staff nurse at Whittington Hospital');
    await page.click('[data-number]');
    await reasonIs(page, 'current');
    expect(await shown(page)).to.contain('Child protection plan');
    expect(asked).to.include('CareTeam');

    const second = await browser.newPage(inWindow);
    await second.goto(chain.url);
    await second.waitForSelector('#sign-out:not([hidden])');
    await second.click('[data-number]');
    await reasonIs(second, 'current');

    await page.bringToFront();
    await page.click('#change-role');
    await choose(page, schoolRole.id);
    expect(await textOf(page, '#why'))
      .to.contain('School nurse at Islington school nursing')
      .and.contain('cannot alert');
    // The other tab was still showing what the previous role was told.
    await second.waitForSelector('#ended:not([hidden])');
    await reasonIs(second, 'idle');
    const before = asked.length;
    await page.click('[data-number]');
    await page.waitForSelector('cp-is-banner[reason="access-denied"]');
    expect(asked).to.have.lengthOf(before);

    await page.click('#change-role');
    await choose(page, edRole.id);
    const tabs = [page, second];
    await second.goto(chain.url);
    for (const tab of tabs) {
      await tab.bringToFront();
      await tab.waitForSelector('#sign-out:not([hidden])');
      await tab.click('[data-number]');
      await reasonIs(tab, 'current');
    }
    await chain.cis2.pullCard('555000000101');
    for (const tab of tabs) {
      await tab.waitForSelector('#ended:not([hidden])');
      expect(await shown(tab)).not.to.match(/Child protection plan|Islington|\d{3} \d{3} \d{4}/);
      expect(await tab.$eval('cp-is-banner', (element) => element.getAttribute('status'))).to.equal('idle');
    }
    for (const tab of tabs) await tab.close();
  });

  it('keeps nothing of the session where a script can read it', async () => {
    const page = await browser.newPage(inWindow);
    await page.goto(`${chain.url}/cpis/sign-in?return=/`);
    await choose(page, edRole.id);
    const found = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
    ]);
    expect(found).to.deep.equal(['', '{}', '{}']);
    await page.click('#sign-out');
    await page.waitForSelector('#ended:not([hidden])');
    await page.close();
  });
});
