// Every status, reason and fault, with data that belongs only to this case, through the built tag and the sandbox
// register in a process of its own. None of the data may be found in any sink of the page, of its worker or of the
// register.
//
//   npm run build:tag && npm run campaign -- leaks --seed 1 --count 500
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';

import { startHost, type Host } from '../support/node/host-server.js';
import { watchForLeaks, watchSinksText } from '../support/node/leak-watch.js';
import { testNumber } from '../support/node/test-number.js';
import { oneOf, randomOfCase, startRegister, type Campaign, type RegisterProcess, type Totals } from './campaign.js';
import { situations, type Situation } from './leaks-situations.js';
import { launchBrowser } from '../support/node/launch.js';

const authority = 'E09000019';
const token = 'demo-ed-nurse';

/** Data that only this case's patient has, and that occurs nowhere else. */
interface Canary {
  readonly nhsNumber: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly encounter: string;
  readonly user: string;
}

/** The campaign's only authority, with a name and numbers that nobody else has. */
const localAuthority = {
  name: 'Quillshire County Council',
  officeHoursPhone: '01632960991',
  emergencyDutyPhone: '01632960992',
};

const canaryOf = (random: () => number, index: number): Canary => {
  const word = (): string => `Zq${Math.floor(random() * 1e12).toString(36)}`;
  return {
    nhsNumber: testNumber(index % 29_999),
    familyName: word(),
    givenName: word(),
    encounter: word(),
    user: word(),
  };
};

