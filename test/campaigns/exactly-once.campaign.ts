import type { Page } from 'puppeteer-core';

import { faultProxy, type Arrival } from '../support/node/fault-proxy.js';
import { befall, deaths, type Death } from '../support/node/worker-deaths.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';
import { registerUnderTest, type Held } from './exactly-once/register.js';
import { play } from './exactly-once/screen.js';
import { scriptOf, type Script } from './exactly-once/scripts.js';
import { tagBrowser, tagSite } from './tag-stage.js';

/**
 * Safety rule 4, with the built tag in Chromium and the sandbox register. On the connection between them requests are
 * lost, cut off, reset, held up and sent again, and workers die or hang at any moment. One patient-open that reached
 * the register is one access, and one alert to each authority that holds a record. Retry, `check()`, re-open, a second
 * tag and an encounter that is set later make no other.
 */
export const campaign: Campaign = {
  full: 10_000,
  slice: 40,
  batch: 200,
  open: async () => {
    const register = await registerUnderTest();
    const site = await tagSite(register.answer);
    let underTest = new Map<string, { readonly script: Script; requests: number }>();
    const line = await faultProxy(site.url, ({ url }) => {
      const met = underTest.get(numberIn(url));
      return met?.script.faults[met.requests++];
    });
    const browser = await tagBrowser();
    const pages = await Promise.all(Array.from({ length: 3 }, () => browser.open(line.url)));

    return {
      async run(seed, from, to) {
        const scripts = Array.from({ length: to - from }, (_, at) => scriptOf(seed, from + at));
        await register.prepare(scripts);
        underTest = new Map(scripts.map((script) => [script.nhsNumber, { script, requests: 0 }]));
        const before = line.arrivals.length;
        const share = (page: number): Script[] => scripts.filter(({ index }) => index % pages.length === page);
        let isOver = false;
        const random = randomOfCase(seed, from);
        const loseWorkers = async (page: Page): Promise<number> => {
          let lost = 0;
          for (; !isOver; lost += 1) {
            await new Promise((resolve) => setTimeout(resolve, 2000 + random() * 8000));
            befall(page, oneOf(random, Object.keys(deaths) as Death[]));
          }
          return lost;
        };
        const losing = pages.map(loseWorkers);
        const said = new Map((await Promise.all(pages.map((page, number) => play(page, share(number))))).flat());
        isOver = true;
        const lost = await Promise.all(losing);
        await line.quiet();
        const complaints = browser.complaints.filter((complaint) => !complaint.includes('Error: broken'));
        if (complaints.length > 0) throw new Error(`Seed ${seed}: ${complaints.join('; ')}`);

        const totals: Totals = { 'workers lost': lost.reduce((all, one) => all + one, 0) };
        const arrivals = line.arrivals.slice(before);
        for (const script of scripts) {
          const asked = arrivals.filter(({ url }) => numberIn(url) === script.nhsNumber);
          const wrong = judge(script, asked, await register.held(script), said.get(script.index) ?? '', totals);
          if (wrong !== undefined) throw new Error(`Seed ${seed}, case ${script.index}: ${wrong}`);
        }
        return totals;
      },
      async close() {
        await browser.close();
        await line.close();
        await site.close();
        await register.close();
      },
    };
  },
};

const numberIn = (url: string): string => /nhs-number(?:\||%7C)(\d{10})/.exec(url)?.[1] ?? '';

/** Returns what is wrong, if anything, and counts what was there. */
function judge(
  script: Script,
  asked: readonly Arrival[],
  held: Held,
  said: string,
  totals: Totals,
): string | undefined {
  const reached = asked.filter(({ status }) => status !== undefined);
  const traces = new Set(reached.map(({ headers }) => `${script.author} ${headers['traceid'] ?? ''}`));
  const expected = script.isAlerting ? [...traces].sort() : [];
  const alerts = expected.flatMap((access) => script.holders.map((code) => `${access} ${code}`)).sort();
  const count = (what: string, by = 1): void => {
    totals[what] = (totals[what] ?? 0) + by;
  };
  count('patient-opens', script.opens);
  count('faults', asked.filter(({ fault }) => fault !== undefined).length);
  count('requests', asked.length);
  count('that reached the register', reached.length);
  count('opens that reached it in unscheduled care', expected.length);
  count('access rows', held.accesses.length);
  count('alerts', held.alerts.length);
  count('not checked in the end', /^(?:current|none)(?: and (?:current|none))?$/.test(said) ? 0 : 1);

  const refused = reached.find(({ status }) => status !== 200);
  if (refused !== undefined) return `the register refused with ${refused.status}`;
  if (traces.size > script.opens) return `${traces.size} TraceIDs for ${script.opens} opens`;
  if (held.accesses.length !== new Set(held.accesses).size) return 'an access is there twice';
  if ([...held.accesses].sort().join() !== expected.join())
    return `${held.accesses.length} access rows, ${expected.length} opens reached the register`;
  if ([...held.alerts].sort().join() !== alerts.join()) return `${held.alerts.length} alerts for ${alerts.length}`;
  // An author is listed once within 24 hours, however many accesses there are.
  if (held.listed !== Math.min(1, expected.length)) return `${held.listed} views are listed`;
  if (/current|none/.test(said) && traces.size === 0) return `${said} without an access`;
  return undefined;
}
