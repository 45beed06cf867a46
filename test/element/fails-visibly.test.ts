import { expect } from 'chai';

import '../../src/define.js';
import { accesses, held, nhsNumber, none } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll } from '../support/banner.js';
import { replace } from '../support/broken-storage.js';
import { ScriptedRegister } from '../support/scripted-register.js';

const fault = (): never => {
  throw new Error('broken');
};

/** Whether the tag’s own light DOM is seen; the slot beside the numbers is another. */
const isSlotShown = (banner: Element): boolean =>
  banner.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.hidden === false;

describe('it fails visibly', () => {
  afterEach(unmountAll);

  it('the light DOM shows until the first rendering', async () => {
    const banner = document.createElement('cp-is-banner');
    banner.textContent = 'CP-IS not checked';
    document.body.append(banner);
    expect(isSlotShown(banner)).to.equal(true);
    await banner.updateComplete;
    expect(isSlotShown(banner)).to.equal(false);
    banner.remove();
  });

  it('a throw while drawing brings the light DOM back, and the next patient is drawn again', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: accesses([]) },
    });
    const banner = await answered(mount(register));
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (...parts: unknown[]) => warned.push(...parts);
    Object.defineProperty(banner, 'layout', {
      configurable: true,
      get: () => {
        throw new Error('a fault that names 999 000 0018');
      },
    });
    banner.requestUpdate();
    await banner.updateComplete;
    console.warn = warn;
    expect(isSlotShown(banner)).to.equal(true);
    expect(banner.shadowRoot?.textContent).not.to.contain('Islington');
    expect(warned.join()).to.contain('could not be drawn').and.not.to.contain('999 000 0018');

    Reflect.deleteProperty(banner, 'layout');
    banner.clear();
    await nextTask(5);
    banner.nhsNumber = '9990000018';
    await answered(banner);
    expect(isSlotShown(banner)).to.equal(false);
    expect(textOf(banner)).to.contain('Islington');
  });

  for (const [what, breaks, says] of [
    ['no random numbers', () => replace(crypto, 'getRandomValues', fault), 'not-checked unreachable'],
    ['a clock that throws', () => replace(Date, 'now', fault), 'the light DOM'],
  ] as const)
    it(`a throw on the way from the host to the register (${what}): not checked, in words; then the next patient`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      const banner = mount(register, { nhsNumber: '' });
      await nextTask(20);
      const mend = breaks();
      banner.nhsNumber = nhsNumber;
      await nextTask(50);
      mend();
      await nextTask(50);
      expect(isSlotShown(banner) ? 'the light DOM' : `${banner.status} ${banner.reason ?? ''}`).to.equal(says);
      expect(isSlotShown(banner) || textOf(banner).includes('CP-IS not checked')).to.equal(true);
      expect(await register.log()).to.have.lengthOf(0);
      banner.check();
      await answered(banner);
      expect([banner.status, isSlotShown(banner)]).to.deep.equal(['none', false]);
      expect(textOf(banner)).to.contain('No CP-IS record');
    });

  it('importing the class registers nothing and does not need a document', async () => {
    const { CpIsBanner } = await import('../../src/index.js');
    expect(CpIsBanner.name).to.equal('CpIsBanner');
  });
});
