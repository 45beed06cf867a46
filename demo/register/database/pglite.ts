import { PGlite, type Transaction } from '@electric-sql/pglite';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DatabaseUnavailable, LONGEST_WAIT, type Database, type Queries } from './database.js';
import { lockFolder } from './folder-lock.js';

/** PostgreSQL's usual 128 MB of page cache would only repeat pages that this process already holds in memory. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB', '-c', 'wal_buffers=256kB'];

/**
 * PostgreSQL inside this process, one statement at a time.
 * @param dataDir a folder for the data, made if need be; without it everything stays in memory
 */
export const openPglite = async (dataDir?: string): Promise<Database> => {
  if (dataDir === undefined) return databaseOf(await PGlite.create({ startParams }));
  await mkdir(dataDir, { recursive: true });
  const unlock = await lockFolder(dataDir);
  try {
    return databaseOf(await PGlite.create({ dataDir: join(dataDir, 'pglite'), startParams }), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
};

const databaseOf = (pglite: PGlite, unlock?: () => Promise<void>): Database => ({
  ...queriesOf(pglite),
  transaction: (work, longest = LONGEST_WAIT) => {
    const until = Date.now() + longest;
    return pglite.transaction((inside) => {
      // The statement waited too long for its turn, and its caller has left.
      if (Date.now() > until) throw new DatabaseUnavailable();
      return work(queriesOf(inside));
    });
  },
  listen: (channel, heard) => {
    const listening = pglite.listen(channel, heard);
    return () => void listening.then((stop) => stop()).catch(() => undefined);
  },
  close: async () => {
    await pglite.close();
    await unlock?.();
  },
});

const queriesOf = (pglite: PGlite | Transaction): Queries => ({
  query: async <Row>(sql: string, values: readonly unknown[] = []) => (await pglite.query<Row>(sql, [...values])).rows,
});
