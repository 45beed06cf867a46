import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, none, type AccessFacts, type CareTeamFacts } from '../fixtures/bundles.js';
import { answered, mount, nextTask, until } from '../support/page/banner.js';
import { onBarePage } from '../support/page/bare-page.js';
import { setWidth } from '../support/page/devtools.js';
import { moreForAnotherLine } from '../support/page/engine.js';
import { broken } from '../support/page/fit.js';
import { find, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { hackney, islington, layouts, sunday } from '../support/page/states.js';
import type { Script } from '../support/scripts.js';

const headers = { Date: new Date(sunday).toUTCString() };
const ago = (hours: number): string => new Date(Date.parse(sunday) - hours * 3_600_000).toISOString();

/** Eight earlier visits at four services, and two colleagues of this evening. */
const full: readonly AccessFacts[] = [
  { at: sunday, place: 'Whittington Hospital', viewer: 'Ms Hannah LEWIS' },
  { at: ago(1), place: 'Whittington Hospital', viewer: 'Dr Amira SHAH' },
  { at: ago(2), place: 'Whittington Hospital', viewer: 'Mr Daniel OKAFOR' },
  ...[115, 194, 1584, 1620, 2500, 3500, 5000, 6000].map((hours, index) => ({
    at: ago(hours),
    place: ['Whittington Hospital', 'Royal London Hospital', 'NHS 111 London', 'Homerton Hospital'][index % 4]!,
  })),
];

/** A tag at the top of an otherwise empty page. Its answer is held back until the test asks for it. */
async function opened(
  teams: readonly CareTeamFacts[],
  properties: Partial<CpIsBanner> = {},
): Promise<{ banner: CpIsBanner; answer: () => Promise<void>; next: HTMLElement }> {
  const here = properties.service ?? 'Whittington Hospital';
  // The view that this check makes is at the place where the check is made.
  const views = full.map((view, index) => (index === 0 && here !== '' ? { ...view, place: here } : view));
  const body: Script['body'] = teams.length === 0 ? none() : held(...teams);
  const register = await ScriptedRegister.answering({
    CareTeam: { body, headers, hold: true },
    AuditEvent: { body: accesses(views), headers },
  });
  const banner = mount(register, { homeAuthorities: 'Islington', service: 'Whittington Hospital', ...properties });
  const next = document.createElement('p');
  next.textContent = 'Triage';
  banner.after(next);
  await until(banner, ({ status }) => status === 'checking');
  await banner.updateComplete;
  const answer = async (): Promise<void> => {
    while ((await register.log('CareTeam')).length === 0) await nextTask(5);
    await register.release('CareTeam');
    await answered(banner);
  };
  return { banner, answer, next };
}

async function heightOf(teams: readonly CareTeamFacts[], properties: Partial<CpIsBanner> = {}): Promise<number> {
  const { banner, answer, next } = await opened(teams, properties);
  await answer();
  const { height } = banner.getBoundingClientRect();
  next.remove();
  banner.remove();
  return Math.round(height);
}

describe('the strip', () => {
  onBarePage();

  const scheduled = { careSetting: 'general-practice' };
  const bars: readonly [
    name: string,
    teams: readonly CareTeamFacts[],
    properties: Partial<CpIsBanner>,
    at1240: number,
    at900: number,
  ][] = [
    ['one authority', [islington], {}, 132, 153],
    ['one authority, scheduled', [islington], scheduled, 132, 153],
    ['one authority, NHS 111', [islington], { careSetting: 'nhs-111', service: 'NHS 111 London' }, 132, 153],
    ['one authority, nobody said where we are', [islington], { service: '' }, 132, 153],
    ['ended', [{ ...islington, end: '2026-03-14' }], {}, 132, 170],
    ['looked after, with its sentences', [hackney], {}, 168, 189],
    ['two authorities', [islington, hackney], {}, 192, 213],
    ['two authorities, scheduled', [islington, hackney], scheduled, 192, 213],
    ['none', [], {}, 84, 96],
    ['none, maternity', [], { careSetting: 'maternity-unit' }, 84, 117],
    ['none, scheduled', [], scheduled, 56, 75],
    ['none, a dental emergency', [], { careSetting: 'emergency-dental' }, 56, 75],
  ];
  for (const [name, teams, properties, at1240, at900] of bars)
    it(`${name}: at most ${at1240} px high at 1,240 and 1,440 px, ${at900} at 900`, async () => {
      for (const [width, most] of [
        [1440, at1240],
        [1240, at1240],
        [900, at900 + moreForAnotherLine],
      ] as const) {
        await setWidth(width);
        expect(await heightOf(teams, properties), `${width} px`).to.be.at.most(most);
      }
    });

  for (const width of [700, 900, 1240, 1440])
    it(`${width} px: a heading row and one row of three cells`, async () => {
      await setWidth(width);
      const { banner, answer } = await opened([islington, hackney]);
      await answer();
      const cells = [...rootOf(banner).querySelectorAll<HTMLElement>('.cells > .cell')];
      expect(cells.map((cell) => cell.getAttribute('part'))).to.deep.equal(['contacts', 'visits', 'foot']);
      expect(new Set(cells.map(({ offsetTop }) => offsetTop)).size).to.equal(1);
      expect(rootOf(banner).querySelector('.more')).to.equal(null);
    });

  for (const width of [320, 420, 700, 900, 1240])
    for (const layout of layouts)
      for (const careSetting of ['emergency-department', 'maternity-unit', 'general-practice', 'nhs-111'])
        it(`${width} px, ${layout}, ${careSetting}: from checking to none the page does not move`, async () => {
          await setWidth(width);
          const { banner, answer, next } = await opened([], { layout, careSetting });
          const before = next.offsetTop;
          await answer();
          expect([banner.status, next.offsetTop]).to.deep.equal(['none', before]);
          next.remove();
        });

  for (const width of [320, 420, 700, 900, 1240])
    for (const layout of ['banner', 'compact'])
      it(`${width} px, ${layout}: once the status is shown, nothing that arrives later moves the page`, async () => {
        await setWidth(width);
        const register = await ScriptedRegister.answering({
          CareTeam: { body: held(islington), headers },
          AuditEvent: { body: accesses(full), headers, hold: true },
        });
        const banner = mount(register, { layout, service: 'Whittington Hospital' });
        const next = document.createElement('p');
        banner.after(next);
        await until(banner, ({ visits }) => visits === 'loading');
        const before = next.offsetTop;
        while ((await register.log('AuditEvent')).length === 0) await nextTask(5);
        await register.release();
        await answered(banner);
        expect([banner.visits, next.offsetTop]).to.deep.equal(['shown', before]);
        next.remove();
      });

  for (const layout of layouts)
    for (const width of [320, 420, 700, 1240])
      it(`${layout}, ${width} px: the number to ring now is 22 px or more, with room for a finger, beside its line`, async () => {
        await setWidth(width);
        for (const teams of [[islington], [islington, hackney]]) {
          const { banner, answer, next } = await opened(teams, { layout });
          await answer();
          const numbers = [...rootOf(banner).querySelectorAll<HTMLElement>('.number a')];
          expect(numbers).to.have.lengthOf(teams.length);
          for (const number of numbers) {
            expect(parseFloat(getComputedStyle(number).fontSize)).to.be.at.least(22);
            expect(number.getBoundingClientRect().height).to.be.at.least(44);
            expect(number.ariaLabel).to.match(/^Ring (Islington|Hackney) emergency duty team 020 7946 0\d{3}$/);
          }
          expect(find(banner, '[part=contacts]').innerText).to.contain('emergency duty team').and.to.contain('office');
          next.remove();
          banner.remove();
        }
      });

  for (const layout of layouts)
    for (const width of [320, 420, 700, 900, 1240])
      it(`${layout}, ${width} px: no number, date or NHS number is broken, and no control is under 16 px`, async () => {
        await setWidth(width);
        for (const teams of [[islington], [islington, hackney], [{ ...islington, end: '2026-03-14' }], []]) {
          const { banner, answer, next } = await opened(teams, { layout });
          await answer();
          for (const name of ['Details', 'Show'])
            [...rootOf(banner).querySelectorAll('button')].find(({ innerText }) => innerText.trim() === name)?.click();
          await banner.updateComplete;
          expect(broken(banner)).to.deep.equal([]);
          for (const control of rootOf(banner).querySelectorAll('a, button, summary'))
            expect(parseFloat(getComputedStyle(control).fontSize), control.textContent).to.be.at.least(15.99);
          next.remove();
          banner.remove();
        }
      });

  for (const layout of layouts)
    for (const width of [320, 420])
      it(`${layout}, ${width} px: by night the other line, and when it opens, begin at the left, as everything does`, async () => {
        await setWidth(width);
        const { banner, answer, next } = await opened([islington], { layout });
        await answer();
        const texts = [...find(banner, '[part=contacts]').querySelectorAll('h3, .others li, .others .when')];
        const lefts = texts.map((text) => {
          const range = document.createRange();
          range.selectNodeContents(text);
          return Math.round(range.getClientRects()[0]?.left ?? 0);
        });
        expect(lefts).to.have.lengthOf(3);
        expect(new Set(lefts).size, lefts.join()).to.equal(1);
        next.remove();
      });

  for (const layout of layouts)
    it(`${layout}: the NHS number is shown in every state that has one`, async () => {
      await setWidth(420);
      for (const teams of [[islington], [], [{ ...islington, end: '2026-03-14' }]]) {
        const { banner, answer, next } = await opened(teams, { layout });
        expect(find(banner, '.sheet').innerText, 'checking').to.contain('NHS No. 999 000 0018');
        await answer();
        expect(find(banner, '.sheet').innerText, banner.status).to.contain('NHS No. 999 000 0018');
        next.remove();
        banner.remove();
      }
    });
});
