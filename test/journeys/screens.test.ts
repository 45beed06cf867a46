import { expect } from 'chai';
import type { Page } from 'puppeteer-core';

import { cells, type Cell } from '../../demo/states/cells.js';
import { accessRows, openPatient, openScreen, readBanner, setStage, type Stage } from './support.js';
import { needing } from '../support/node/needing.js';
import { setUp, setUpEach } from '../support/node/setting-up.js';

const sundayEvening = Date.parse('2026-11-22T21:42:00Z');
/** How "no record" begins. The rest depends on the setting. */
const none = 'No CP-IS record for this NHS number. This does not rule out a concern: .*England only. .*';
const newborn = 'Newborn? A plan may be on the mother’s record.';
const day = '\\d\\d-[A-Z][a-z]{2}-\\d{4}';

/** What each screen's clinician must read first, by the patient's place in `people()`. */
const screens: Readonly<Record<string, { author: string; patients: readonly [string, string, string][] }>> = {
  'nhs-111': {
    author: 'demo-111',
    patients: [
      ['2', 'current', 'Child protection plan'],
      ['29', 'current', 'Child protection plan'],
      ['25', 'none', none],
      ['0', 'current', 'Child protection plan and looked after'],
      ['13', 'ended', `Looked after until ${day}`],
      ['21', 'none', none],
      ['14', 'current', 'Child protection plan'],
      ['32', 'none', none],
    ],
  },
  'general-practice': {
    author: 'demo-gp',
    patients: [
      ['32', 'none', none],
      ['7', 'none', none],
      ['1', 'current', 'Looked after'],
      ['11', 'current', 'Unborn baby: child protection plan'],
      ['4', 'current', 'Looked after'],
      ['13', 'ended', `Looked after until ${day}`],
      ['8', 'current', `Child protection plan starts ${day}. Treat as current.`],
      ['6', 'ended', `Child protection plan ended ${day}`],
      ['16', 'current', 'CP-IS record held. Plan type not recognised.'],
      ['33', 'none', none],
    ],
  },
  maternity: {
    author: 'demo-midwife',
    patients: [
      ['12', 'current', 'Unborn baby: child protection plan. Patient looked after.'],
      ['23', 'none', none],
      ['11', 'current', 'Unborn baby: child protection plan'],
      ['27', 'current', 'Unborn baby: child protection plan'],
      ['28', 'none', none],
      ['9', 'ended', `Unborn baby’s plan ended ${day}`],
      ['10', 'current', 'Child protection plan'],
    ],
  },
};

const bannerText = (page: Page): Promise<string> =>
  page.$eval('cp-is-banner', (banner) => banner.shadowRoot?.textContent ?? '');

/** Opens the toolbar and uses one of its controls as a user would. A change of clock reloads the page. */
const chooseInToolbar = async (page: Page, id: string, value: string): Promise<void> => {
  if ((await page.$('#toolbar[hidden]')) !== null) await page.click('.toolbar__open');
  await page.select(id, value);
};

const setClock = async (page: Page, preset: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), chooseInToolbar(page, '#toolbar-clock', preset)]);
  await page.waitForSelector('.toolbar__open');
};

describe('the screens of the other professions', () => {
  let stage: Stage;
  setUp(async (keep) => {
    stage = await setStage(keep, () => sundayEvening);
  });

  for (const [name, { author, patients }] of Object.entries(screens))
    it(`${name}: every patient's banner, and ${author === 'demo-gp' ? 'no access row' : 'one access row each'}`, async () => {
      const before = await accessRows(stage);
      const { page, complaints } = await openScreen(stage, name);
      await page.waitForSelector('[data-person]');
      const listed = await page.$$eval('[data-person]', (rows) => rows.map((row) => row.getAttribute('data-person')));
      expect(listed).to.have.members(patients.map(([person]) => person));
      for (const [person, status, heading] of patients) {
        const read = await openPatient(page, person);
        expect(read.status, person).to.equal(status);
        expect(read.heading, person).to.match(new RegExp(`^${heading}$`));
        if (name === 'maternity' && status === 'none') expect(await bannerText(page)).to.contain(newborn);
        await page.$eval('.steps__back', (link) => {
          (link as HTMLElement).click();
        });
        await page.waitForSelector('#record[hidden]');
      }
      const authors = (await accessRows(stage)).slice(before.length).map((row) => row.author);
      expect(authors).to.deep.equal(author === 'demo-gp' ? [] : patients.map(() => author));
      expect(complaints).to.deep.equal([]);
      await page.close();
    });

  it('a call handler answers the questions, ends the call and is given the next', async () => {
    const { page } = await openScreen(stage, 'nhs-111');
    const first = await openPatient(page, '2');
    expect(first.heading).to.equal('Child protection plan');
    await page.$$eval('.question input[value="No"]', (inputs) => {
      for (const input of inputs) (input as HTMLElement).click();
    });
    expect(await page.$eval('#progress', (said) => said.textContent)).to.contain('All asked');
    await page.click('.dispositions input');
    await page.click('.dispositions button');
    await page.waitForFunction(() => document.querySelector('.patient__name')?.textContent === 'TURNER, Lily-Mae');
    // Sorted, because the time of day of the test decides the order.
    expect([...(await readBanner(page)).contacts].sort()).to.deep.equal([
      'Surrey emergency duty team 01632 960322',
      'Surrey office 01632 960311',
    ]);
    expect(await page.$$eval('.question input:checked', (inputs) => inputs.length)).to.equal(0);
    await page.close();
  });
});

