import { expect } from 'chai';

import { openTab, type Tab } from '../support/node/bare-tab.js';
import { wholeBrowser } from '../support/node/launch.js';
import { accessRows, setStage, type Stage } from './support.js';
import { needing } from '../support/node/needing.js';
import { setUp, setUpEach } from '../support/node/setting-up.js';

const child = '9995124467';
const register = '/cpis/FHIR/R4';
const slow = `/faults/delay-500${register}`;
/** Long enough for a request that must not be made to reach the register. */
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

/** Only Firefox and a full Chrome or Chromium hide the tab behind, so these are left out where none is installed. */
(wholeBrowser() === undefined ? describe.skip : needing('another window').describe)(
  'tabs behind the one in sight',
  function () {
    let stage: Stage;
    let tabs: Tab[] = [];

    setUp(async (keep) => {
      stage = await setStage(keep, undefined, wholeBrowser());
    });
    setUpEach((keep) =>
      keep((tabs = []), async () => {
        for (const tab of tabs) await tab.end('closed');
      }),
    );

    const open = async (baseUrl: string): Promise<Tab> => {
      const tab = await openTab(stage.browser, stage.demo.url, baseUrl, { type: 'tab' });
      tabs.push(tab);
      return tab;
    };
    /** Two tabs of one window: the second is visible, the first is behind it. */
    const openTwo = async (baseUrl = register): Promise<[behind: Tab, inSight: Tab]> => {
      const two: [Tab, Tab] = [await open(baseUrl), await open(baseUrl)];
      const seen = await Promise.all(two.map(({ page }) => page.evaluate(() => document.visibilityState)));
      expect(seen).to.deep.equal(['hidden', 'visible']);
      return two;
    };
    const accesses = async (): Promise<number> => (await accessRows(stage)).length;

    it('a patient opened in a tab behind is asked about once, when the tab is first seen', async () => {
      const before = await accesses();
      const [behind] = await openTwo();
      await behind.open({ nhsNumber: child, encounter: 'seen later' });
      await aWhile();
      expect([await behind.says(), await accesses()]).to.deep.equal(['checking none', before]);
      await behind.page.bringToFront();
      expect([await behind.answer(), await accesses()]).to.deep.equal(['current shown', before + 1]);
    });

    it('a patient who is closed before the tab is seen is never asked about', async () => {
      const before = await accesses();
      const [behind] = await openTwo();
      await behind.open({ nhsNumber: child, encounter: 'never seen' });
      await behind.open({ nhsNumber: '', encounter: '' });
      await behind.page.bringToFront();
      await aWhile();
      expect([await behind.says(), await accesses()]).to.deep.equal(['idle none', before]);
    });

    it('an answer that arrives while the tab is behind is there when it is seen', async () => {
      const before = await accesses();
      const [first, second] = await openTwo(slow);
      await second.open({ nhsNumber: child, encounter: 'hidden meanwhile' });
      await first.page.bringToFront();
      expect(await second.answer()).to.equal('current shown');
      expect(await second.text()).to.contain('Islington');
      expect(await accesses()).to.equal(before + 1);
    });

    it('switching between tabs asks nothing again', async () => {
      const before = await accesses();
      const [first, second] = await openTwo();
      await second.open({ nhsNumber: child, encounter: 'to and fro' });
      await second.answer();
      for (const tab of [first, second, first, second]) await tab.page.bringToFront();
      await aWhile();
      expect([await second.says(), await accesses()]).to.deep.equal(['current shown', before + 1]);
    });

    it('the same patient in both tabs: the one behind shares the access when it is seen', async () => {
      const before = await accesses();
      const [behind, inSight] = await openTwo();
      for (const tab of [behind, inSight]) await tab.open({ nhsNumber: child, encounter: 'both' });
      expect(await inSight.answer()).to.equal('current shown');
      expect(await behind.says()).to.equal('checking none');
      await behind.page.bringToFront();
      expect([await behind.answer(), await accesses()]).to.deep.equal(['current shown', before + 1]);
    });

    it('a user signs out in the visible tab: nothing is asked in the tab behind when it is seen', async () => {
      const before = await accesses();
      const [behind, inSight] = await openTwo();
      await behind.open({ nhsNumber: child, encounter: 'signed out' });
      await inSight.page.evaluate(() => {
        (customElements.get('cp-is-banner') as unknown as { signOut(): void }).signOut();
      });
      await behind.page.waitForSelector('cp-is-banner[reason="signed-out"]');
      await behind.page.bringToFront();
      await aWhile();
      expect([await behind.says(), await accesses()]).to.deep.equal(['not-checked none', before]);
    });
  },
);
