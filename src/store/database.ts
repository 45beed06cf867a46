import type { Instant } from '../domain/calendar.js';
import { storeName } from '../domain/last-known.js';
import type { Sealed } from './seal.js';

/** A sealed answer as it is stored under its name, and until when it may be. */
export interface Row extends Sealed {
  readonly until: Instant;
}

const rows = 'answers';

/** What IndexedDB answers to a request; rejects when it fails. */
const answerTo = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the request failed'));
    });
  });

/** What is written is there when its transaction is complete, and not before: a full disk may show only then. */
function written(database: IDBDatabase, write: (store: IDBObjectStore) => Promise<unknown>): Promise<void> {
  const transaction = database.transaction(rows, 'readwrite');
  const complete = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new Error('the transaction was aborted'));
    });
  });
  return Promise.all([complete, write(transaction.objectStore(rows))]).then(() => undefined);
}

/**
 * Opens the database, and makes it when it is not there. `blocking`: another tab deletes it or brings a newer one, and
 * waits for this one to close it; `terminated`: the browser has closed it.
 */
export async function openDatabase(on: { blocking: () => void; terminated: () => void }): Promise<IDBDatabase> {
  const request = indexedDB.open(storeName, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(rows).createIndex('until', 'until');
  });
  const database = await answerTo(request);
  database.addEventListener('versionchange', on.blocking);
  database.addEventListener('close', on.terminated);
  return database;
}

export const deleteDatabase = (): Promise<unknown> => answerTo(indexedDB.deleteDatabase(storeName));

export const readRow = (database: IDBDatabase, name: string): Promise<Row | undefined> =>
  answerTo(database.transaction(rows).objectStore(rows).get(name) as IDBRequest<Row | undefined>);

export const writeRow = (database: IDBDatabase, name: string, row: Row): Promise<void> =>
  written(database, async (store) => answerTo(store.put(row, name)));

export const deleteRow = (database: IDBDatabase, name: string): Promise<void> =>
  written(database, async (store) => answerTo(store.delete(name)));

export const deleteLapsed = (database: IDBDatabase, now: Instant): Promise<void> =>
  written(database, async (store) => {
    const lapsed = await answerTo(store.index('until').getAllKeys(IDBKeyRange.upperBound(now)));
    await Promise.all(lapsed.map((name) => answerTo(store.delete(name))));
  });
