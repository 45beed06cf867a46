import { expect } from 'chai';
import fc from 'fast-check';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, careTeam, planCodes, searchSet, type CareTeamFacts } from '../fixtures/bundles.js';
import { answered, mount, textOf, unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { pressAll, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { hackney, islington, layouts, sunday } from '../support/page/states.js';

async function open(teams: readonly unknown[], properties: Partial<CpIsBanner> = {}): Promise<CpIsBanner> {
  const headers = { Date: new Date(sunday).toUTCString() };
  const register = await ScriptedRegister.answering({
    CareTeam: { body: searchSet('CareTeam', teams), headers },
    AuditEvent: { body: accesses([]), headers },
  });
  return answered(mount(register, properties));
}

const folded = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();

/** The visible text of an element, without the text for screen readers only. */
function seen(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const said of copy.querySelectorAll('.unseen')) said.remove();
  return folded(copy.textContent);
}

describe('a pregnant patient with a plan of her own', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  const her = { ...islington, start: '2025-09-26' };
  const babys = { ...hackney, code: planCodes.unborn, start: '2026-10-02' };

  for (const layout of layouts)
    it(`has two labelled rows, in either order of arrival: ${layout}`, async () => {
      for (const teams of [
        [her, babys],
        [babys, her],
      ]) {
        const banner = await open(teams.map(careTeam), { layout, careSetting: 'maternity-unit' });
        expect(textOf(banner, 'h2')).to.equal('Child protection plan. Unborn baby also has one.');
        await pressAll(banner, /^(Details|Show)$/);
        const labels = [...rootOf(banner).querySelectorAll('h4')];
        expect(labels.map((label) => [label.innerText, seen(label.nextElementSibling as HTMLElement)])).to.deep.equal([
          ['Patient', 'Child protection plan Since 26-Sep-2025 · Islington'],
          ['Unborn baby', 'Child protection plan Since 02-Oct-2026 · Hackney'],
        ]);
        expect(textOf(banner)).to.contain('After birth: give Hackney the baby’s NHS number.');
      }
    });

  it('looked after herself: her own row is not a child protection plan, but the baby’s is', async () => {
    const banner = await open([hackney, { ...babys, name: islington.name }].map(careTeam));
    expect(textOf(banner, 'h2')).to.equal('Unborn baby: child protection plan. Patient looked after.');
    await pressAll(banner, /^Details$/);
    expect(textOf(banner, '[part=plans]'), 'the most urgent first').to.equal(
      'Plans Unborn baby Child protection plan Since 02-Oct-2026 · Islington Patient Looked after Since 03-Feb-2026 · Hackney',
    );
  });
});

describe('nobody else’s name', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  it('the patient’s and siblings’ names in the payload are never drawn, said or given to the host', async () => {
    const names = ['Melanie JONES', 'Tyler JONES', 'Baby of Melanie', '9990000042'];
    const team = {
      ...careTeam(),
      subject: { ...(careTeam()['subject'] as object), display: names[0] },
      participant: [{ member: { display: names[1] } }, { member: { display: names[2] } }],
      note: [{ text: `Sibling ${String(names[1])}, NHS number ${String(names[3])}` }],
      text: { status: 'generated', div: `<div>${names.join()}</div>` },
    };
    for (const layout of layouts) {
      const banner = await open([team], { layout });
      await pressAll(banner, /^(Details|Show|Opened in error\?)$/);
      expect(banner.status).to.equal('current');
      const told = `${rootOf(banner).innerHTML} ${JSON.stringify(banner.answer)} ${banner.outerHTML}`;
      for (const name of names) expect(told).not.to.contain(name);
    }
  });
});

describe('an authority’s number is never beside another’s name', () => {
  before(() => {
    stopDateAt(sunday);
  });
  after(resume);

  /** Names as sent and as shown. The last digits of an authority's numbers begin with its place in this list. */
  const authorities = [
    ['Islington Local Authority', 'Islington'],
    ['LONDON BOROUGH OF HACKNEY', 'Hackney'],
    ['SFD1 - SHEFFIELD CITY COUNCIL', 'Sheffield'],
    ['Bournemouth, Christchurch and Poole Council', 'Bournemouth, Christchurch and Poole'],
    ['NARNIA COUNCIL', 'Narnia Council'],
  ] as const;
  const anyPlan = fc.record({
    at: fc.nat(authorities.length - 1),
    code: fc.constantFrom(...Object.values(planCodes), '12345'),
    period: fc.constantFrom({}, { end: '2026-03-14' }, { end: '2026-11-22' }, { start: '2026-12-01' }),
    office: fc.nat(1),
    emergency: fc.nat(1),
  });
  type AnyPlan = typeof anyPlan extends fc.Arbitrary<infer T> ? T : never;
  const factsOf = ({ at, code, period, office, emergency }: AnyPlan): CareTeamFacts => ({
    name: authorities[at]![0],
    code,
    ...period,
    office: `0207946${at}${office}99`,
    emergency: `0207946${at}${emergency}23`,
  });

  const ownerOf = ({ href }: HTMLAnchorElement): string => authorities[Number(href.slice(-4, -3))]![1];
  const namesIn = (text: string): readonly string[] =>
    authorities.filter(([, name]) => text.includes(name)).map(([, name]) => name);

  /**
   * Each part of the cell that holds numbers, and whose they are said to be: an authority's box or line, or, where
   * there is one authority to ring, everything under the title.
   */
  function blocksOf(
    banner: CpIsBanner,
  ): readonly { says: string; names: readonly string[]; rings: readonly HTMLAnchorElement[] }[] {
    const blocks = rootOf(banner).querySelectorAll<HTMLElement>('[part=contacts] .ring, [part=contacts] > .note');
    return [...blocks].flatMap((block) => {
      const rings = [...block.querySelectorAll('a')];
      const title = block.querySelector('.who') === null && block.matches('.ring') ? titleOf(block) : '';
      const says = `${title} ${seen(block)}`;
      return rings.length === 0 ? [] : [{ says, names: namesIn(says), rings }];
    });
  }

  const titleOf = (ring: HTMLElement): string =>
    ring.previousElementSibling instanceof HTMLElement ? seen(ring.previousElementSibling) : '';

  it('for any plans, in every layout', async function () {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPlan, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...layouts),
        async (plans, layout) => {
          const banner = await open(
            plans.map((plan) => careTeam(factsOf(plan))),
            { layout },
          );
          const owners = new Set(plans.map(({ at }) => at)).size;
          const drawn = blocksOf(banner).flatMap(({ says, names, rings }) => {
            expect(new Set(rings.map(ownerOf)).size, says).to.equal(1);
            expect(names, says).to.deep.equal([ownerOf(rings[0]!)]);
            for (const link of rings)
              expect(link.ariaLabel, says)
                .to.match(new RegExp(`^Ring ${ownerOf(link)} (office|emergency duty team) `))
                .and.to.contain(seen(link));
            return rings.map(({ href }) => href);
          });
          expect(rootOf(banner).querySelectorAll('[part=contacts] a'), 'no number stands apart').to.have.lengthOf(
            drawn.length,
          );
          expect(blocksOf(banner).length, 'an authority’s numbers stand together').to.be.at.most(owners * 2);
          const sent = plans.map(factsOf).flatMap(({ office, emergency }) => [`tel:${office!}`, `tel:${emergency!}`]);
          expect([...new Set(drawn)].sort()).to.deep.equal([...new Set(sent)].sort());
          unmountAll();
        },
      ),
      { numRuns: 60 },
    );
  });
});