describe('the toolbar', () => {
  let stage: Stage;
  setUp(async (keep) => {
    stage = await setStage(keep);
  });
  setUpEach((keep) =>
    keep(stage, ({ demo }) =>
      fetch(`${demo.url}/sandbox/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ shift: 0 }),
      }),
    ),
  );

  /** The line that comes first: the one to ring now. */
  const lineRead = async (page: Page): Promise<string | undefined> => (await openPatient(page, '3')).contacts[0];

  it('its clock changes whom to ring: the office on Friday at 16:59, the emergency duty team at 17:00', async () => {
    const { page, complaints } = await openScreen(stage, 'ed');
    await setClock(page, '2026-11-20T16:59');
    expect(await page.$eval('#clock', (clock) => clock.textContent)).to.equal('16:59');
    expect(await lineRead(page)).to.equal('Islington office 020 7946 0199');

    await page.click('.toolbar__open');
    await page.$eval('#toolbar-time', (input) => {
      (input as HTMLInputElement).value = '2026-11-20T17:00';
    });
    await Promise.all([page.waitForNavigation(), page.click('.toolbar__button')]);
    expect((await readBanner(page)).contacts[0]).to.equal('Islington emergency duty team 020 7946 0123');
    expect(await page.$eval('#clock', (clock) => clock.textContent)).to.equal('17:00');
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  needing('another window').it(
    'another page follows the same clock, and the tag finds nothing wrong with it',
    async () => {
      const { page } = await openScreen(stage, 'ed');
      await setClock(page, '2026-12-28T10:30');
      const { page: other } = await openScreen(stage, 'maternity');
      await other.waitForFunction(() => document.getElementById('clock')?.textContent === '10:30');
      await openPatient(other, '11');
      const said = await bannerText(other);
      expect(said).to.match(/Checked\s+10:3\d/);
      expect(said).not.to.contain('CP-IS’s differ');
      expect(said).to.contain('emergency duty team');
      await other.close();
      await page.close();
    },
  );

  it('its failures are shown as not checked, and the register answering truly is current again', async () => {
    const { page } = await openScreen(stage, 'ed');
    await openPatient(page, '3');
    const reasons = {
      'status-503': 'busy',
      drop: 'unreachable',
      reset: 'unreachable',
      // Chromium may accept the headers that arrived as all of them. Then the body is missing.
      'drop-within-headers': /^unrea(chable|dable)$/,
      'drop-after-headers': 'unreachable',
      malformed: 'unreadable',
      'wrong-patient': 'wrong-patient',
    };
    for (const [fault, reason] of Object.entries(reasons)) {
      await chooseInToolbar(page, '#toolbar-failure', fault);
      expect((await readBanner(page)).status, fault).to.equal('not-checked');
      expect(await page.$eval('cp-is-banner', (banner) => banner.getAttribute('reason'))).to.match(new RegExp(reason));
    }
    await chooseInToolbar(page, '#toolbar-failure', '');
    expect((await readBanner(page)).status).to.equal('current');
    await page.close();
  });

  it('its care setting makes the check a routine one: no row is recorded', async () => {
    const { page } = await openScreen(stage, 'ed');
    await page.waitForSelector('.toolbar__open');
    await chooseInToolbar(page, '#toolbar-setting', 'school-nursing');
    const before = await accessRows(stage);
    await openPatient(page, '5');
    const said = await bannerText(page);
    expect(said).to.contain('this check sent no alert');
    expect(await accessRows(stage)).to.deep.equal(before);
    await page.close();
  });
});

describe('the sheet of states', () => {
  let stage: Stage;
  setUp(async (keep) => {
    stage = await setStage(keep);
  });

  const attributes = (page: Page) =>
    page.$$eval('.cell cp-is-banner', (tags) =>
      tags.map((tag) => ['status', 'reason', 'visits'].map((name) => tag.getAttribute(name) ?? '').join(' ')),
    );

  const wanted = ({ shows: { status, reason = '', visits = 'none' } }: Cell): string =>
    [status, reason, visits].join(' ');

  needing('frames').it(
    'every cell shows its state, in each attendance and layout, and the page has no error',
    async () => {
      const { page } = await openScreen(stage, 'states');
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      const settled = async (where: string): Promise<void> => {
        const named = cells.map((cell) => `${cell.name}: ${wanted(cell)}`);
        const read = async () => (await attributes(page)).map((said, index) => `${cells[index]?.name ?? ''}: ${said}`);
        for (const until = Date.now() + 90_000; Date.now() < until;) {
          if ((await read()).join() === named.join()) return;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
        expect(await read(), where).to.deep.equal(named);
      };
      await settled('unscheduled, banner');
      for (const layout of ['compact', 'panel']) {
        await page.select('#layout', layout);
        await settled(`unscheduled, ${layout}`);
      }
      await page.select('#attendance', 'scheduled');
      await settled('scheduled, panel');
      const left = page.frames().find((frame) => frame.url().endsWith('left-page.html'));
      await left?.waitForSelector('cp-is-banner[status="not-checked"][reason="check-again"]');
      expect(left).to.not.equal(undefined);
      expect(errors).to.deep.equal([]);
      await page.close();
    },
  );
});
