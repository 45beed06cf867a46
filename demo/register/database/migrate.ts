import { LONGEST_WORK, type Database } from './database.js';
import { first } from './version-1.js';
import { second } from './version-2.js';
import { third } from './version-3.js';

/**
 * Each list is one version of the schema, with one statement per item. A released version is never edited; a new one
 * follows it.
 */
const versions: readonly (readonly string[])[] = [first, second, third];

/** Any number will do, if it is the same in every process that might migrate this database at the same time. */
const MIGRATION_LOCK = 20_261_122;

/** Runs the versions that this database has not had, all or none. */
export const migrate = (database: Database): Promise<void> =>
  database.transaction(async (inside) => {
    await inside.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await inside.query('create table if not exists schema_version (version integer primary key)');
    const done = await inside.query<{ version: number }>('select version from schema_version');
    for (const [index, statements] of versions.entries()) {
      const version = index + 1;
      if (done.some((row) => row.version === version)) continue;
      for (const statement of statements) await inside.query(statement);
      await inside.query('insert into schema_version (version) values ($1)', [version]);
    }
  }, LONGEST_WORK);