const hold = async ({ url }: RegisterProcess, { nhsNumber, familyName, givenName }: Canary): Promise<void> => {
  const person = { nhsNumber, familyName, givenName, birthDate: '2015-06-01' };
  const headers = { 'Content-Type': 'application/json' };
  await fetch(`${url}/sandbox/demographics/people`, { method: 'PUT', headers, body: JSON.stringify(person) });
  const plans = [{ type: 'CPP', start: '2026-01-05' }];
  const uploaded = await fetch(`${url}/local-authorities/${authority}/uploads`, {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer demo-la-${authority}` },
    body: JSON.stringify({ localAuthority, records: [{ ...person, plans }] }),
  });
  if (!uploaded.ok) throw new Error(`The upload was refused: ${uploaded.status}`);
};

/** Passes on the register's own answer to the tag's request, so that a fault can change it. */
const passOn =
  (register: RegisterProcess, { fault }: Situation, line: { isCut: boolean }) =>
  async (path: string, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { authorization = '', traceid = '', isunscheduledaccessevent = '' } = req.headers as Record<string, string>;
    const answer = await fetch(`${register.url}/cpis/FHIR/R4${path}`, {
      headers: { Authorization: authorization, TraceID: traceid, IsUnscheduledAccessEvent: isunscheduledaccessevent },
    });
    const whole = { status: answer.status, body: await answer.text() };
    const { status, body, cut = false, drop = false, hang = false } = { ...whole, ...fault?.(whole.body, path) };
    if (hang) return;
    if (drop || line.isCut) {
      req.socket.destroy();
      return;
    }
    res.writeHead(status, { 'Content-Type': 'application/fhir+json', Location: '/elsewhere' });
    if (cut) res.write(body.slice(0, body.length / 2), () => res.destroy());
    else res.end(body);
  };

/** Makes the tag as a host does, as `banner` in the page. It is not in the document yet. */
const makeTag = (page: Page, canary: Canary, situation: Situation, change: object): Promise<void> =>
  page.evaluate(
    async ({ nhsNumber, encounter, user }, changed, bearer, withKey) => {
      document.addEventListener('click', (event) => event.preventDefault());
      const usages: KeyUsage[] = ['encrypt', 'decrypt'];
      const storageKey = withKey
        ? await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages)
        : undefined;
      const banner = document.createElement('cp-is-banner');
      banner.textContent = 'CP-IS not checked';
      Object.assign(banner, {
        nhsNumber,
        nhsNumberStatus: 'verified',
        encounter,
        user,
        careSetting: 'emergency-department',
        baseUrl: 'register',
        accessToken: () => Promise.resolve(bearer),
        storageKey,
        ...changed,
      });
      Object.assign(globalThis, { banner, said: nhsNumber });
    },
    canary,
    { ...change, ...situation.properties?.(canary.nhsNumber) },
    token,
    situation.withKey !== false,
  );

/** Presses everything that can be pressed, including each button of each view that opens, twice. */
const pressEverything = (page: Page): Promise<void> =>
  page.$eval('cp-is-banner', async (banner) => {
    for (let round = 0; round < 2; round++)
      for (const each of banner.shadowRoot?.querySelectorAll<HTMLElement>('button, a') ?? []) {
        if (each.innerText.trim() === 'Check again') continue;
        each.click();
        await (banner as unknown as { updateComplete: Promise<unknown> }).updateComplete;
      }
  });

/** How a case may end: the patient is closed, the user signs out, or the tag is removed. */
const anyEnd = ['banner.clear()', 'banner.constructor.signOut()', 'banner.remove()'];

/** The tag runs no worker but its own file, so this page starts workers with the watch, which then loads that file. */
const watchedWorkers = `<script>
  globalThis.Worker = class extends Worker { constructor(_, options) { super('watched.js', options); } };
</script>`;

const runCase = async (
  { host, browser, register }: { host: Host; browser: Browser; register: RegisterProcess },
  seed: number,
  index: number,
  worker: string,
): Promise<Totals> => {
  const random = randomOfCase(seed, index);
  const situation = situations[(index + seed) % situations.length]!;
  const canary = canaryOf(random, index);
  const rung = oneOf(random, ["worker-src 'self'", "worker-src 'none'"]);
  const change = { layout: oneOf(random, ['banner', 'compact', 'panel']), discreet: random() < 0.3, timeout: 5 };
  if (situation.held !== false) await hold(register, canary);
  register.said.splice(0);

  const line = { isCut: false };
  const context = await browser.createBrowserContext();
  const { nhsNumber, familyName, givenName, encounter, user } = canary;
  const words = [nhsNumber, familyName, givenName, encounter, user, 'Quillshire', token];
  const watch = watchForLeaks(context, words);
  try {
    const site = await host.site({
      csp: rung,
      body: '<script type="module" src="cp-is-banner.js"></script>',
      head: watchedWorkers,
      files: { 'watched.js': `${watchSinksText}\n${worker}` },
      answer: passOn(register, situation, line),
    });
    const page = await context.newPage();
    await page.goto(site.url);
    await makeTag(page, canary, situation, change);
    await page.evaluate(`${situation.plant ?? ''}; document.body.append(banner)`);
    await page.waitForSelector(`cp-is-banner${situation.is}`, { timeout: 90_000 });
    if (situation.is.includes('current')) {
      const answer = await page.$eval('cp-is-banner', (banner) =>
        JSON.stringify((banner as { answer?: unknown }).answer),
      );
      if (!answer.includes('Quillshire')) throw new Error('the case’s own data never reached the tag');
    }
    await pressEverything(page);
    if (situation.thenFails === true) {
      line.isCut = true;
      await page.evaluate(`banner.encounter = ${JSON.stringify(`${canary.encounter}2`)}`);
      await page.waitForSelector('cp-is-banner[status=not-checked][reason=unreachable]');
      await pressEverything(page);
    }
    await page.evaluate(oneOf(random, situation.after ?? anyEnd));
    await page.close();
    watch.sunk.push(...register.said.map((text) => ['register', text] as const));
    await watch.settle();
  } catch (cause) {
    throw new Error(`leaks, seed ${seed}, case ${index} (${situation.name}, ${rung}): ${String(cause)}`, { cause });
  } finally {
    await context.close();
  }
  return { [situation.name]: 1, 'texts searched': watch.sunk.length, leaks: 0 };
};

export const campaign: Campaign = {
  full: 500,
  slice: 4,
  batch: 5,
  open: async () => {
    const worker = await readFile('dist/cp-is-banner.worker.js', 'utf8');
    const [register, host, browser] = await Promise.all([startRegister(), startHost(), launchBrowser()]);
    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        for (let index = from; index < to; index++)
          for (const [what, count] of Object.entries(await runCase({ host, browser, register }, seed, index, worker)))
            totals[what] = (totals[what] ?? 0) + count;
        return totals;
      },
      close: async () => {
        await browser.close();
        await host.close();
        await register.kill();
      },
    };
  },
};
