import { expect } from 'chai';
import type { Page } from 'puppeteer-core';

import type { Seen } from '../../demo/shared/fhircast-messages.js';
import { inWindow } from '../../tools/browser.js';
import { medplumScript } from '../support/node/medplum.js';
import { accessRows, openScreen, readBanner, setStage, type Stage } from './support.js';
import { setUp } from '../support/node/setting-up.js';

/** The parts of Medplum's client that the page uses. */
interface Medplum {
  fhircastSubscribe(topic: string, events: string[]): Promise<object>;
  fhircastUnsubscribe(request: object): Promise<void>;
  fhircastConnect(request: object): { addEventListener(type: string, listener: (event: MedplumEvent) => void): void };
  fhircastPublish(topic: string, event: string, context: object[]): Promise<object>;
  fhircastGetContext(topic: string): Promise<{ 'context.type': string }>;
}

interface MedplumEvent {
  payload: { id: string; event: { 'hub.event': string; context: { key: string; resource: { id: string } }[] } };
}

type Tab = typeof globalThis & {
  MedplumClient: new (options: object) => Medplum;
  medplum: Medplum;
  heard: MedplumEvent['payload'][];
};

const lineOf = (page: Page): Promise<string | undefined> =>
  page.$eval('cp-is-banner', ({ shadowRoot }) => shadowRoot?.querySelector('.sync')?.textContent);

