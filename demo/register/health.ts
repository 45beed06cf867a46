import { DatabaseUnavailable, type Database } from './database/database.js';

/** In milliseconds, so that the answer comes within two seconds even when something hangs. */
const LONGEST = 1_500;

/**
 * Does to the database what a read does: takes the same locks, writes a row and commits. However many ask, only one
 * check at a time is under way.
 * @throws DatabaseUnavailable
 */
export const createHealth = (database: Database): (() => Promise<void>) => {
  let underWay: Promise<void> | undefined;

  const check = () =>
    database.transaction(async (inside) => {
      await inside.query('lock table access, notification, audit, local_authority in row exclusive mode');
      await inside.query('update health set at = now()');
    }, LONGEST);

  return async () => {
    underWay ??= check().finally(() => (underWay = undefined));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DatabaseUnavailable()), LONGEST);
    });
    try {
      await Promise.race([underWay, late]);
    } catch {
      throw new DatabaseUnavailable();
    } finally {
      clearTimeout(timer);
    }
  };
};
