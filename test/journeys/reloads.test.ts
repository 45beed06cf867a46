import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Page } from 'puppeteer-core';

import { inWindow } from '../../tools/browser.js';
import { startHost, type Host } from '../support/node/host-server.js';
import { setUp } from '../support/node/setting-up.js';
import { notifications } from './authority-support.js';
import { sentence } from './host-support.js';
import { accessRows, setStage, type Stage } from './support.js';

const child = '9995124467';

/**
 * A page of a record as a server renders it. The HTML says who is open; a script says who is signed in and has the key.
 */
const recordOf = (encounter: string, hasKey: boolean): string => `
  <cp-is-banner care-setting="emergency-department" base-url="register" nhs-number="${child}" nhs-number-status="verified"
    ${encounter === '' ? '' : `encounter="${encounter}"`}>${sentence}</cp-is-banner>
  <script type="module">
    const banner = document.querySelector('cp-is-banner');
    banner.user = 'nurse';
    ${
      hasKey
        ? `const bytes = fetch('session-key').then((answer) => answer.text());
    const key = bytes.then((text) =>
      crypto.subtle.importKey('raw', Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16)), 'AES-GCM', false, ['encrypt', 'decrypt']));
    banner.storageKey = () => key;`
        : ''
    }
    await import(new URL('cp-is-banner.js', location.href).href);
  </script>`;

describe('a page that reloads', () => {
  let stage: Stage;
  let host: Host;
  setUp(async (keep) => {
    stage = await setStage(keep);
    host = await keep(startHost());
  });

  /** The address of a record whose server asks the sandbox register with its user's token. */
  const record = async (encounter: string, hasKey: boolean): Promise<string> => {
    const site = await host.site({
      body: recordOf(encounter, hasKey),
      files: { 'session-key': randomBytes(32).toString('hex') },
      answer: async (path, req, res) => {
        const headers = new Headers({ Authorization: 'Bearer demo-ed-nurse' });
        for (const name of ['traceid', 'isunscheduledaccessevent']) headers.set(name, String(req.headers[name]));
        const answer = await fetch(`${stage.demo.url}/cpis/FHIR/R4${path}`, { headers });
        res.writeHead(answer.status, { 'Content-Type': 'application/fhir+json' }).end(await answer.text());
      },
    });
    return site.url;
  };
  const newTab = (): Promise<Page> => stage.browser.newPage(inWindow);
  const load = async (page: Page, url: string): Promise<void> => {
    await page.goto(url);
    await page.waitForSelector('cp-is-banner[status=current]:not([visits=loading])');
  };
  /** The register's accesses, and the authority's alerts. */
  const counts = async (): Promise<{ accesses: number; alerts: number }> => ({
    accesses: (await accessRows(stage)).length,
    alerts: (await notifications(stage)).length,
  });
  const madeBy = async (act: () => Promise<void>): Promise<{ accesses: number; alerts: number }> => {
    const before = await counts();
    await act();
    const after = await counts();
    return { accesses: after.accesses - before.accesses, alerts: after.alerts - before.alerts };
  };
  /** Five pages of one record, one after another in a tab; two more tabs; and one more when all of these are closed. */
  const aMorning = async (url: string): Promise<void> => {
    const first = await newTab();
    for (let page = 0; page < 5; page += 1) await load(first, url);
    const more = await Promise.all([newTab(), newTab()]);
    await Promise.all(more.map((tab) => load(tab, url)));
    for (const tab of [first, ...more]) await tab.close();
    const last = await newTab();
    await load(last, url);
    await last.close();
  };

  it('with a key: one access and one alert, however many pages and tabs show the record', async () => {
    const url = await record('attendance-1', true);
    expect(await madeBy(() => aMorning(url))).to.deep.equal({ accesses: 1, alerts: 1 });
  });

  it('with a key and no encounter: one access and one alert, within fresh-for', async () => {
    const url = await record('', true);
    expect(await madeBy(() => aMorning(url))).to.deep.equal({ accesses: 1, alerts: 1 });
  });

  it('without a key: each page in a tab of its own is an access and an alert', async () => {
    const url = await record('attendance-2', false);
    const tab = await newTab();
    const made = await madeBy(async () => {
      for (let page = 0; page < 5; page += 1) await load(tab, url);
    });
    await tab.close();
    expect(made).to.deep.equal({ accesses: 5, alerts: 5 });
  });

  it('after signing out, the record is a new access', async () => {
    const url = await record('attendance-3', true);
    const tab = await newTab();
    const made = await madeBy(async () => {
      await load(tab, url);
      await tab.evaluate(() => {
        (customElements.get('cp-is-banner') as unknown as { signOut(): void }).signOut();
      });
      await load(tab, url);
    });
    expect(made).to.deep.equal({ accesses: 2, alerts: 2 });
    await tab.close();
  });
});
