import { expect } from 'chai';

import { CpIsBanner } from '../../src/index.js';
import { held, none } from '../fixtures/bundles.js';
import { eventually } from '../register/checks.js';
import { answered, mount, textOf, unmountAll, until } from '../support/page/banner.js';
import { button, find } from '../support/page/page.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';
import { newKey } from '../support/page/stored.js';

const lastKnownOf = (banner: CpIsBanner) =>
  banner.answer?.status === 'not-checked' ? banner.answer.lastKnown : undefined;
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

const islington = held({});
const fault: Scripts = { CareTeam: { status: 500 } };

describe('what was known before, shown under not checked', () => {
  let key: CryptoKey;
  let register: ScriptedRegister;
  beforeEach(async () => {
    key = await newKey();
    register = await ScriptedRegister.answering({ CareTeam: { body: islington } });
  });
  afterEach(() => {
    unmountAll();
    CpIsBanner.signOut();
  });

  /** A check that is answered and kept, and then another page of the same user whose register answers `then`. */
  const failsAfterAnswer = async (
    then: Scripts,
    properties: Partial<CpIsBanner> = {},
    again: Partial<CpIsBanner> = {},
  ): Promise<CpIsBanner> => {
    const common = { user: 'nurse', storageKey: key, ...properties };
    const first = mount(register, { ...common, encounter: 'before' });
    await answered(first);
    await eventually(async () => (await indexedDB.databases()).length === 1);
    await quiet();
    first.remove();
    await register.script(then);
    const second = mount(register, { ...common, encounter: 'now', ...again });
    return answered(second);
  };
  const shown = (banner: CpIsBanner): Promise<void> => eventually(() => lastKnownOf(banner) !== undefined);

  it('the host is asked for its key only when something must be stored or looked up; a refusal is not a fault', async () => {
    let asked = 0;
    const complaints: unknown[] = [];
    const complain = (event: Event): void => {
      complaints.push(event);
    };
    addEventListener('unhandledrejection', complain);
    const storageKey = (): Promise<CryptoKey> => {
      asked += 1;
      return Promise.reject(new Error('no key for you'));
    };
    for (const [careSetting, status, times] of [
      ['general-practice', 403, 0],
      ['general-practice', 401, 0],
      ['general-practice', 500, 1],
      ['emergency-department', 403, 1],
      ['emergency-department', 500, 1],
    ] as const) {
      asked = 0;
      const refusing = await ScriptedRegister.answering({ CareTeam: { status } });
      await answered(mount(refusing, { user: 'nurse', careSetting, storageKey, encounter: `refused ${status}` }));
      await quiet();
      expect(asked, `${careSetting} ${status}`).to.equal(times);
    }
    removeEventListener('unhandledrejection', complain);
    expect(complaints).to.deep.equal([]);
  });

  for (const layout of ['banner', 'compact', 'panel'])
    it(`${layout}: says when it was last checked, what was held and whom to ring; the status stays not checked`, async () => {
      const banner = await failsAfterAnswer(fault, { layout });
      await shown(banner);
      await banner.updateComplete;
      expect(banner.status).to.equal('not-checked');
      expect(textOf(banner)).to.match(
        /^CP-IS not checked: status unknown .*CP-IS has a fault\..* Last checked [^:]*\d\d:\d\d: Child protection plan\. Islington: office 020 7946 0199 · emergency duty team 020 7946 0123/,
      );
      expect(lastKnownOf(banner)?.plans).to.have.lengthOf(1);
      expect(find(banner, '.last-known a').getAttribute('href')).to.equal('tel:02079460199');
    });

  const reasons: [reason: string, scripts: Scripts, isShown: boolean][] = [
    ['register-error', { CareTeam: { status: 500 } }, true],
    ['busy', { CareTeam: { status: 429, headers: { 'Retry-After': '60' } } }, true],
    ['timed-out', { CareTeam: { status: 504 } }, true],
    ['unreachable', { CareTeam: { drop: true } }, true],
    ['unreadable', { CareTeam: { body: 'what' } }, true],
    ['signed-out', { CareTeam: { status: 401 } }, false],
    ['access-denied', { CareTeam: { status: 403 } }, false],
    ['refused', { CareTeam: { status: 400 } }, false],
    ['wrong-patient', { CareTeam: { body: none('9990000417') } }, false],
  ];
  for (const [reason, scripts, isShown] of reasons)
    it(`${reason}: ${isShown ? 'shown' : 'not shown'}`, async () => {
      const banner = await failsAfterAnswer(scripts);
      expect(banner.reason).to.equal(reason);
      if (isShown) await shown(banner);
      else await quiet();
      expect(lastKnownOf(banner) !== undefined).to.equal(isShown);
      expect(textOf(banner).includes('Last checked')).to.equal(isShown);
    });

  const strangers: [who: string, properties: Partial<CpIsBanner>][] = [
    ['another user', { user: 'doctor' }],
    ['another patient', { nhsNumber: '9990000417' }],
    ['a host that gives no key', { storageKey: undefined }],
  ];
  for (const [who, properties] of strangers)
    it(`${who}: not shown`, async () => {
      const banner = await failsAfterAnswer(fault, {}, properties);
      await quiet();
      expect(banner.status).to.equal('not-checked');
      expect(textOf(banner)).to.not.contain('Last checked');
    });

  it('another session’s key: not shown', async () => {
    const banner = await failsAfterAnswer(fault, {}, { storageKey: await newKey() });
    await quiet();
    expect(lastKnownOf(banner)).to.equal(undefined);
  });

  it('the key may be a function that gets it from the host’s session', async () => {
    const banner = await failsAfterAnswer(fault, { storageKey: () => Promise.resolve(key) });
    await shown(banner);
  });

  it('a record that is no longer held is no longer shown as known', async () => {
    const banner = await failsAfterAnswer({ CareTeam: { body: none() } });
    expect(banner.status).to.equal('none');
    await quiet();
    await register.script(fault);
    banner.check();
    await until(banner, ({ status }) => status === 'not-checked');
    await quiet();
    expect(lastKnownOf(banner)).to.equal(undefined);
  });

  it('after signing out nothing is known', async () => {
    const first = mount(register, { user: 'nurse', storageKey: key });
    await answered(first);
    await quiet();
    CpIsBanner.signOut();
    await eventually(async () => (await indexedDB.databases()).length === 0);
    await register.script(fault);
    first.check();
    await until(first, ({ reason }) => reason === 'register-error');
    await quiet();
    expect(textOf(first)).to.not.contain('Last checked');
  });

  it('disappears with its patient, in the host’s own task', async () => {
    const banner = await failsAfterAnswer(fault);
    await shown(banner);
    banner.nhsNumber = '9990000417';
    expect(banner.answer).to.equal(undefined);
    expect(textOf(banner)).to.not.contain('Islington');
  });

  it('disappears when the check succeeds', async () => {
    const banner = await failsAfterAnswer(fault);
    await shown(banner);
    await register.script({ CareTeam: { body: islington } });
    banner.check();
    await until(banner, ({ status }) => status === 'current');
    expect(textOf(banner)).to.not.contain('Last checked');
  });

  it('discreet: only the time, and the rest after Show', async () => {
    const banner = await failsAfterAnswer(fault, { discreet: true });
    await shown(banner);
    await banner.updateComplete;
    expect(textOf(banner)).to.match(/Last checked [^:]*\d\d:\d\d: Show$/);
    expect(textOf(banner)).to.not.contain('Islington');
    button(banner, 'Show').click();
    await banner.updateComplete;
    expect(textOf(banner)).to.contain('Child protection plan. Islington');
  });

  it('is not printed and not announced', async () => {
    const banner = await failsAfterAnswer(fault);
    await shown(banner);
    await banner.updateComplete;
    expect(find(banner, '.last-known').closest('.sheet')).to.not.equal(null);
    expect(banner.shadowRoot?.querySelector('[role=status]')?.textContent).to.not.contain('Last checked');
  });

  it('nothing is stored without a key, whatever is answered', async () => {
    await answered(mount(register, { user: 'nurse' }));
    await quiet();
    expect(await indexedDB.databases()).to.deep.equal([]);
  });
});
