import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { held, nhsNumber, none } from '../fixtures/bundles.js';
import { answered, mount, nextTask, unmountAll, until } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { button, find, rootOf } from '../support/page/page.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import { attendancesOf, layouts, open, stateNamed, states, sunday, views } from '../support/page/states.js';

const polite = (banner: CpIsBanner): string => find(banner, '[role=status]').textContent;
const assertive = (banner: CpIsBanner): string => find(banner, '[aria-live=assertive]').textContent;
/** The names and places in the visits. */
const people = views.flatMap(({ viewer, place }) => [viewer, place]).filter((name) => name !== undefined);

describe('what is announced without being asked for', () => {
  before(() => {
    stopDateAt(sunday);
  });
  afterEach(unmountAll);
  after(resume);

  const interrupts = [
    'child protection plan',
    'child protection plan and looked after',
    'unborn baby',
    'the patient’s own plan and an unborn baby’s',
    'several authorities',
    'visits loading',
    'visits empty',
    'visits failed',
    'incomplete answer',
  ];
  for (const state of states.filter(({ name }) => name !== 'idle'))
    for (const attendance of attendancesOf(state)) {
      const mayInterrupt = attendance === 'unscheduled' && interrupts.includes(state.name);
      it(`${state.name}, ${attendance}: ${mayInterrupt ? 'at once' : 'when the reader pauses'}, and no name, number or place`, async () => {
        const banner = await open(state, attendance);
        expect(assertive(banner) !== '').to.equal(mayInterrupt);
        expect(polite(banner) !== '').to.equal(!mayInterrupt && state.name !== 'checking');
        for (const discreet of [false, true])
          for (const layout of layouts) {
            Object.assign(banner, { discreet, layout });
            await banner.updateComplete;
            const said = `${polite(banner)} ${assertive(banner)}`;
            if (discreet) expect(assertive(banner)).to.equal('');
            expect(said).not.to.match(/Islington|Hackney|Sheffield|Narnia|Melanie|JONES|\d{3,} \d{3,}|\d{5,}/i);
            for (const name of people) expect(said).not.to.contain(name);
          }
      });
    }

  it('discreet: held and none are announced in the same words', async () => {
    for (const name of ['child protection plan', 'ended', 'none']) {
      const banner = await open(stateNamed(name), 'unscheduled', { discreet: true });
      expect([polite(banner), assertive(banner)], name).to.deep.equal(['Please read: CP-IS', '']);
    }
  });

  it('the live regions stay, whoever is open, because Firefox does not speak a region that appears with its words', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const banner = mount(register, { nhsNumber: '' });
    await banner.updateComplete;
    const regions = (): readonly Element[] => [find(banner, '[role=status]'), find(banner, '[aria-live=assertive]')];
    const before = regions();
    for (const next of [{ outOfSync: true }, { outOfSync: false }, { nhsNumber }, { nhsNumber: '' }]) {
      Object.assign(banner, next);
      await nextTask(20);
      await banner.updateComplete;
      const stay = regions().map((region, at) => region === before[at]);
      expect(stay, JSON.stringify(next)).to.deep.equal([true, true]);
      if (banner.outOfSync) expect(polite(banner)).to.equal('Out of sync: CP-IS not checked.');
    }
  });

  it('is announced once: not again for the visits, nor when the details are hidden and shown', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held(), hold: true } });
    const banner = mount(register);
    await until(banner, ({ status }) => status === 'checking');
    await banner.updateComplete;
    const announced: string[] = [];
    const note = (): void => {
      for (const text of [polite(banner), assertive(banner)]) if (text !== '') announced.push(text);
    };
    const listener = new MutationObserver(note);
    for (const live of ['[role=status]', '[aria-live=assertive]'])
      listener.observe(find(banner, live), { childList: true, characterData: true, subtree: true });
    while ((await register.log('CareTeam')).length === 0) await nextTask(5);
    await register.release();
    await answered(banner);
    expect(announced).to.deep.equal(['CP-IS: Child protection plan']);
    button(banner, 'Hide').click();
    await banner.updateComplete;
    expect(announced).to.have.lengthOf(1);
    button(banner, 'Show').click();
    await banner.updateComplete;
    expect(assertive(banner)).to.equal('');
    listener.disconnect();
  });

  it('the next patient’s answer is announced, and nothing of the previous one’s stays', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
    const banner = await answered(mount(register));
    banner.clear();
    await banner.updateComplete;
    expect(rootOf(banner).textContent).not.to.contain('Child protection plan');
    await register.script({ CareTeam: { body: none('9990000026') } });
    banner.nhsNumber = '9990000026';
    await answered(banner);
    expect([polite(banner), assertive(banner)]).to.deep.equal([
      'No CP-IS record for this NHS number. This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only. Concerned? Refer as usual. Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.',
      '',
    ]);
  });
});
