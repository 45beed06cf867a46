import { expect } from 'chai';
import type { Page } from 'puppeteer-core';

import { faultProxy } from '../support/node/fault-proxy.js';
import * as a from './authority-support.js';
import { openBoard, openPatient, readBanner, setStage, type Stage } from './support.js';
import { setUpEach } from '../support/node/setting-up.js';

const oliver = '9996878082';
const grace = '9992873604';
const aaliyah = '9995124467';
const sadia = '9997064968';
const jordan = '9998791685';
const harriet = '9992811528';

describe('the social worker', () => {
  let stage: Stage;
  setUpEach(async (keep) => {
    stage = await setStage(keep);
  });

  it('reads six members of staff who view one child as one group, and acknowledges it', async () => {
    const { page, leaks } = await a.openAuthority(stage);
    const { page: ed } = await openBoard(stage);
    await openPatient(ed, a.one(oliver).person);
    for (const user of ['doctor', 'triage-nurse', 'sister', 'practitioner', 'consultant']) {
      await ed.click('#user .user__button');
      await ed.click(`[data-user=demo-ed-${user}]`);
      await readBanner(ed);
    }
    await page.waitForFunction(() => document.querySelectorAll('[data-alert]').length === 6);
    const cards = await a.cardsOf(page, 'Oliver BENNETT');
    expect(cards).to.have.lengthOf(1);
    for (const said of [
      'Age 9 years',
      'Whittington Hospital, emergency department',
      'viewed by 6 staff',
      'Possibly one attendance',
      'Ms Hannah LEWIS Staff nurse 020 7946',
      'Dr Simon ACHEBE Hospital consultant',
      'To consider (PG9 3.3)',
      'Last 30 days: none Last 12 months: none',
      'Child protection plan since',
    ])
      expect(cards[0]).to.contain(said);

    await a.pressInCard(page, 'Oliver BENNETT', '[data-acknowledge]');
    await page.waitForFunction(() => document.querySelector('.alert .fault')?.textContent.includes('what came of it'));
    await page.$eval('[data-outcome]', (choice) => ((choice as HTMLSelectElement).value = 'spoke-to-service'));
    await a.pressInCard(page, 'Oliver BENNETT', '[data-acknowledge]');
    await page.waitForFunction(() => document.querySelector('.alert .fault')?.textContent.includes('who you are'));
    await a.sayOutcome(page, 'spoke-to-service');
    await a.pressInCard(page, 'Oliver BENNETT', '[data-acknowledge]');
    await page.waitForFunction(() => document.querySelectorAll('.alert').length === 0);
    expect((await a.notifications(stage)).map(({ acknowledgedAt }) => acknowledgedAt !== null)).to.deep.equal(
      Array(6).fill(true),
    );
    await page.$$eval('.page-head .chip', ([, acknowledged]) => (acknowledged as HTMLElement).click());
    expect((await a.cardsOf(page, 'Oliver BENNETT'))[0]).to.match(
      /Acknowledged \d\d:\d\d by Sam Okoro: spoke to the service that viewed/,
    );
    const [first] = await a.notifications(stage);
    expect([first?.acknowledgedBy, first?.outcome]).to.deep.equal(['Sam Okoro', 'spoke-to-service']);
    await page.reload();
    await page.waitForSelector('#connection[data-state=connected]');
    expect(await a.textOf(page, '.empty')).to.contain('Nothing to read');
    expect(leaks).to.deep.equal([]);
  });

  it('reads how often the child was seen before, and the trust’s note that it was opened in error', async () => {
    const { page, leaks } = await a.openAuthority(stage);
    const { page: ed } = await openBoard(stage);
    await openPatient(ed, a.one(aaliyah).person);
    await a.waitForCard(page, 'Aaliyah HASSAN');
    expect((await a.cardsOf(page, 'Aaliyah HASSAN'))[0]).to.contain(
      'Last 30 days: about 2 visits (3 views) Last 12 months: about 8 visits (13 views)',
    );

    await ed.click('#opened-in-error button');
    await ed.type('#error-note', 'Wrong row of the board');
    await ed.click('.error-form .button');
    await ed.waitForFunction(() => document.querySelector('.error-form__said')?.textContent !== '');
    expect(await a.textOf(ed, '.error-form__said')).to.match(
      /^Sent: beside the alert at (Islington and Hackney|Hackney and Islington)\.$/,
    );
    expect(await a.unreachable(ed)).to.deep.equal([]);
    await page.waitForSelector('.alert .note');
    const [card = '', ...more] = await a.cardsOf(page, 'Aaliyah HASSAN');
    expect(more).to.deep.equal([]);
    expect(card).to.contain('Opened in error, says Ms Hannah LEWIS').and.contain('Wrong row of the board');

    await ed.click('.steps__back');
    await ed.waitForSelector('#record[hidden]');
    expect(await ed.$('.error-form')).to.equal(null);
    expect(leaks).to.deep.equal([]);
  });

  it('finds an alert for an ended plan in the queue until a worker is allocated', async () => {
    await a.lookUp(stage, 'demo-111', jordan);
    await a.lookUp(stage, 'demo-111', grace);
    const { page } = await a.openAuthority(stage, 'no-worker');
    await a.waitForCard(page, 'Jordan FLETCHER');
    expect(await a.cardsOf(page, 'Grace BENNETT')).to.deep.equal([]);
    await a.pressInCard(page, 'Jordan FLETCHER', '[data-worker=none]');
    await page.waitForSelector('[data-worker=none][aria-pressed=true]');
    expect(await a.cardsOf(page, 'Jordan FLETCHER')).to.have.lengthOf(1);
    await a.pressInCard(page, 'Jordan FLETCHER', '[data-worker=present]');
    await page.waitForFunction(() => document.querySelectorAll('.alert').length === 0);
    await page.goto(`${stage.demo.url}/demo/local-authority/#children`);
    await page.waitForSelector('.table tbody tr');
    expect(await a.textOf(page, 'tbody')).to.contain('Yes, allocated');
  });

  it('is told that an NHS number is no longer in use', async () => {
    const { page, leaks } = await a.openAuthority(stage);
    await fetch(`${stage.demo.url}/sandbox/demographics/superseded`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nhsNumber: grace, supersededBy: harriet }),
    });
    await page.waitForSelector('[data-notice=inactive-nhs-number]');
    expect((await a.cardsOf(page, 'Grace BENNETT'))[0]).to.contain('NHS number no longer in use');
    expect(leaks).to.deep.equal([]);
  });

  it('reaches everything with the Tab key alone, and acknowledges with Enter', async () => {
    await a.lookUp(stage, 'demo-ed-nurse', grace);
    await a.lookUp(stage, 'demo-111', jordan);
    const { page } = await a.openAuthority(stage);
    await a.upload(stage, [{ nhsNumber: oliver, familyName: 'Somebody', givenName: 'Else', birthDate: '2020-02-02' }]);
    const tabs = {
      inbox: '.alert',
      'no-worker': '.alert',
      'to-correct': '[data-correct]',
      upload: 'form',
      birth: 'form',
    };
    for (const [tab, drawn] of Object.entries({ ...tabs, children: 'tbody a' })) {
      await page.$eval(`#tabs [href="#${tab}"]`, (link) => (link as HTMLElement).click());
      await page.waitForSelector(`#page ${drawn}`);
      if (tab === 'to-correct') await page.click('[data-correct]');
      expect(await a.unreachable(page), tab).to.deep.equal([]);
    }
    await page.click('tbody a');
    await page.waitForSelector('.child-head');
    expect(await a.unreachable(page), 'a child').to.deep.equal([]);
    await page.$eval('#tabs [href="#inbox"]', (link) => (link as HTMLElement).click());
    await a.waitForCard(page, 'Grace BENNETT');
    const focusedText = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    while (!(await focusedText()).startsWith('Acknowledge about')) await page.keyboard.press('Tab');
    const about = await focusedText();
    await a.sayOutcome(page);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.alert').length === 1);
    expect(await a.cardsOf(page, about.replace('Acknowledge about ', ''))).to.deep.equal([]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).to.equal('H1');
  });

  it('searches and sorts, and says what it does not show', async () => {
    for (const child of [grace, oliver]) await a.lookUp(stage, 'demo-ed-nurse', child);
    const { page } = await a.openAuthority(stage);
    await page.waitForFunction(() => document.querySelectorAll('.alert').length === 2);
    const names = () => page.$$eval('.alert__name', (all) => all.map(({ textContent }) => textContent));
    expect(await names()).to.deep.equal(['Oliver BENNETT', 'Grace BENNETT']);
    await page.select('#inbox-order', '1');
    expect(await names()).to.deep.equal(['Grace BENNETT', 'Oliver BENNETT']);
    for (const wanted of ['oliv', a.one(oliver).nhsNumber.slice(2, 9)]) {
      await a.fill(page, '#inbox-search', wanted);
      expect(await names()).to.deep.equal(['Oliver BENNETT']);
      expect(await a.textOf(page, '.empty')).to.contain('1 more do not match');
    }
    await a.fill(page, '#inbox-search', 'nobody');
    expect(await a.textOf(page, '.empty'))
      .to.contain('2 more do not match')
      .and.not.contain('Nothing to read');
  });

  it('follows the sandbox’s clock', async () => {
    const shift = 40 * 86_400_000;
    await fetch(`${stage.demo.url}/sandbox/clock`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ shift }),
    });
    await a.lookUp(stage, 'demo-ed-nurse', grace);
    const { page } = await a.openAuthority(stage);
    await page.waitForFunction((wanted) => Math.abs(Date.now() - wanted) < 60_000, {}, Date.now() + shift);
    await page.waitForSelector('.alert');
    expect(await a.textOf(page, '.alert__viewed')).to.match(/ · \d\d:\d\d$/);
  });

  it('needs no sideways scroll at 320 px, on any page', async () => {
    await a.lookUp(stage, 'demo-ed-nurse', grace);
    await a.lookUp(stage, 'demo-111', jordan);
    await a.upload(stage, [
      { nhsNumber: 'x'.repeat(90), familyName: 'W'.repeat(90), givenName: 'Else', birthDate: '2020-02-02' },
    ]);
    const { page } = await a.openAuthority(stage);
    await page.setViewport({ width: 320, height: 700 });
    await page.waitForSelector('.alert');
    for (const tab of ['inbox', 'no-worker', 'children', 'upload', 'to-correct', 'birth']) {
      await page.$eval(`#tabs [href="#${tab}"]`, (link) => (link as HTMLElement).click());
      await page.waitForSelector('#page h1');
      await page.waitForFunction(() => !document.body.textContent.includes('Loading…'));
      if (tab === 'to-correct') await page.click('[data-correct]');
      expect(await wideOf(page), tab).to.deep.equal([]);
    }
  });

  it('keeps the reader’s place when an alert arrives', async () => {
    await a.lookUp(stage, 'demo-ed-nurse', grace);
    const { page } = await a.openAuthority(stage);
    await a.waitForCard(page, 'Grace BENNETT');
    await page.focus('[data-acknowledge]');
    await a.lookUp(stage, 'demo-ed-nurse', oliver);
    await a.waitForCard(page, 'Oliver BENNETT');
    await a.lookUp(stage, 'demo-ed-doctor', grace);
    await page.waitForFunction(() => document.querySelectorAll('[data-alert]').length === 3);
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal(
      'Acknowledge 2 alerts about Grace BENNETT',
    );
  });

  it('ignores a press on a card that has just moved under the pointer', async () => {
    const { page } = await a.openAuthority(stage);
    await page.evaluate(() => {
      const pressOnce = new MutationObserver(() => {
        const button = document.querySelector('[data-acknowledge]');
        if (!button) return;
        pressOnce.disconnect();
        button.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
      });
      pressOnce.observe(document.getElementById('page')!, { childList: true, subtree: true });
    });
    await a.lookUp(stage, 'demo-ed-nurse', grace);
    await page.waitForFunction(() => document.querySelector('.alert .fault')?.textContent.includes('just moved'));
    expect((await a.notifications(stage)).map(({ acknowledgedAt }) => acknowledgedAt)).to.deep.equal([null]);
    await new Promise((settled) => setTimeout(settled, 500));
    await a.sayOutcome(page);
    await page.click('[data-acknowledge]');
    await page.waitForFunction(() => document.querySelectorAll('.alert').length === 0);
  });

  it('says when the connection is lost, and shows each alert once when it is back', async () => {
    const line = await faultProxy(stage.demo.url);
    try {
      await a.lookUp(stage, 'demo-ed-nurse', grace);
      const { page, leaks } = await a.openAuthority(stage, 'inbox', line.url);
      await a.waitForCard(page, 'Grace BENNETT');
      const resumed: (string | undefined)[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/stream')) resumed.push(request.headers()['last-event-id']);
      });

      for (const [round, [nurse, doctor]] of [
        [oliver, aaliyah],
        [sadia, jordan],
      ].entries()) {
        line.cut();
        await page.waitForSelector('#connection[data-state=lost]');
        expect(await a.textOf(page, '#lost')).to.contain('new alerts do not arrive');
        await a.lookUp(stage, 'demo-ed-nurse', nurse!);
        await a.lookUp(stage, 'demo-ed-doctor', doctor!);
        line.mend();
        await page.waitForSelector('#connection[data-state=connected]');
        const expected = 1 + 2 * (round + 1);
        await page.waitForFunction((many) => document.querySelectorAll('[data-alert]').length === many, {}, expected);
        expect(await a.textOf(page, '#lost')).to.equal('');
        expect(resumed.at(-1)).to.equal(String(expected - 2));
      }
      const shown = await page.$$eval('[data-alert]', (rows) => rows.map((row) => row.getAttribute('data-alert')));
      expect(shown.sort()).to.deep.equal(['1', '2', '3', '4', '5']);
      expect(leaks).to.deep.equal([]);
    } finally {
      await line.close();
    }
  });
});

/** Content that reaches beyond the window's right edge. */
const wideOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= innerWidth
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => `${one.tagName}.${one.className}`),
  );
