import { expect } from 'chai';

import { CpIsBanner } from '../../src/index.js';
import { held } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/page/banner.js';
import { deleteDatabase, openDatabase, storageFaults } from '../support/page/broken-storage.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const faults: readonly (readonly [what: string, begin: () => Promise<() => void> | (() => void)])[] = [
  ...storageFaults,
  [
    'a newer version in another tab',
    async () => {
      const newer = await openDatabase('cp-is-banner', 9);
      return () => {
        newer.close();
      };
    },
  ],
  [
    'cleared while it is open',
    async () => {
      await deleteDatabase('cp-is-banner');
      return () => undefined;
    },
  ],
];

/** In the page, where a test can break what the register’s side needs. */
const { Worker } = globalThis;

describe('whatever IndexedDB does, the check is answered', () => {
  let mend: () => void = () => undefined;
  before(() => {
    Object.assign(globalThis, { Worker: undefined });
  });
  after(() => {
    Object.assign(globalThis, { Worker });
  });
  afterEach(async () => {
    mend();
    mend = () => undefined;
    unmountAll();
    CpIsBanner.signOut();
    await nextTask(50);
  });

  const keyed = async (register: ScriptedRegister): Promise<CpIsBanner> =>
    mount(register, {
      user: 'nurse',
      storageKey: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    });

  for (const [what, begin] of faults) {
    it(`${what}, from the beginning: the answer arrives, and then the failure, with nothing stale beside it`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
      mend = await begin();
      const banner = await keyed(register);
      await answered(banner);
      expect(banner.status).to.equal('current');
      await register.script({ CareTeam: { status: 500 } });
      banner.check();
      await until(banner, ({ reason }) => reason === 'register-error');
      expect(textOf(banner)).to.not.contain('Islington');
    });

    it(`${what}, after an answer was stored: the failure is shown at once, and as not checked`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() } });
      const banner = await keyed(register);
      await answered(banner);
      await nextTask(100);
      mend = await begin();
      await register.script({ CareTeam: { status: 500 } });
      banner.check();
      await until(banner, ({ reason }) => reason === 'register-error');
      expect(banner.status).to.equal('not-checked');
      await nextTask(100);
      expect(textOf(banner)).to.match(/^CP-IS not checked: status unknown/);
      if (textOf(banner).includes('Islington')) expect(textOf(banner)).to.match(/Last checked [^:]*\d\d:\d\d:/);
    });
  }
});
