import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';
import type { Page } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';
import { accessRows, readBanner, setStage, type Stage } from './support.js';
import { setUp } from '../support/node/setting-up.js';

interface Card {
  summary: string;
  indicator: string;
  source: { label: string };
  links: { url: string; type: string }[];
}

describe('launched by an EPR', () => {
  let stage: Stage;
  setUp(async (keep) => {
    stage = await setStage(keep);
  });

  const launch = async (query: string): Promise<{ page: Page; complaints: string[] }> => {
    const page = await stage.browser.newPage(inWindow);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await page.goto(`${stage.demo.url}/ehr/launch?${query}`);
    await page.waitForFunction(() => document.querySelector('#says')?.textContent.startsWith('Launched'));
    return { page, complaints };
  };

  it('SMART, with fhirclient itself: the session’s patient, one access, and neither in the address', async () => {
    const before = (await accessRows(stage)).length;
    const { page, complaints } = await launch('person=0');
    expect((await readBanner(page)).heading).to.equal('Child protection plan and looked after');
    expect((await accessRows(stage)).slice(before).map(({ nhsNumber }) => nhsNumber)).to.deep.equal(['9995124467']);
    expect(page.url()).not.to.match(/999|code=/);
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it('SMART with a stay that is over opens nobody', async () => {
    const before = await accessRows(stage);
    const { page } = await launch('person=0&status=finished');
    await page.waitForSelector('cp-is-banner[reason]');
    // Anything that it still asks would be asked by then.
    await wait(500);
    expect(await page.$eval('cp-is-banner', (banner) => banner.getAttribute('reason'))).to.equal('no-attendance');
    expect(await accessRows(stage)).to.deep.equal(before);
    await page.close();
  });

  it('CDS Hooks: a card that leads to the banner, says nothing about the patient, and asks the register nothing', async () => {
    const before = await accessRows(stage);
    const at = `${stage.demo.url}/cds-services`;
    const { services } = (await (await fetch(at)).json()) as { services: { hook: string; id: string }[] };
    expect(services.map(({ hook }) => hook)).to.deep.equal(['patient-view']);
    const call = (hook: string, patientId: string): Promise<Response> =>
      fetch(`${at}/${services[0]!.id}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          hook,
          hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
          context: { userId: 'Practitioner/1', patientId },
          prefetch: { patient: { resourceType: 'Patient', id: patientId } },
        }),
      });

    const answers = await Promise.all(['person-0', 'person-21'].map((id) => call('patient-view', id)));
    const [known, unknown] = (await Promise.all(answers.map((answer) => answer.json()))) as { cards: Card[] }[];
    expect(known).to.deep.equal(unknown);
    const [card] = known!.cards;
    expect(card!.summary.length).to.be.within(1, 139);
    expect([card!.indicator, card!.links[0]!.type]).to.deep.equal(['info', 'smart']);
    expect(card!.links[0]!.url).to.equal(`${stage.demo.url}/demo/smart/`);
    expect((await fetch(card!.links[0]!.url)).status).to.equal(200);
    expect(JSON.stringify(known)).not.to.match(/person-|999/);
    expect((await call('order-sign', 'person-0')).status).to.equal(400);
    expect(await accessRows(stage)).to.deep.equal(before);
  });
});
