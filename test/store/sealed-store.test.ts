import { expect } from 'chai';

import type { LastKnown } from '../../src/domain/answer.js';
import type { PatientOpen } from '../../src/domain/patient-open.js';
import { SealedStore } from '../../src/store/sealed-store.js';
import { patientOpen } from '../fixtures/opens.js';
import { plan } from '../fixtures/plans.js';
import { deleteDatabase, openDatabase, replace, storageFaults } from '../support/page/broken-storage.js';
import { needing } from '../support/page/engine.js';
import { newKey, stored } from '../support/page/stored.js';

const hour = 3_600_000;
const start = Date.parse('2026-11-23T10:14:00Z');
const open = patientOpen({ baseUrl: 'https://epr.example/FHIR', user: 'nurse', nhsNumber: '9995124467' });
const known: LastKnown = {
  nhsNumber: open.nhsNumber,
  plans: [
    plan({
      code: '342191000000101',
      end: '2027-03-14',
      officePhone: '020 7946 0199',
      emergencyPhone: '020 7946 0123',
    }),
  ],
  incomplete: false,
  checkedAt: start,
};

const browserThat = (lists: boolean): string =>
  lists ? 'in a browser that lists its databases' : 'in a browser that cannot list its databases (Firefox before 126)';

describe('the sealed last known answer', () => {
  let now = start;
  let store: SealedStore;
  let key: Promise<CryptoKey>;
  beforeEach(async () => {
    now = start;
    store = new SealedStore(() => now);
    await store.forget();
    key = newKey();
  });
  afterEach(() => store.forget());

  it('is found again, by the same user for the same patient with the same key', async () => {
    await store.keep(key, open, known);
    expect(await store.find(key, open)).to.deep.equal(known);
    expect(await new SealedStore(() => now).find(key, open)).to.deep.equal(known);
  });

  it('what was not recorded is still not recorded when it is found again', async () => {
    const plans = known.plans.map((plan) => ({ ...plan, end: undefined, officePhone: undefined }));
    await store.keep(key, open, { ...known, plans });
    const [plan] = (await store.find(key, open))?.plans ?? [];
    expect([plan?.start, plan?.end, plan?.officePhone]).to.deep.equal(['2025-09-26', undefined, undefined]);
  });

  it('replaces what was known before', async () => {
    await store.keep(key, open, known);
    const later = { ...known, checkedAt: start + hour };
    await store.keep(key, open, later);
    expect(await store.find(key, open)).to.deep.equal(later);
  });

  const strangers: [who: string, open: Partial<PatientOpen>][] = [
    ['another user', { user: 'doctor' }],
    ['another patient', { nhsNumber: '9990000417' }],
    ['another register', { baseUrl: 'https://other.example/FHIR' }],
  ];
  for (const [who, other] of strangers)
    it(`is not known to ${who}`, async () => {
      await store.keep(key, open, known);
      expect(await store.find(key, { ...open, ...other })).to.equal(undefined);
    });

  it('is not known under another key', async () => {
    await store.keep(key, open, known);
    expect(await store.find(newKey(), open)).to.equal(undefined);
  });

  it('reveals nothing of patient, user, plan, authority or phone in plain text', async () => {
    await store.keep(key, open, known);
    const text = await stored();
    expect(text).to.not.equal('');
    for (const secret of ['9995124467', 'nurse', 'Islington', '7946', 'child-protection', 'epr.example']) {
      expect(JSON.stringify([open, known])).to.contain(secret);
      expect(text).to.not.contain(secret);
    }
  });

  const ages: [age: string, after: number, isKnown: boolean][] = [
    ['at once', 0, true],
    ['just before 12 hours', 12 * hour - 1, true],
    ['after 12 hours', 12 * hour, false],
    ['by a clock that was put back', -1, false],
  ];
  for (const [age, after, isKnown] of ages)
    it(`${age}: ${isKnown ? 'known' : 'not known'}`, async () => {
      await store.keep(key, open, known);
      now = start + after;
      expect((await store.find(key, open)) !== undefined).to.equal(isKnown);
    });

  it('what is older than 12 hours is deleted when another is kept', async () => {
    await store.keep(key, open, known);
    now = start + 13 * hour;
    await store.keep(key, { ...open, nhsNumber: '9990000417' }, { ...known, nhsNumber: '9990000417' });
    expect((await stored()).trim().split('\n')).to.have.lengthOf(1);
  });

  it('what is older than 12 hours is deleted when somebody is looked up', async () => {
    await store.keep(key, open, known);
    now = start + 13 * hour;
    await store.find(key, { ...open, nhsNumber: '9990000417' });
    expect(await stored()).to.equal('');
  });

  for (const lists of [true, false])
    needing(lists ? undefined : 'an undone database').describe(browserThat(lists), () => {
      const factory = IDBFactory.prototype;
      const method = Object.getOwnPropertyDescriptor(factory, 'databases')!;
      const canListAgain = (): void => void Object.defineProperty(factory, 'databases', method);

      beforeEach(() => {
        if (!lists) Reflect.deleteProperty(factory, 'databases');
      });
      afterEach(canListAgain);

      it('what is older than 12 hours is deleted by itself when the tag is next there, whatever the key was', async () => {
        await store.keep(key, open, known);
        now = start + 13 * hour;
        const next = new SealedStore(() => now);
        await next.tidy();
        canListAgain();
        expect(await stored()).to.equal('');
        await next.forget();
      });

      it('what is younger is still there after tidying', async () => {
        await store.keep(key, open, known);
        await store.tidy();
        expect(await store.find(key, open)).to.deep.equal(known);
      });

      it('where nothing was ever stored, tidying makes no database', async () => {
        await store.tidy();
        canListAgain();
        expect(await indexedDB.databases()).to.deep.equal([]);
      });
    });

  it('is dropped for one patient', async () => {
    await store.keep(key, open, known);
    await store.drop(key, open);
    expect(await store.find(key, open)).to.equal(undefined);
    expect(await stored()).to.equal('');
  });

  it('forgetting deletes the database', async () => {
    await store.keep(key, open, known);
    await store.forget();
    expect(await indexedDB.databases()).to.deep.equal([]);
  });

  it('what was being stored when everything was forgotten is not written afterwards', async () => {
    let give: (key: CryptoKey) => void = () => undefined;
    const keeping = store.keep(new Promise((resolve) => (give = resolve)), open, known);
    await store.forget();
    give(await key);
    await keeping;
    expect(await stored()).to.equal('');
  });

  const keys: [what: string, key: () => Promise<CryptoKey | undefined>][] = [
    ['no key', () => Promise.resolve(undefined)],
    ['a key that cannot be had', () => Promise.reject(new Error('signed out'))],
    ['a key that never comes', () => new Promise(() => undefined)],
    ['a key for something else', () => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])],
    ['a key that only encrypts', () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])],
    ['no key at all but a word', () => Promise.resolve('secret' as unknown as CryptoKey)],
  ];
  for (const [what, given] of keys)
    it(`${what}: nothing is known and nothing is thrown`, async () => {
      await store.keep(given(), open, known);
      expect(await store.find(given(), open)).to.equal(undefined);
    });
});

