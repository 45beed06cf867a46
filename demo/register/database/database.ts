/** What runs SQL: the database itself, or the inside of one transaction. */
export interface Queries {
  /**
   * One statement in PostgreSQL's dialect; values only ever travel as $1, $2…
   * @throws DatabaseUnavailable
   */
  query: <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** All the register asks of its database, small enough for another PostgreSQL driver to stand behind. */
export interface Database extends Queries {
  /**
   * Commits when the work resolves, rolls back when it rejects. The work may run again after a deadlock.
   * @param longest milliseconds for all of it; left out, as long as a caller of the register waits
   * @throws DatabaseUnavailable
   */
  transaction: <Result>(work: (inside: Queries) => Promise<Result>, longest?: number) => Promise<Result>;
  /**
   * Hears every `notify` on a channel, by whatever process. A line that was lost is taken up again, and then says so with
   * an empty text: something may have been missed.
   * @returns stops hearing
   */
  listen: (channel: string, heard: (text: string) => void) => () => void;
  close: () => Promise<void>;
}

/** The database does not answer, or not in time. Nothing was done, unless it was lost in the very act of committing. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor() {
    super('The database does not answer');
  }
}

/** Milliseconds that a caller is kept waiting: less than the tag's 10 s, so that nothing is done for whoever has left. */
export const LONGEST_WAIT = 8_000;
/** Milliseconds for a part of a file, and for the first records: whoever sent them waits, and no screen of health care. */
export const LONGEST_BATCH = 30_000;
/** Milliseconds for work that nobody waits for: migrations, the purge. */
export const LONGEST_WORK = 10 * 60_000;
