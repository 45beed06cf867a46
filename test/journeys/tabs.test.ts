import { expect } from 'chai';

import { allListen, openTab, type Tab } from '../support/node/bare-tab.js';
import { befall, deaths, type Death } from '../support/node/worker-deaths.js';
import { needing } from '../support/node/needing.js';
import { setUp, setUpEach } from '../support/node/setting-up.js';
import { accessRows, setStage, type Stage } from './support.js';

const child = '9995124467';
/** Each answer takes long enough that even a busy machine can see the state before it. */
const slow = '/faults/delay-4000/cpis/FHIR/R4';
/** Long enough to see that it asks, and short enough to ask again within one check. */
const fairlySlow = '/faults/delay-1500/cpis/FHIR/R4';
const fast = '/cpis/FHIR/R4';

needing('another window').describe('several tabs of one user', function () {
  let stage: Stage;
  let tabs: Tab[] = [];

  setUp(async (keep) => {
    stage = await setStage(keep);
  });
  setUpEach((keep) =>
    keep((tabs = []), async () => {
      for (const tab of tabs) await tab.end('closed');
    }),
  );

  const open = async (count: number, baseUrl = slow): Promise<Tab[]> => {
    tabs = await Promise.all(Array.from({ length: count }, () => openTab(stage.browser, stage.demo.url, baseUrl)));
    await allListen(tabs);
    return tabs;
  };
  const traceIds = async (): Promise<ReadonlySet<string>> =>
    new Set((await accessRows(stage)).map(({ traceId }) => traceId));

  it('five open the same patient: one access, and every tab shows it', async () => {
    const before = await traceIds();
    const all = await open(5, fast);
    await Promise.all(all.map((tab) => tab.open({ nhsNumber: child, encounter: 'A' })));
    for (const tab of all) expect(await tab.answer()).to.equal('current shown');
    expect((await traceIds()).size - before.size).to.equal(1);
  });

  for (const how of ['closed', 'crashed'] as const)
    it(`the tab that asks is ${how} midway: the others get their answer, and there is one access`, async () => {
      const before = await traceIds();
      const [leader, ...others] = (await open(3)) as [Tab, ...Tab[]];
      await leader.open({ nhsNumber: child, encounter: how });
      for (const tab of others) await tab.open({ nhsNumber: child, encounter: how });
      expect(await leader.says()).to.equal('checking none');
      await leader.end(how);
      for (const tab of others) expect(await tab.answer()).to.equal('current shown');
      expect((await traceIds()).size - before.size).to.equal(1);
    });

  for (const death of Object.keys(deaths) as Death[])
    it(`the worker of the tab that asks ${death}: the others get their answer, and there is one access`, async () => {
      const before = await traceIds();
      const [leader, ...others] = (await open(3, fairlySlow)) as [Tab, ...Tab[]];
      await leader.open({ nhsNumber: child, encounter: death });
      for (const tab of others) await tab.open({ nhsNumber: child, encounter: death });
      expect(await leader.says()).to.equal('checking none');
      befall(leader.page, death);
      for (const tab of others) expect(await tab.answer()).to.equal('current shown');
      expect((await traceIds()).size - before.size).to.equal(1);
    });

  it('a worker hangs after asking, in the only tab: a tab that opens later shares its access', async () => {
    const before = await traceIds();
    const [leader] = (await open(1, fairlySlow)) as [Tab];
    await leader.open({ nhsNumber: child, encounter: 'hangs, alone' });
    await leader.answer();
    befall(leader.page, 'hangs');
    const late = await openTab(stage.browser, stage.demo.url, fairlySlow);
    tabs.push(late);
    await late.open({ nhsNumber: child, encounter: 'hangs, alone' });
    expect(await late.answer()).to.equal('current shown');
    expect((await traceIds()).size - before.size).to.equal(1);
  });

  it('one tab signs out: nothing of the patient stays in any tab, and what is under way is dropped', async () => {
    const [first, second, third] = (await open(3, fast)) as [Tab, Tab, Tab];
    for (const tab of [first, second]) await tab.open({ nhsNumber: child, encounter: 'B' });
    for (const tab of [first, second]) await tab.answer();
    expect(await second.text()).to.contain('Islington');
    await third.open({ nhsNumber: child, encounter: 'C', baseUrl: '/faults/hang/cpis/FHIR/R4' });
    expect(await third.says()).to.equal('checking none');
    await first.page.evaluate(() => {
      (customElements.get('cp-is-banner') as unknown as { signOut(): void }).signOut();
    });
    for (const tab of [first, second, third]) {
      await tab.page.waitForSelector('cp-is-banner[reason="signed-out"]');
      expect(await tab.text()).to.not.contain('Islington');
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const tab of [first, second, third]) expect(await tab.says()).to.equal('not-checked none');
  });

  it('one tab signs out: what was stored, sealed, is gone from every tab', async () => {
    const [first, second] = (await open(2, fast)) as [Tab, Tab];
    const databases = (tab: Tab) => tab.page.evaluate(async () => (await indexedDB.databases()).length);
    for (const tab of [first, second])
      await tab.page.evaluate(async () => {
        const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
        Object.assign(document.querySelector('cp-is-banner') ?? {}, { storageKey: key });
      });
    await first.open({ nhsNumber: child, encounter: 'D' });
    await first.answer();
    await first.page.waitForFunction(async () => (await indexedDB.databases()).length === 1);
    await second.page.evaluate(() => {
      (customElements.get('cp-is-banner') as unknown as { signOut(): void }).signOut();
    });
    await first.page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
    expect(await databases(second)).to.equal(0);
  });
});