describe('FHIRcast, in the demo', () => {
  let stage: Stage;
  let script: string;
  setUp(async (keep) => {
    stage = await setStage(keep);
    script = await medplumScript();
  });

  const openDemo = async (topic: string): Promise<{ page: Page; complaints: string[] }> => {
    const opened = await openScreen(stage, 'fhircast', `?topic=${topic}#`);
    await opened.page.waitForSelector('[data-state=connected]');
    return opened;
  };

  /** A page with nothing but Medplum's client. */
  const openMedplum = async (): Promise<Page> => {
    const page = await stage.browser.newPage(inWindow);
    await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
    await page.goto(`${stage.demo.url}/fhircast/sandbox/none`);
    await page.addScriptTag({ content: script, type: 'module' });
    await page.waitForFunction('globalThis.MedplumClient');
    await page.evaluate(() => {
      const tab = globalThis as Tab;
      tab.heard = [];
      tab.medplum = new tab.MedplumClient({
        baseUrl: `${location.origin}/fhircast/`,
        fhircastHubUrl: 'hub',
        accessToken: 'demo-medplum',
        storage: undefined,
      });
    });
    return page;
  };

  const subscribe = (page: Page, topic: string): Promise<void> =>
    page.evaluate(async (session) => {
      const tab = globalThis as Tab;
      const request = await tab.medplum.fhircastSubscribe(session, [
        'Patient-open',
        'Encounter-open',
        'Encounter-close',
      ]);
      const connection = tab.medplum.fhircastConnect(request);
      connection.addEventListener('message', ({ payload }) => tab.heard.push(payload));
      await new Promise<void>((resolve) => connection.addEventListener('connect', () => resolve()));
    }, topic);

  const seen = async (topic: string): Promise<Seen> =>
    (await (await fetch(`${stage.demo.url}/fhircast/sandbox/${topic}`)).json()) as Seen;

  it('the viewer follows the EPR, says when the hub is lost, and makes one access for each open', async () => {
    const before = (await accessRows(stage)).length;
    const { page, complaints } = await openDemo('lost');
    await page.click('[data-person="0"]');
    expect((await readBanner(page)).heading).to.equal('Child protection plan and looked after');
    await page.click('#lost');
    await page.waitForSelector('[data-state=lost]');
    await page.waitForFunction(() => document.querySelector('cp-is-banner')?.shadowRoot?.querySelector('.sync'));
    expect((await lineOf(page))?.replace(/\s+/g, ' ').trim()).to.equal(
      'This may be another patient: NHS No. 999 512 4467 Out of sync. Open your patient again. Show',
    );
    await page.click('#lost');
    await page.waitForSelector('[data-state=connected]');
    await page.waitForFunction(() => !document.querySelector('cp-is-banner')?.shadowRoot?.querySelector('.sync'));
    expect(await accessRows(stage)).to.have.lengthOf(before + 1);

    await page.click('[data-person="2"]');
    await page.waitForFunction(
      () =>
        document.querySelector('cp-is-banner')?.shadowRoot?.querySelector('h2')?.textContent ===
        'Child protection plan',
    );
    await page.click('#close');
    await page.waitForSelector('cp-is-banner[status=idle]');
    expect(await accessRows(stage)).to.have.lengthOf(before + 2);
    // While the hub is lost, the browser itself logs each 503, and the adapter reports each reason once.
    expect(complaints.filter((complaint) => !complaint.includes('503'))).to.deep.equal([
      '<cp-is-banner>: FHIRcast: The hub’s socket closed (code 1005).',
    ]);
    await page.close();
  });

  it('ours follows what Medplum’s client publishes', async () => {
    const topic = 'from-medplum';
    const before = (await accessRows(stage)).length;
    const { page } = await openDemo(topic);
    const medplum = await openMedplum();
    const [patient, encounter] = [
      {
        resourceType: 'Patient',
        id: 'p1',
        identifier: [
          {
            system: 'https://fhir.nhs.uk/Id/nhs-number',
            value: '9992873604',
            extension: [
              {
                url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
                valueCodeableConcept: {
                  coding: [
                    {
                      system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
                      code: '01',
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
      { resourceType: 'Encounter', id: 'e1', status: 'in-progress', subject: { reference: 'Patient/p1' } },
    ];
    const context = [
      { key: 'patient', resource: patient },
      { key: 'encounter', resource: encounter },
    ];
    const publish = (event: string): Promise<unknown> =>
      medplum.evaluate((...about) => (globalThis as Tab).medplum.fhircastPublish(...about), topic, event, context);

    await publish('Encounter-open');
    await page.waitForSelector('cp-is-banner:is([status=current], [status=ended], [status=none])');
    expect((await accessRows(stage)).slice(before).map(({ nhsNumber }) => nhsNumber)).to.deep.equal(['9992873604']);
    expect((await seen(topic)).acknowledged.map(({ status }) => status)).to.deep.equal(['200']);

    await publish('Encounter-open');
    await publish('Encounter-close');
    await page.waitForSelector('cp-is-banner[status=idle]');
    expect(await accessRows(stage)).to.have.lengthOf(before + 1);
    await page.close();
    await medplum.close();
  });

  it('Medplum’s client follows what the EPR publishes, and acknowledges it without a status', async () => {
    const topic = 'to-medplum';
    const { page } = await openDemo(topic);
    const medplum = await openMedplum();
    await subscribe(medplum, topic);
    await page.click('[data-person="1"]');
    await medplum.waitForFunction(() => (globalThis as Tab).heard.length > 0);
    const [heard] = await medplum.evaluate(() => (globalThis as Tab).heard);
    expect(heard?.event['hub.event']).to.equal('Encounter-open');
    expect(heard?.event.context.map(({ key, resource }) => [key, resource.id])[0]).to.deep.equal([
      'patient',
      'person-1',
    ]);
    await readBanner(page);

    let statuses: (string | undefined)[] = [];
    while (statuses.length < 2)
      statuses = (await seen(topic)).acknowledged.filter(({ id }) => id === heard?.id).map(({ status }) => status);
    expect(statuses).to.have.members(['200', undefined]);
    await page.close();
    await medplum.close();
  });

  it('Medplum’s client asks who is open, and is told even if it joins late', async () => {
    const topic = 'late-medplum';
    const { page } = await openDemo(topic);
    await page.click('[data-person="1"]');
    await readBanner(page);
    const medplum = await openMedplum();
    const context = await medplum.evaluate((session) => (globalThis as Tab).medplum.fhircastGetContext(session), topic);
    expect(context['context.type']).to.equal('Encounter');
    await subscribe(medplum, topic);
    await medplum.waitForFunction(() => (globalThis as Tab).heard.length === 1);
    await page.close();
    await medplum.close();
  });
});
