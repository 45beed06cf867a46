import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';

import { testNumber } from '../support/node/test-number.js';
import * as a from './authority-support.js';
import { openBoard, openPatient, setStage, type Stage } from './support.js';
import { setUpEach } from '../support/node/setting-up.js';

const sadia = '9997064968';
const harriet = '9992811528';
const samuel = '9997987209';

describe('the social worker tells the register', () => {
  let stage: Stage;
  setUpEach(async (keep) => {
    stage = await setStage(keep);
  });

  it('changes what the ED’s banner says by uploading a file', async () => {
    const { page: ed } = await openBoard(stage);
    expect((await openPatient(ed, a.one(harriet).person)).status).to.equal('none');

    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    try {
      const { birthDate } = a.one(harriet);
      await writeFile(
        join(folder, 'plans.csv'),
        'nhsNumber,familyName,givenName,birthDate,gender,type,start,end\r\n' +
          `${harriet},Davies,Harriet,${birthDate},female,CPP,2026-01-05,\r\n` +
          `9990000000,Nobody,Known,2020-01-01,,CPP,2026-01-05,\r\n`,
      );
      const { page, leaks } = await a.openAuthority(stage, 'upload');
      const input = (await page.$('#upload-file')) as ElementHandle<HTMLInputElement>;
      await input.uploadFile(join(folder, 'plans.csv'));
      await page.click('.columns > form [type=submit]');
      await page.waitForSelector('.result');
      expect(await page.$eval('.result', (result) => result.getAttribute('data-file'))).to.equal('CPF03');
      expect(await a.textOf(page, '.result'))
        .to.contain('1 of 2 taken')
        .and.contain('CPR06');
      expect(await page.$$eval('.result tbody tr', ([first]) => first?.getAttribute('data-code'))).to.not.equal(
        'CPR06',
      );
      expect(leaks).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }

    await ed.goto(`${stage.demo.url}/demo/ed/`);
    const read = await openPatient(ed, a.one(harriet).person);
    expect([read.status, read.heading]).to.deep.equal(['current', 'Child protection plan']);
    // Sorted, because the time of day of the test decides which line comes first.
    expect(read.contacts.map((contact) => /020 7946 0\d{3}/.exec(contact)?.[0]).sort()).to.deep.equal([
      '020 7946 0123',
      '020 7946 0199',
    ]);
  });

  it('corrects the to-correct list by sending the record again', async () => {
    const { page, leaks } = await a.openAuthority(stage, 'upload');
    const record = {
      nhsNumber: samuel,
      familyName: 'Adeyemi',
      givenName: 'Samuel',
      birthDate: '2019-01-01',
      plans: [{ type: 'LAC', start: '2026-02-01' }],
    };
    const localAuthority = { name: 'Islington Local Authority', emergencyDutyPhone: '020 7946 0123' };
    await a.fill(page, '#upload-text', JSON.stringify({ localAuthority, records: [record] }));
    await page.click('.columns > form [type=submit]');
    await page.waitForSelector('.result');
    expect(await a.textOf(page, '.result tbody')).to.contain('CPR03');
    await page.waitForSelector('#tabs [href="#to-correct"] .tabs__count:not([hidden])');

    await page.click('.result a');
    await page.waitForSelector('[data-correct]');
    expect(await a.textOf(page, '.correction h2')).to.equal('ADEYEMI, Samuel');
    await page.click('[data-correct]');
    await a.fill(page, '.correction [id$=-born]', a.one(samuel).birthDate);
    const kept = await page.$eval('.correction [id$=-start]', (start) => (start as HTMLInputElement).value);
    expect(kept).to.equal('2026-02-01');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.correction [id$=-duty]')?.value !== '');
    await page.click('.correction [type=submit]');
    await page.waitForFunction(() => document.querySelector('.page')?.textContent.includes('Nothing to correct'));
    expect(await a.textOf(page, '.result')).to.contain('CPF02');
    expect(await page.$$('.correction')).to.deep.equal([]);
    await page.waitForSelector('#tabs [href="#to-correct"] .tabs__count[hidden]');
    expect(await a.lookUp(stage, 'demo-ed-nurse', samuel)).to.equal(1);
    expect(leaks).to.deep.equal([]);
  });

  it('shows every record to correct, whatever one of them holds, and keeps its plans for the form', async () => {
    const plans = [
      { type: 'LAC', start: '2026-02-01', end: '2026-06-30' },
      { type: 'UCP', start: '2026-07-01' },
    ];
    await a.upload(stage, [
      { nhsNumber: samuel, familyName: 'Adeyemi', givenName: 'Samuel', birthDate: '2019-02-30', plans },
      {
        nhsNumber: samuel,
        familyName: 'Adeyemi',
        givenName: 'Samuel',
        birthDate: '2019-13-01',
        plans: [{ type: 'X' }],
      },
      { nhsNumber: '', familyName: '', givenName: '', birthDate: '', plans: 'none' },
    ]);
    const { page, leaks } = await a.openAuthority(stage, 'to-correct');
    await page.waitForSelector('.correction');
    expect(await page.$$('.correction')).to.have.lengthOf(3);
    const said = await a.textOf(page, '.corrections');
    for (const words of ['2019-02-30', '2019-13-01']) expect(said).to.contain(words);
    expect(said).to.match(/Looked after from 01-Feb-2026.* until 30-Jun-2026/);
    expect(said)
      .to.contain('The date of birth is not a day')
      .and.not.match(/birthDate|nhsNumber|YYYY/);

    await page.click('[data-correct]');
    const sent = await page.$$eval('.correction [id$=-type], .correction [id$=-start], .correction [id$=-end]', (all) =>
      all.map((one) => (one as HTMLInputElement).value),
    );
    expect(sent).to.deep.equal(['LAC', '2026-02-01', '2026-06-30', 'UCP', '2026-07-01', '']);
    await a.fill(page, '.correction [id$=-born]', a.one(samuel).birthDate);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.correction [id$=-duty]')?.value !== '');
    await page.click('.correction [type=submit]');
    await page.waitForSelector('.result');
    expect(await a.textOf(page, '.result')).to.contain('CPF02');
    expect(await a.lookUp(stage, 'demo-ed-nurse', samuel)).to.equal(2);
    expect(leaks).to.deep.equal([]);
  });

  it('records a birth: the mother’s plan ends and the baby has one', async () => {
    const baby = testNumber(29_000);
    await fetch(`${stage.demo.url}/sandbox/demographics/people`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ nhsNumber: baby, familyName: 'Begum', givenName: 'baby', birthDate: a.today }),
    });
    const { page, leaks } = await a.openAuthority(stage, 'children');
    await page.waitForSelector('.table tbody tr');
    await page.$$eval('tbody a', (links) => {
      const mother = links.find(({ textContent }) => textContent === 'Sadia BEGUM');
      (mother as HTMLElement).click();
    });
    await page.waitForSelector('a[href^="#birth/"]');
    await page.click('a[href^="#birth/"]');
    await page.waitForFunction(
      (number) => document.querySelector<HTMLInputElement>('#birth-mother')?.value === number,
      {},
      sadia,
    );
    await page.type('#birth-baby', `${baby.slice(0, 3)} ${baby.slice(3, 6)} ${baby.slice(6)}`);
    await a.fill(page, '#birth-born', a.today);
    await page.click('form [type=submit]');
    await page.waitForSelector('.result a');
    expect(await a.textOf(page, '.result'))
      .to.contain('Birth recorded')
      .and.contain('Sadia BEGUM');
    expect(await a.lookUp(stage, 'demo-midwife', baby)).to.equal(1);

    const [, babyLink] = await page.$$('.result a');
    await babyLink!.click();
    await page.waitForSelector('.child-head');
    expect(await a.textOf(page, '.panel'))
      .to.contain('Child protection plan')
      .and.contain('Current');
    expect(leaks).to.deep.equal([]);
  });
});
