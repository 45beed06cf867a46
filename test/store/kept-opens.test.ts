import { expect } from 'chai';

import type { Keepable, KeptOpen } from '../../src/domain/kept-open.js';
import { SealedStore } from '../../src/store/sealed-store.js';
import { patientOpen } from '../fixtures/opens.js';
import { openDatabase, storageFaults } from '../support/page/broken-storage.js';
import { newKey, stored } from '../support/page/stored.js';

const hour = 3_600_000;
const start = Date.parse('2026-11-23T10:14:00Z');
const keepable = (encounter = 'E1'): Keepable => ({
  open: patientOpen({ baseUrl: 'https://epr.example/FHIR', user: 'nurse', nhsNumber: '9995124467', encounter }),
  setting: 'emergency-department',
  lasts: 300,
});
const kept: KeptOpen = { traceId: '0b5f6b5e-6a55-4c55-9d5b-2f1f0a1a9f10', openedAt: start };

describe('the sealed TraceIDs of opens', () => {
  let now = start;
  let store: SealedStore;
  let key: Promise<CryptoKey>;
  let restore: () => void = () => undefined;
  beforeEach(async () => {
    now = start;
    store = new SealedStore(() => now);
    await store.forget();
    key = newKey();
  });
  afterEach(async () => {
    restore();
    restore = () => undefined;
    await store.forget();
  });

  it('are found by the next page with the same key, with whose encounter took over the open', async () => {
    await store.keepOpen(key, keepable(), kept);
    const adopted = { ...kept, adoptedBy: 'E1' };
    await store.keepOpen(key, keepable(''), adopted);
    const next = new SealedStore(() => now);
    expect(await next.findOpen(key, keepable())).to.deep.equal(kept);
    expect(await next.findOpen(key, keepable(''))).to.deep.equal(adopted);
    expect(await next.findOpen(key, keepable('E2'))).to.equal(undefined);
    expect(await next.findOpen(newKey(), keepable())).to.equal(undefined);
    await next.forget();
  });

  it('reveal nothing of patient, user, encounter, place or TraceID in plain text', async () => {
    // Longer than any text that could occur in sealed bytes by chance.
    await store.keepOpen(key, keepable('the-encounter'), kept);
    const text = await stored();
    expect(text).to.not.equal('');
    for (const secret of ['9995124467', 'nurse', 'the-encounter', 'epr.example', 'emergency', kept.traceId]) {
      expect(JSON.stringify([keepable('the-encounter'), kept])).to.contain(secret);
      expect(text).to.not.contain(secret);
    }
  });

  for (const [encounter, lasts] of [
    ['E1', 12 * hour],
    ['', 300_000],
  ] as const)
    it(`${encounter === '' ? 'without an encounter' : 'with one'}: expire, and are deleted by themselves`, async () => {
      await store.keepOpen(key, keepable(encounter), kept);
      now = start + lasts - 1;
      expect(await store.findOpen(key, keepable(encounter))).to.deep.equal(kept);
      await store.tidy();
      expect(await store.findOpen(key, keepable(encounter))).to.deep.equal(kept);
      now += 1;
      expect(await store.findOpen(key, keepable(encounter))).to.equal(undefined);
      await store.tidy();
      expect(await stored()).to.equal('');
    });

  it('are not written once they have expired', async () => {
    now = start + 300_000;
    await store.keepOpen(key, keepable(''), kept);
    expect(await store.findOpen(key, { ...keepable(''), lasts: 3600 })).to.equal(undefined);
  });

  it('stay beside what the previous release stored, whose database held only answers', async () => {
    const request = indexedDB.open('cp-is-banner', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('answers').createIndex('until', 'until');
    await new Promise((resolve) => (request.onsuccess = resolve));
    request.result.close();
    await store.keepOpen(key, keepable(), kept);
    expect(await store.findOpen(key, keepable())).to.deep.equal(kept);
    const database = await openDatabase('cp-is-banner');
    expect([...database.objectStoreNames]).to.deep.equal(['answers', 'opens']);
    database.close();
  });

  it('are not written after everything was forgotten meanwhile', async () => {
    let give: (key: CryptoKey) => void = () => undefined;
    const keeping = store.keepOpen(new Promise((resolve) => (give = resolve)), keepable(), kept);
    await store.forget();
    give(await key);
    await keeping;
    expect(await stored()).to.equal('');
  });

  for (const [what, begin] of storageFaults)
    it(`${what}: nothing is found, nothing is thrown, and it works again afterwards`, async () => {
      restore = begin();
      await store.keepOpen(key, keepable(), kept);
      expect(await store.findOpen(key, keepable())).to.equal(undefined);
      restore();
      await store.keepOpen(key, keepable(), kept);
      expect(await store.findOpen(key, keepable())).to.deep.equal(kept);
    });
});