describe('the sealed last known answer, whatever IndexedDB does', () => {
  let key: Promise<CryptoKey>;
  let restore: () => void = () => undefined;
  beforeEach(async () => {
    key = newKey();
    await new SealedStore(() => start).forget();
  });
  afterEach(async () => {
    restore();
    restore = () => undefined;
    await new SealedStore(() => start).forget();
  });

  for (const [what, begin] of storageFaults)
    it(`${what}: nothing is known, nothing is thrown, and it works again afterwards`, async () => {
      const store = new SealedStore(() => start);
      restore = begin();
      await store.keep(key, open, known);
      expect(await store.find(key, open)).to.equal(undefined);
      await store.drop(key, open);
      await store.forget();
      restore();
      restore = () => undefined;
      await store.keep(key, open, known);
      expect(await store.find(key, open)).to.deep.equal(known);
    });

  it('blocked by a newer version in another tab: nothing is known and nothing is thrown', async () => {
    const newer = await openDatabase('cp-is-banner', 9);
    const store = new SealedStore(() => start);
    await store.keep(key, open, known);
    expect(await store.find(key, open)).to.equal(undefined);
    newer.close();
  });

  /** Handles every request to open a database from now on. */
  const openings = (opening: (request: IDBOpenDBRequest) => void): void => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the factory it is called on
    const real = IDBFactory.prototype.open;
    restore = replace(IDBFactory.prototype, 'open', function (this: IDBFactory, ...words: Parameters<typeof real>) {
      const request = real.apply(this, words);
      opening(request);
      return request;
    });
  };

  it('blocked by an older version in another tab: nobody waits, and a later open blocks nobody', async () => {
    const store = new SealedStore(() => start);
    openings((request) => {
      queueMicrotask(() =>
        request.dispatchEvent(new IDBVersionChangeEvent('blocked', { oldVersion: 0, newVersion: 1 })),
      );
    });
    expect(await store.find(key, open)).to.equal(undefined);
    restore();
    await deleteDatabase('cp-is-banner');
    await store.keep(key, open, known);
    expect(await store.find(key, open)).to.deep.equal(known);
  });

  it('terminated by the browser: it is opened again', async () => {
    const store = new SealedStore(() => start);
    const databases: IDBDatabase[] = [];
    openings((request) => {
      request.addEventListener('success', () => databases.push(request.result));
    });
    await store.keep(key, open, known);
    expect(databases).to.have.lengthOf(1);
    databases[0]!.close();
    databases[0]!.dispatchEvent(new Event('close'));
    expect(await store.find(key, open)).to.deep.equal(known);
    expect(databases).to.have.lengthOf(2);
  });

  it('blocking: it closes, so that another tab can delete the database', async () => {
    const store = new SealedStore(() => start);
    await store.keep(key, open, known);
    await deleteDatabase('cp-is-banner');
    expect(await store.find(key, open)).to.equal(undefined);
    await store.keep(key, open, known);
    expect(await store.find(key, open)).to.deep.equal(known);
  });

  it('corrupt: what does not open with the key is not known', async () => {
    const store = new SealedStore(() => start);
    await store.keep(key, open, known);
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('cp-is-banner');
      request.onsuccess = () => {
        const answers = request.result.transaction('answers', 'readwrite').objectStore('answers');
        answers.openCursor().onsuccess = ({ target }) => {
          const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
          if (cursor === null) return;
          const value = cursor.value as { bytes: ArrayBuffer };
          new Uint8Array(value.bytes)[5]! ^= 1;
          cursor.update(value).onsuccess = () => {
            request.result.close();
            resolve();
          };
        };
      };
    });
    expect(await store.find(key, open)).to.equal(undefined);
  });

  it('one patient’s bytes in another’s place are not known', async () => {
    const store = new SealedStore(() => start);
    const other = { ...open, nhsNumber: '9990000417' };
    await store.keep(key, open, known);
    await store.keep(key, other, { ...known, nhsNumber: other.nhsNumber });
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('cp-is-banner');
      request.onsuccess = () => {
        const answers = request.result.transaction('answers', 'readwrite').objectStore('answers');
        const keys = answers.getAllKeys();
        const values = answers.getAll();
        values.onsuccess = () => {
          answers.put(values.result[0], keys.result[1]);
          answers.put(values.result[1], keys.result[0]).onsuccess = () => {
            request.result.close();
            resolve();
          };
        };
      };
    });
    expect(await store.find(key, open)).to.equal(undefined);
    expect(await store.find(key, other)).to.equal(undefined);
  });
});
