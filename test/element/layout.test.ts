import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, planCodes, type AccessFacts, type CareTeamFacts } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { onBarePage } from '../support/page/bare-page.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { setReadersFontSize, setWidth } from '../support/page/devtools.js';
import { needing } from '../support/page/engine.js';
import { overlaps, spills } from '../support/page/fit.js';
import { find, pressAll, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { layouts, open, states, sunday } from '../support/page/states.js';

const widths = [320, 420, 900, 1600];
const longName = 'Wolfeschlegelsteinhausenbergerdorff and Bournemouthshire-upon-Christchurch Trust';
const bcp = 'Bournemouth, Christchurch and Poole Council';

const fourPlans: readonly CareTeamFacts[] = [
  { name: bcp },
  { name: longName, code: planCodes['looked-after'], office: '01144960188', emergency: '01144960456' },
  { name: bcp, code: planCodes.unborn },
  { name: 'Narnia and the Lantern Waste Unitary Authority', end: '2026-03-14', office: '01174960199' },
];
const twentyFiveViews = Array.from({ length: 25 }, (_, index): AccessFacts => ({
  at: new Date(Date.parse(sunday) - index * 9 * 86_400_000).toISOString(),
  viewer: index % 2 === 0 ? longName : 'Dr Amira SHAH',
  role: 'Consultant in paediatric emergency medicine and designated doctor for safeguarding',
  place: `${longName}, emergency department`,
}));

const headers = { Date: new Date(sunday).toUTCString() };
const fullest = (): Promise<ScriptedRegister> =>
  ScriptedRegister.answering({
    CareTeam: { body: held(...fourPlans), headers },
    AuditEvent: { body: accesses(twentyFiveViews), headers },
  });

/** Opens everything that can be opened. */
const openAll = (banner: CpIsBanner): Promise<void> => pressAll(banner, /^(Details|Show|Opened in error\?)$/);

describe('the layout', () => {
  onBarePage();

  for (const width of widths)
    for (const layout of layouts)
      it(`${width} px, ${layout}: 4 plans, 25 views and names of 80 letters fit, and nothing is cut off`, async () => {
        await setWidth(width);
        const banner = await answered(mount(await fullest(), { layout, homeAuthorities: 'Islington' }));
        await openAll(banner);
        expect(innerWidth).to.equal(width);
        expect(spills(banner)).to.deep.equal([]);
        expect(overlaps(banner)).to.deep.equal([]);
      });

  for (const layout of layouts)
    needing('a zoom').it(`400 % zoom, ${layout}: a window of 1,280 px has 320 CSS px, and all fits`, async () => {
      await setWidth(320, 4);
      const banner = await answered(mount(await fullest(), { layout, careSetting: 'nhs-111' }));
      await openAll(banner);
      expect([innerWidth, devicePixelRatio]).to.deep.equal([320, 4]);
      expect(spills(banner)).to.deep.equal([]);
    });

  for (const width of [420, 900])
    for (const layout of layouts)
      needing('a font size').it(
        `text at 200 %, ${width} px, ${layout}: the reader’s own font size is kept, and all fits`,
        async () => {
          await setWidth(width);
          const normal = await answered(mount(await fullest(), { layout }));
          const before = parseFloat(getComputedStyle(find(normal, '.banner')).fontSize);
          await setReadersFontSize(32);
          try {
            await openAll(normal);
            const text = parseFloat(getComputedStyle(find(normal, '.banner')).fontSize);
            expect([before, text]).to.deep.equal([16, 32]);
            expect(spills(normal)).to.deep.equal([]);
            expect(overlaps(normal)).to.deep.equal([]);
          } finally {
            await setReadersFontSize(16);
          }
        },
      );

  for (const width of widths)
    it(`${width} px: every link and button is 24 by 24 px or more, in every state`, async () => {
      await setWidth(width);
      for (const state of states)
        for (const layout of layouts) {
          const banner = await open(state, state.only ?? 'unscheduled', { layout });
          await openAll(banner);
          for (const control of rootOf(banner).querySelectorAll('a, button')) {
            const box = control.getBoundingClientRect();
            const size = `${state.name} ${layout} ${control.textContent}: ${box.width} × ${box.height}`;
            expect(Math.min(box.width, box.height), size).to.be.at.least(24);
          }
          banner.remove();
        }
    });
});

describe('when the answer comes', () => {
  const names = [
    { name: 'Islington Local Authority' },
    { name: longName },
    { name: bcp, code: planCodes['looked-after'] },
  ];
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(async () => {
    resume();
    await setWidth(800);
  });

  for (const width of widths)
    for (const layout of layouts)
      it(`${width} px, ${layout}: the heading stays where it was, and the page moves by the strip’s own height at most`, async () => {
        await setWidth(width);
        for (const { name, ...facts } of names)
          for (const attendance of ['unscheduled', 'scheduled']) {
            const careSetting = attendance === 'scheduled' ? 'general-practice' : 'emergency-department';
            const register = await ScriptedRegister.answering({
              CareTeam: { body: held({ name, ...facts }), hold: true, headers },
              AuditEvent: { body: accesses([]), hold: true, headers },
            });
            const banner = mount(register, { layout, careSetting });
            const next = document.createElement('p');
            next.textContent = 'Triage';
            banner.after(next);
            await until(banner, ({ status }) => status === 'checking');
            await banner.updateComplete;
            const height = (selector: string): number =>
              rootOf(banner).querySelector(selector)?.getBoundingClientRect().height ?? 0;
            const before = { heading: find(banner, '.heading').getBoundingClientRect(), next: next.offsetTop };

            while ((await register.log('CareTeam')).length === 0) await nextTask(5);
            await register.release('CareTeam');
            await until(banner, ({ status }) => status === 'current');
            const after = { heading: find(banner, '.heading').getBoundingClientRect(), next: next.offsetTop };
            const what = `${name}, ${attendance}`;
            for (const side of ['top', 'left', 'right'] as const)
              expect(after.heading[side], `${what}: heading’s ${side}`).to.equal(before.heading[side]);
            expect(Math.abs(after.next - before.next), what).to.be.at.most(
              1 +
                height('.cells') +
                height('.more') +
                height('.foot-stamp') +
                Math.max(0, after.heading.height - before.heading.height),
            );
            next.remove();
            banner.remove();
          }
      });

  it('none and not checked: the page moves by no more than their own lines', async () => {
    for (const width of widths) {
      await setWidth(width);
      for (const script of [
        { body: { ...held(), entry: undefined, total: 0 }, headers },
        { status: 500, headers },
      ]) {
        const register = await ScriptedRegister.answering({ CareTeam: { ...script, hold: true } });
        const banner = mount(register);
        await until(banner, ({ status }) => status === 'checking');
        await banner.updateComplete;
        const before = find(banner, '.heading').getBoundingClientRect();
        while ((await register.log('CareTeam')).length === 0) await nextTask(5);
        await register.release();
        await answered(banner);
        const after = find(banner, '.heading').getBoundingClientRect();
        expect([after.top, after.left, after.right], `${width}`).to.deep.equal([before.top, before.left, before.right]);
        banner.remove();
      }
    }
  });
});
