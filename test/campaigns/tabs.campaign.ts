import puppeteer from 'puppeteer-core';

import { startDemo } from '../../demo/server.js';
import { allListen, openTab, type Tab } from '../support/bare-tab.js';
import { browserArguments, browserPath } from '../support/browser.js';
import { oneOf, randomOfCase, type Campaign } from './campaign.js';

/**
 * Safety rule 4 with real tabs: twenty of them open the same patient, the one that asks is closed or killed at a random
 * moment, and the register has one access all the same.
 */
const tabsOfOneUser = 20;
/** The register takes this long, in milliseconds, so that a leader can be met in the middle of its check. */
const answersAfter = 250;
const baseUrl = `/faults/delay-${answersAfter}/cpis/FHIR/R4`;
const numbers = ['9995124467', '9996878082'];

export const campaign: Campaign = {
  full: 200,
  slice: 2,
  batch: 5,
  open: async () => {
    const demo = await startDemo(0);
    const browser = await puppeteer.launch({ executablePath: await browserPath(), args: [...browserArguments] });
    const accesses = async (): Promise<number> =>
      ((await (await fetch(`${demo.url}/sandbox/accesses`)).json()) as readonly unknown[]).length;
    let tabs: Tab[] = [];

    const oneOpen = async (seed: number, index: number) => {
      const random = randomOfCase(seed, index);
      const missing = tabsOfOneUser - tabs.length;
      tabs.push(...(await Promise.all(Array.from({ length: missing }, () => openTab(browser, demo.url, baseUrl)))));
      await allListen(tabs);
      // The one that opens first leads.
      tabs.sort(() => random() - 0.5);
      const nhsNumber = oneOf(random, numbers);
      const encounter = `encounter-${seed}-${index}`;
      const before = await accesses();
      const [leader, ...others] = tabs as [Tab, ...Tab[]];
      await leader.open({ nhsNumber, encounter });
      const opened = others.map((tab) => tab.open({ nhsNumber, encounter }));
      let leadersLost = 0;
      const victims = [leader, ...others.filter(() => random() < 0.05)];
      const killed = victims.map(async (tab) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 3 * answersAfter));
        if (tab === leader && (await tab.says()) !== 'current shown') leadersLost += 1;
        await tab.end(oneOf(random, ['closed', 'crashed']));
      });
      await Promise.allSettled([...opened, ...killed]);
      tabs = tabs.filter((tab) => !tab.isGone());
      const answers = await Promise.all(tabs.map((tab) => tab.answer()));
      // One that comes when all is over shares the open too.
      const late = await openTab(browser, demo.url, baseUrl);
      tabs.push(late);
      await late.open({ nhsNumber, encounter });
      answers.push(await late.answer());
      const made = (await accesses()) - before;
      if (made !== 1) throw new Error(`seed ${seed}, case ${index}: ${made} accesses`);
      const other = answers.find((said) => said !== 'current shown');
      if (other !== undefined) throw new Error(`seed ${seed}, case ${index}: a tab says ${other}`);
      return { killed: victims.length, leadersLost, answers: answers.length, accesses: made };
    };

    return {
      run: async (seed, from, to) => {
        const totals = { 'tabs ended': 0, 'while they led': 0, answers: 0, accesses: 0 };
        for (let index = from; index < to; index += 1) {
          const found = await oneOpen(seed, index);
          totals['tabs ended'] += found.killed;
          totals['while they led'] += found.leadersLost;
          totals.answers += found.answers;
          totals.accesses += found.accesses;
        }
        return totals;
      },
      close: async () => {
        await browser.close();
        await demo.close();
      },
    };
  },
};
