/** What runs SQL: the database itself, or the inside of one transaction. */
export interface Queries {
  /**
   * One statement in PostgreSQL's dialect. Values are only ever passed as $1, $2…
   * @throws DatabaseUnavailable
   */
  query: <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** Everything the register asks of its database. It is small, so that another PostgreSQL driver could implement it. */
export interface Database extends Queries {
  /**
   * Commits when the work resolves, and rolls back when it rejects. The work may run again after a deadlock.
   * @param longest milliseconds for all of it; by default, as long as a caller of the register waits
   * @throws DatabaseUnavailable
   */
  transaction: <Result>(work: (inside: Queries) => Promise<Result>, longest?: number) => Promise<Result>;
  /**
   * Hears every `notify` on a channel, from any process. A lost connection is made again, and an empty text then says
   * that something may have been missed.
   * @returns stops listening
   */
  listen: (channel: string, heard: (text: string) => void) => () => void;
  close: () => Promise<void>;
}

/**
 * The database does not answer, or not in time. Nothing was done, unless the connection was lost during the commit
 * itself.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor() {
    super('The database does not answer');
  }
}

/** Milliseconds that a caller may wait. Less than the tag's 10 s, so that nothing is done for a caller who has left. */
export const LONGEST_WAIT = 8_000;
/** Milliseconds for a part of a file, and for the first records. Only the sender waits, not a screen in health care. */
export const LONGEST_BATCH = 30_000;
/** Milliseconds for work that nobody waits for: migrations and the purge. */
export const LONGEST_WORK = 10 * 60_000;
