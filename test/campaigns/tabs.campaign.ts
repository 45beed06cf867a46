import type { Browser } from 'puppeteer-core';

import { startDemo } from '../../demo/server/server.js';
import { allListen, openTab, type Tab } from '../support/node/bare-tab.js';
import { hide, outOfSight, show } from '../support/node/sight.js';
import { befall, deaths, type Death } from '../support/node/worker-deaths.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';
import { inWindow } from '../../tools/browser.js';
import { launchBrowser, wholeBrowser } from '../support/node/launch.js';

/**
 * Safety rule 4 with real tabs. Twenty of them open the same patient, and the one that asks is closed or killed at a
 * random moment. Workers die or hang, and where a full Chrome is installed tabs are hidden and frozen. The register
 * must still have only one access.
 */
const tabsOfOneUser = 20;
/** The register takes this many milliseconds, so that a leader can be interrupted in the middle of its check. */
const answersAfter = 250;
const baseUrl = `/faults/delay-${answersAfter}/cpis/FHIR/R4`;
const numbers = ['9995124467', '9996878082'];

export const campaign: Campaign = {
  full: 200,
  slice: 2,
  // Each has a browser of its own: Firefox grows with every window it ever had, until its locks take seconds.
  batch: 20,
  open: async () => {
    const demo = await startDemo(0);
    const whole = wholeBrowser();
    const accesses = async (): Promise<number> =>
      ((await (await fetch(`${demo.url}/sandbox/accesses`)).json()) as readonly unknown[]).length;
    let tabs: Tab[] = [];

    const oneOpen = async (browser: Browser, seed: number, index: number) => {
      const random = randomOfCase(seed, index);
      const missing = tabsOfOneUser - tabs.length;
      tabs.push(
        ...(await Promise.all(Array.from({ length: missing }, () => openTab(browser, demo.url, baseUrl, inWindow, 4)))),
      );
      await allListen(tabs);
      // The tab that opens first leads.
      tabs.sort(() => random() - 0.5);
      const nhsNumber = oneOf(random, numbers);
      const encounter = `encounter-${seed}-${index}`;
      const before = await accesses();
      const [leader, ...others] = tabs as [Tab, ...Tab[]];
      await leader.open({ nhsNumber, encounter });
      const opened = others.map((tab) => tab.open({ nhsNumber, encounter }));
      let leadersLost = 0;
      // Ends the whole tab that asks, or only its worker.
      const endsLeader = random() < 0.5;
      const victims = [...(endsLeader ? [leader] : []), ...others.filter(() => random() < 0.05)];
      const killed = victims.map(async (tab) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 3 * answersAfter));
        if (tab === leader && (await tab.says()) !== 'current shown') leadersLost += 1;
        await tab.end(oneOf(random, ['closed', 'crashed']));
      });
      const workersLost = [...(endsLeader ? [] : [leader]), ...others.filter(() => random() < 0.1)];
      const lost = workersLost.map(async (tab) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 3 * answersAfter));
        if (tab.isGone()) return;
        befall(tab.page, oneOf(random, Object.keys(deaths) as Death[]));
      });
      const unseen = whole === undefined ? [] : [leader, ...others].filter(() => random() < 0.2);
      const left = unseen.map(async (tab) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 3 * answersAfter));
        if (!tab.isGone()) await hide(tab.page, oneOf(random, outOfSight));
      });
      await Promise.allSettled([...opened, ...killed, ...lost, ...left]);
      tabs = tabs.filter((tab) => !tab.isGone());
      // Visible tabs are answered first, even if a frozen one had the turn.
      await Promise.all(tabs.filter((tab) => !unseen.includes(tab)).map((tab) => tab.answer()));
      await Promise.all(tabs.filter((tab) => unseen.includes(tab)).map((tab) => show(tab.page)));
      let timedOut = 0;
      // If a lost worker or a busy machine has not answered in time, asking again gets the answer within the same access.
      const answerOf = async (tab: Tab): Promise<string> => {
        for (let tries = 1; ; tries += 1) {
          const said = await tab.answer();
          if (said === 'current shown' || tries === 10) return said;
          timedOut += 1;
          await tab.check();
        }
      };
      const answers = await Promise.all(tabs.map(answerOf));
      // A tab that opens after all this shares the open too.
      const late = await openTab(browser, demo.url, baseUrl, inWindow, 4);
      tabs.push(late);
      await late.open({ nhsNumber, encounter });
      answers.push(await answerOf(late));
      const made = (await accesses()) - before;
      if (made !== 1) throw new Error(`seed ${seed}, case ${index}: ${made} accesses`);
      // A page learns of such a lost worker only when it asks, so the next case begins with other tabs.
      await Promise.all(workersLost.filter((tab) => !tab.isGone()).map((tab) => tab.end('closed')));
      tabs = tabs.filter((tab) => !tab.isGone());
      const amiss = answers.filter((said) => said !== 'current shown');
      if (amiss.length > 0) {
        const among = `among ${answers.length} tabs, which asked again ${timedOut} times`;
        throw new Error(`seed ${seed}, case ${index}: tabs say ${amiss.join(', ')}, ${among}`);
      }
      return {
        'tabs ended': victims.length,
        'while they led': leadersLost,
        'workers lost': workersLost.length,
        'timed out, and asked again': timedOut,
        'hidden or frozen': unseen.length,
        answers: answers.length,
        accesses: made,
      };
    };

    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        const browser = await launchBrowser(whole);
        tabs = [];
        try {
          for (let index = from; index < to; index += 1)
            for (const [what, number] of Object.entries(await oneOpen(browser, seed, index)))
              totals[what] = (totals[what] ?? 0) + number;
        } finally {
          await browser.close();
        }
        return totals;
      },
      close: () => demo.close(),
    };
  },
};
