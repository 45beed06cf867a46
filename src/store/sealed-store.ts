import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';

import type { SealingKey } from '../contract/register-service.js';
import { holding, number, optional, text } from '../contract/shape.js';
import type { LastKnown } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { isStillKnown, lastKnownFor, storeName } from '../domain/last-known.js';
import { keptUnder, keptUntil, goesOn, type Keepable, type KeptOpen } from '../domain/kept-open.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { Seal, type Sealed } from './seal.js';
import { within } from './within.js';

interface Records {
  key: string;
  value: Sealed & { readonly until: Instant };
  indexes: { until: Instant };
}

interface Schema extends DBSchema {
  answers: Records;
  opens: Records;
}

const stores = ['answers', 'opens'] as const;

const isKeptOpen = holding({
  traceId: text,
  openedAt: number,
  adoptedBy: optional(text),
}) as (value: unknown) => value is KeptOpen;

interface Kept {
  readonly lastKnown: LastKnown;
  readonly keptAt: Instant;
}

/** The host's key; without one, nothing is kept. */
export type Key = Promise<SealingKey | undefined>;

const patientOf = ({ user, baseUrl, nhsNumber }: PatientOpen): readonly string[] => [user, baseUrl, nhsNumber];

/** Firefox before 126 lists no databases. There one is opened; if that makes it, the making is undone and this rejects. */
async function hasDatabase(): Promise<boolean> {
  if ('databases' in indexedDB) return (await indexedDB.databases()).some(({ name }) => name === storeName);
  const upgrade: OpenDBCallbacks<unknown>['upgrade'] = (_, __, ___, making) => {
    making.done.catch(() => undefined);
    making.abort();
  };
  (await openDB(storeName, undefined, { upgrade })).close();
  return true;
}

/** How long any one step may take, in milliseconds: IndexedDB can hang for ever, and the host's key may never come. */
const answersWithin = 1000;

/**
 * Each patient's last known answer and the TraceIDs of opens, sealed with the host's key (docs/decisions/0006).
 * Whatever IndexedDB or the key does, nothing here rejects: what could not be kept is simply not known later.
 */
export class SealedStore {
  readonly #now: () => Instant;
  #database: Promise<IDBPDatabase<Schema>> | undefined;
  /** Counts calls to `forget`: work begun before one writes nothing after it. */
  #forgotten = 0;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** Deletes what has lapsed, under whatever key; creates no database where there is none. */
  async tidy(): Promise<void> {
    const forgotten = this.#forgotten;
    try {
      const isThere = await within(answersWithin, hasDatabase());
      if (isThere && forgotten === this.#forgotten) await this.#dropLapsed(await this.#open());
    } catch {
      // It is tried again another time.
    }
  }

  keep(key: Key, open: PatientOpen, lastKnown: LastKnown): Promise<void> {
    return this.#quietly(key, patientOf(open), async (seal, name, database) => {
      const keptAt = this.#now();
      const sealed = await seal.seal(name, { lastKnown, keptAt } satisfies Kept);
      const opened = await database();
      await opened.put('answers', { ...sealed, until: keptAt + lastKnownFor * 1000 }, name);
      await this.#dropLapsed(opened);
    });
  }

  find(key: Key, open: PatientOpen): Promise<LastKnown | undefined> {
    return this.#quietly(key, patientOf(open), async (seal, name, database) => {
      const opened = await database();
      const sealed = await opened.get('answers', name);
      await this.#dropLapsed(opened);
      if (sealed === undefined) return undefined;
      const { lastKnown, keptAt } = (await seal.open(name, sealed)) as Kept;
      return isStillKnown(keptAt, this.#now()) && lastKnown.nhsNumber === open.nhsNumber ? lastKnown : undefined;
    });
  }

  drop(key: Key, open: PatientOpen): Promise<void> {
    return this.#quietly(key, patientOf(open), async (_, name, database) => (await database()).delete('answers', name));
  }

  /** Resolves once written: a page that starts after that continues the open. */
  keepOpen(key: Key, keepable: Keepable, kept: KeptOpen): Promise<void> {
    return this.#quietly(key, keptUnder(keepable), async (seal, name, database) => {
      if (!goesOn(keepable, kept.openedAt, this.#now())) return;
      const sealed = await seal.seal(name, kept);
      await (await database()).put('opens', { ...sealed, until: keptUntil(keepable, kept.openedAt) }, name);
    });
  }

  findOpen(key: Key, keepable: Keepable): Promise<KeptOpen | undefined> {
    return this.#quietly(key, keptUnder(keepable), async (seal, name, database) => {
      const sealed = await (await database()).get('opens', name);
      if (sealed === undefined) return undefined;
      const kept = await seal.open(name, sealed);
      return isKeptOpen(kept) && goesOn(keepable, kept.openedAt, this.#now()) ? kept : undefined;
    });
  }

  /** Forgets every patient and user: deletes the whole database, since cleared data can be recovered. */
  async forget(): Promise<void> {
    this.#forgotten++;
    this.#close();
    try {
      await deleteDB(storeName);
    } catch {
      // Where there is no storage there is nothing to delete.
    }
  }

  async #quietly<T>(
    key: Key,
    words: readonly string[],
    work: (seal: Seal, name: string, database: () => Promise<IDBPDatabase<Schema>>) => Promise<T>,
  ): Promise<T | undefined> {
    const forgotten = this.#forgotten;
    const database = async (): Promise<IDBPDatabase<Schema>> => {
      const opened = await this.#open();
      if (forgotten !== this.#forgotten) throw new Error('forgotten');
      return opened;
    };
    try {
      const given = await within(answersWithin, key);
      if (given === undefined) return undefined;
      const seal = await Seal.of(given);
      const name = await seal.name(words);
      return await within(answersWithin, work(seal, name, database));
    } catch {
      return undefined;
    }
  }

  async #open(): Promise<IDBPDatabase<Schema>> {
    const opening = (this.#database ??= this.#connect());
    try {
      return await within(answersWithin, opening);
    } catch (error) {
      // The next use tries to open it again.
      if (this.#database === opening) this.#close();
      throw error;
    }
  }

  #connect(): Promise<IDBPDatabase<Schema>> {
    return new Promise((resolve, reject) => {
      let isBlocked = false;
      openDB<Schema>(storeName, 2, {
        upgrade: (database) => {
          for (const name of stores)
            if (!database.objectStoreNames.contains(name))
              database.createObjectStore(name).createIndex('until', 'until');
        },
        // Another tab still holds an older version: do not wait for it.
        blocked: () => {
          isBlocked = true;
          reject(new Error('blocked'));
        },
        // Another tab is deleting or upgrading the database: do not stand in its way.
        blocking: (_, __, event) => {
          (event.target as IDBDatabase).close();
          this.#database = undefined;
        },
        // The browser has closed it; the next use opens it again.
        terminated: () => {
          this.#database = undefined;
        },
      }).then((opened) => {
        if (isBlocked) opened.close();
        else resolve(opened);
      }, reject);
    });
  }

  #close(): void {
    const database = this.#database;
    this.#database = undefined;
    database?.then(
      (opened) => {
        opened.close();
      },
      () => undefined,
    );
  }

  async #dropLapsed(database: IDBPDatabase<Schema>): Promise<void> {
    for (const name of stores) {
      const { store, done } = database.transaction(name, 'readwrite');
      const lapsed = await store.index('until').getAllKeys(IDBKeyRange.upperBound(this.#now()));
      await Promise.all([...lapsed.map((key) => store.delete(key)), done]);
    }
  }
}
