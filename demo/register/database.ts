import { PGlite, type Transaction } from '@electric-sql/pglite';
import { migrate } from './migrations.js';

/** What runs SQL: the database itself, or the inside of one transaction. */
export interface Queries {
  /** One statement in PostgreSQL's dialect; values only ever travel as $1, $2… */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** All the register asks of its database, small enough for another PostgreSQL driver to stand behind. */
export interface Database extends Queries {
  /** Commits when the work resolves, rolls back when it rejects. */
  transaction<Result>(work: (inside: Queries) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the register's database and brings its tables up to date.
 * @param options.dataDir a folder that keeps the data; without it everything stays in memory
 */
export const openDatabase = async ({ dataDir }: { dataDir?: string } = {}): Promise<Database> => {
  const pglite = await PGlite.create(dataDir === undefined ? {} : { dataDir });
  const database: Database = {
    ...queriesOf(pglite),
    transaction: (work) => pglite.transaction((inside) => work(queriesOf(inside))),
    close: () => pglite.close(),
  };
  await migrate(database);
  return database;
};

const queriesOf = (pglite: PGlite | Transaction): Queries => ({
  query: async <Row>(sql: string, values: readonly unknown[] = []) => (await pglite.query<Row>(sql, [...values])).rows,
});
