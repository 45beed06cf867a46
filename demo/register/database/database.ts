import { openPglite } from './pglite.js';
import { migrate } from './migrate.js';
import { openPostgres } from './postgres.js';

/** What runs SQL: the database itself, or the inside of one transaction. */
export interface Queries {
  /** One statement in PostgreSQL's dialect; values only ever travel as $1, $2… */
  query: <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** All the register asks of its database, small enough for another PostgreSQL driver to stand behind. */
export interface Database extends Queries {
  /** Commits when the work resolves, rolls back when it rejects. The work may run again after a deadlock. */
  transaction: <Result>(work: (inside: Queries) => Promise<Result>) => Promise<Result>;
  close: () => Promise<void>;
}

/** Where the data is: a PostgreSQL server's address, or a folder for the embedded database, or neither: in memory. */
export interface Place {
  /** postgres://user:password@host:port/database */
  url?: string | undefined;
  /** Guarded: a second process is refused. */
  dataDir?: string | undefined;
}

/**
 * Opens the register's database and brings its tables up to date.
 * @throws FolderInUse when another process has the folder
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
