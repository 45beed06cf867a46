import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer-core';

import { accesses, held, none } from '../fixtures/bundles.js';
import { inWindow } from '../../tools/browser.js';
import { startHost, type Host, type Site, type SiteFacts } from '../support/node/host-server.js';
import type { Script } from '../support/scripts.js';
import { befall, deaths, type Death } from '../support/node/worker-deaths.js';
import { expectAnswer, expectNotChecked, register, script, see, seeAtRest, tag } from './host-support.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

/** The only one that the browser tells the page about. */
const told: Death = 'throws what nobody catches';

const next = '9990000026';
/** The first request is held until released; later ones are answered. */
const heldBack = (script: Script): Script => ({ ...script, hold: true, then: script });

describe('a lost worker is replaced', () => {
  let host: Host;
  let browser: Browser;
  setUp(async (keep) => {
    host = await keep(startHost());
    browser = await keep(launchBrowser());
  });

  const visit = async (facts: SiteFacts, attributes = 'timeout="5"'): Promise<{ site: Site; page: Page }> => {
    const site = await host.site({ register, body: script + tag(attributes), ...facts });
    const page = await browser.newPage(inWindow);
    await page.goto(site.url);
    return { site, page };
  };
  const asked = async (site: Site, resource: string): Promise<number> =>
    (await site.requests()).filter((request) => request.resource === resource).length;
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const traces = async (site: Site): Promise<readonly string[]> => [
    ...new Set((await site.requests()).map(({ headers }) => headers['traceid'] ?? '')),
  ];
  const press = (page: Page): Promise<void> =>
    page.$eval('cp-is-banner', (banner) => (banner as never as { check(): void }).check());
  const open = (page: Page, nhsNumber: string): Promise<void> =>
    page.$eval('cp-is-banner', (banner, nhsNumber) => void Object.assign(banner, { nhsNumber }), nhsNumber);

  for (const death of Object.keys(deaths) as Death[])
    describe(death, () => {
      it('with nobody open: the next patient is answered, or times out and is answered at Check again', async () => {
        const { site, page } = await visit({});
        expectAnswer(await seeAtRest(page));
        befall(page, death);
        await open(page, '');
        await open(page, next);
        await page.waitForSelector('cp-is-banner[status=not-checked], cp-is-banner[status=current]');
        const [wanted] = await traces(site);
        if (death !== told) {
          expectNotChecked(await see(page), 'timed-out');
          await press(page);
        }
        // This register knows only the first patient.
        expectNotChecked(await seeAtRest(page), 'wrong-patient');
        expect((await traces(site)).filter((trace) => trace !== wanted)).to.have.lengthOf(1);
        await page.close();
      });

      for (const [when, resource, scripts] of [
        ['while the plans are asked for', 'CareTeam', { ...register, CareTeam: heldBack(register.CareTeam) }],
        ['while the visits are asked for', 'AuditEvent', { ...register, AuditEvent: heldBack(register.AuditEvent) }],
      ] as const)
        it(`${when}: one access, and an answer within the time or at Check again`, async () => {
          const { site, page } = await visit({ register: scripts });
          await until(async () => (await asked(site, resource)) === 1);
          befall(page, death);
          if (death !== told) {
            const seen = await seeAtRest(page);
            if (resource === 'CareTeam') expectNotChecked(seen, 'timed-out');
            else expect([seen.status, seen.visits]).to.deep.equal(['current', 'failed']);
            await press(page);
          }
          expectAnswer(await seeAtRest(page));
          expect(await traces(site)).to.have.lengthOf(1);
          expect(await asked(site, resource)).to.equal(2);
          await page.close();
        });
    });

  it('one that fails again when it is asked again is not asked any more: unreachable, and Check again is answered', async () => {
    const { CareTeam } = register;
    const twiceHeldBack = heldBack({ ...heldBack(CareTeam), then: CareTeam });
    const scripts = { ...register, CareTeam: { ...CareTeam, then: { ...twiceHeldBack, then: heldBack(CareTeam) } } };
    const { site, page } = await visit({ register: scripts }, 'timeout="60"');
    expectAnswer(await seeAtRest(page));
    await press(page);
    for (const count of [2, 3]) {
      await until(async () => (await asked(site, 'CareTeam')) === count);
      befall(page, told);
    }
    const seen = await seeAtRest(page);
    expectNotChecked(seen, 'unreachable');
    expect(seen.says).to.contain('Don’t rely on an alert');
    await press(page);
    expectAnswer(await seeAtRest(page));
    expect(await traces(site)).to.have.lengthOf(1);
    await page.close();
  });

  for (const [what, body] of [
    ['a body of 120 MB', 120_000_000],
    ['a body of 3 MB', 3_000_000],
  ] as const)
    it(`${what}: unreadable at once, and the next patient is answered`, async () => {
      const text = JSON.stringify(held());
      const { page } = await visit(
        {
          answer: async (path, _, res) => {
            const url = decodeURIComponent(path);
            res.writeHead(200, { 'Content-Type': 'application/fhir+json' });
            if (url.includes(next)) res.end(JSON.stringify(url.includes('CareTeam') ? none(next) : accesses([], next)));
            else if (url.includes('CareTeam')) {
              for (let sent = 0; sent < body && !res.destroyed; sent += 1_000_000) {
                const more = res.write(' '.repeat(1_000_000));
                if (!more) await new Promise((resolve) => res.once('drain', resolve).once('close', resolve));
              }
              res.end(text);
            } else res.end('{}');
          },
        },
        'timeout="60"',
      );
      expectNotChecked(await seeAtRest(page), 'unreadable');
      await open(page, next);
      expect((await seeAtRest(page)).status).to.equal('none');
      await page.close();
    });
});
