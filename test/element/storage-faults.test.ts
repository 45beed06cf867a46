import { expect } from 'chai';

import { CpIsBanner } from '../../src/index.js';
import { held } from '../fixtures/bundles.js';
import { answered, mount, nextTask, textOf, unmountAll, until } from '../support/banner.js';
import { ScriptedRegister } from '../support/scripted-register.js';

/** Puts a fault in the place of what the browser does, and gives back how to mend it. */
const replace = (object: object, name: string, value: unknown) => (): (() => void) => {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, writable: true, value });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
};

const refusing = (name: string) => (): never => {
  throw new DOMException('not now', name);
};
const deaf: unknown = Object.create(IDBOpenDBRequest.prototype, {
  addEventListener: { value: () => undefined },
  removeEventListener: { value: () => undefined },
});

/** Another tab has the database open at a newer version, and does not let go of it. */
const newerElsewhere = async (): Promise<() => void> => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('cp-is-banner', 9);
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(new Error('cannot open'));
    };
  });
  return () => {
    database.close();
  };
};

const deleted = (): Promise<void> =>
  new Promise((resolve) => {
    indexedDB.deleteDatabase('cp-is-banner').onsuccess = () => {
      resolve();
    };
  });

const faults: [what: string, begin: () => Promise<() => void> | (() => void)][] = [
  ['denied', replace(IDBFactory.prototype, 'open', refusing('SecurityError'))],
  ['missing, as in some private modes', replace(globalThis, 'indexedDB', undefined)],
  ['an opening that hangs', replace(IDBFactory.prototype, 'open', () => deaf)],
  ['a full disk', replace(IDBObjectStore.prototype, 'put', refusing('QuotaExceededError'))],
  ['corrupt: every transaction fails', replace(IDBDatabase.prototype, 'transaction', refusing('UnknownError'))],
  ['a newer version in another tab', newerElsewhere],
  [
    'cleared while it is open',
    async () => {
      await deleted();
      return () => undefined;
    },
  ],
];

/** In the page, where a test can break what the register’s side stands on. */
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
    it(`${what}, from the beginning: the answer comes, and then the failure, with nothing stale beside it`, async () => {
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

    it(`${what}, after an answer was kept: the failure is told at once, and as not checked`, async () => {
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
