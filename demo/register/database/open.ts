import type { Database } from './database.js';
import { migrate } from './migrate.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';

/**
 * Where the data is: a PostgreSQL server's address, or a folder for the embedded database. With neither it is in
 * memory.
 */
export interface Place {
  /** postgres://user:password@host:port/database */
  url?: string | undefined;
  /** A lock guards it: a second process is refused. */
  dataDir?: string | undefined;
}

/**
 * Opens the register's database and brings its tables up to date.
 * @throws FolderInUse when another register is using the folder
 */
export const openDatabase = async ({ url, dataDir }: Place = {}): Promise<Database> => {
  const database = url === undefined ? await openPglite(dataDir) : openPostgres(url);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
};
