import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { Browser } from 'puppeteer-core';

import { people } from '../../demo/shared/people.js';
import { users } from '../../demo/register/index.js';
import { authorities } from '../../demo/register/seed/authorities.js';
import { practitioners } from '../../demo/register/seed/practitioners.js';
import { accesses, held, nhsNumber, otherNumber } from '../fixtures/bundles.js';
import { canariesIn } from '../support/canaries.js';
import { startHost, type Host } from '../support/node/host-server.js';
import { watchForLeaks } from '../support/node/leak-watch.js';
import { testNumber } from '../support/node/test-number.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

/** The name of a team or a service names no person. */
const isTeam = (name: string): boolean => ['Duty team', 'Clinical hub'].includes(name);

describe('what the leak watch knows', () => {
  it('is every number, person, member of staff and authority of the demo', () => {
    for (const person of people('2026-11-22')) {
      expect(canariesIn(`asked for ${person.nhsNumber}!`), person.nhsNumber).to.have.lengthOf(1);
      expect(canariesIn(`${person.givenName} ${person.familyName}`), person.familyName).not.to.be.empty;
    }
    for (const { name } of [...users, ...practitioners])
      if (!isTeam(name)) expect(canariesIn(name), name).not.to.be.empty;
    for (const { name, ...phones } of Object.values(authorities)) {
      expect(canariesIn(name), name).not.to.be.empty;
      for (const phone of [
        phones.emergencyDutyPhone,
        'officeHoursPhone' in phones ? phones.officeHoursPhone : undefined,
      ])
        if (phone !== undefined) expect(canariesIn(phone), phone).not.to.be.empty;
    }
  });

  it('is every canary of the fixtures', () => {
    for (const number of [nhsNumber, otherNumber, ...Array.from({ length: 200 }, (_, index) => testNumber(index))])
      expect(canariesIn(number), number).to.have.lengthOf(1);
    expect(canariesIn(JSON.stringify(held()))).to.include.members(['9990000018', 'Melanie JONES', 'Islington']);
    expect(canariesIn(JSON.stringify(accesses([{ at: '2026-01-01T00:00:00Z' }])))).to.include('Paula PALMER');
  });

  const written: readonly string[] = [
    '999 000 0018',
    '999-000-0018',
    'identifier=https%3A%2F%2Ffhir.nhs.uk%2FId%2Fnhs-number%7C9990000018',
    'tel:+442079460123',
    '020 7946 0123',
    'MELANIE%20JONES',
    '["02079460123","d41d8cd98f00b204e9800998ecf8427e"]',
  ];
  for (const text of written)
    it(`${text} is found`, () => {
      expect(canariesIn(`before ${text} after`)).to.have.lengthOf(1);
    });

  for (const text of [
    '9990000019',
    '1763999000001812',
    '12 of 9990000',
    'Reading 20 of 30',
    'd41d8cd98f00b204e9800998ecf8427e',
    'cp-is d41d8cd98f00b204114496935998ecf8427ed41d8cd98f00b204e9800998ecf8',
    'd41d8cd9-8f00-4204-a980-114496935c8f',
  ])
    it(`${text} is nobody’s`, () => {
      expect(canariesIn(text)).to.deep.equal([]);
    });
});

describe('the leak watch finds each planted leak', () => {
  let host: Host;
  let browser: Browser;
  let url: string;
  setUp(async (keep) => {
    host = await keep(startHost());
    browser = await keep(launchBrowser());
    ({ url } = await host.site({ files: { 'worker.js': 'console.log(new URL(location).searchParams.get("about"))' } }));
  });

  /** The planted scripts of a page, by the place where each leak is found. `said` is the canary. */
  const planted: Readonly<Record<string, string>> = {
    'console.log': 'console.log("asked", { about: [said] })',
    'console.error': 'console.error(new Error(said))',
    error: 'setTimeout(() => { throw new Error(said) })',
    unhandledrejection: 'Promise.reject(new Error(said))',
    dispatchEvent:
      'class Change extends Event { about = said }; document.body.dispatchEvent(new Change("cp-is-change"))',
    'Storage.setItem': 'sessionStorage.setItem("a", said); sessionStorage.clear()',
    localStorage: 'localStorage[said] = 1',
    sessionStorage: 'sessionStorage.last = said',
    cookie: 'document.cookie = "last=" + said',
    address: 'location.hash = said',
    BroadcastChannel: 'new BroadcastChannel(said)',
    locks: 'navigator.locks.request(said, () => new Promise(() => {}))',
    'performance.mark': 'performance.mark(said)',
    IndexedDB: `const open = indexedDB.open("plain");
      open.onupgradeneeded = () => open.result.createObjectStore("answers").add({ sealed: new TextEncoder().encode(said).buffer }, 1)`,
    caches: 'caches.open("c").then((cache) => cache.put("/?" + said, new Response("")))',
    console: 'new Worker("worker.js?about=" + said)',
  };
  for (const [place, plant] of Object.entries(planted))
    it(place, async () => {
      const context = await browser.createBrowserContext();
      const watch = watchForLeaks(context);
      const page = await context.newPage();
      await page.goto(url);
      await page.evaluate(`{ const said = ${JSON.stringify(nhsNumber)}; ${plant} } undefined`);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
      await page.close();
      expect(await watch.settle().catch(String)).to.match(new RegExp(`\\b${place}: ${nhsNumber}`));
      await context.close();
    });

  it('also in what a server in this process says', async () => {
    const watch = watchForLeaks(browser);
    console.error(`      (planted) asked for ${nhsNumber}`);
    expect(await watch.settle().catch(String)).to.contain(`server: ${nhsNumber}`);
  });

  it('but finds nothing where nothing has leaked', async () => {
    const context = await browser.createBrowserContext();
    const watch = watchForLeaks(context);
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(`document.body.textContent = ${JSON.stringify(nhsNumber)}; localStorage.layout = 'panel'`);
    await page.close();
    await watch.settle();
    await context.close();
  });
});

it('a component test that leaks fails its file', async () => {
  const runner = ['--import', 'tsx', 'node_modules/@web/test-runner/dist/bin.js'];
  const config = ['--config', 'tools/web-test-runner/chromium.config.js'];
  const planted = spawn(process.execPath, [...runner, ...config, '--files', 'test/support/page/planted-leak.test.ts']);
  let said = '';
  planted.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => planted.once('exit', resolve));
  expect(said).to.contain('1 passed').and.to.contain('Leaked: console.warn: 999 000 0018');
  expect(code).to.equal(1);
});
