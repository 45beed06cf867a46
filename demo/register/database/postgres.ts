import pg from 'pg';

import { DatabaseUnavailable, LONGEST_WAIT, type Database, type Queries } from './database.js';
import { listenOn } from './postgres-listener.js';

/** SQLSTATE of a deadlock and of a serialisation failure. The transaction did nothing and may run again. */
const mayRunAgain = new Set(['40P01', '40001']);
const MOST_RUNS = 4;
/**
 * Classes of SQLSTATE for an unavailable database: connection, resources (a full disk too), operator, and a lock or an
 * idle transaction that lasts too long.
 */
const unavailable = /^(?:08|53|57|58|55P03|25P0)/;

/**
 * Each of these ends by itself, on the server too: a forgotten lock, a runaway statement, a client that went silent.
 */
const limits = {
  connectionTimeoutMillis: 3_000,
  lock_timeout: 2_000,
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
};

const ownLimits = `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true)`;

/** A PostgreSQL server, 15 or later, through a pool of connections. */
export const openPostgres = (url: string): Database => {
  const pool = new pg.Pool({ connectionString: url, max: 20, keepAlive: true, ...limits });
  // An idle connection that the server drops is replaced. Without this listener the error would end the process.
  pool.on('error', () => console.error('Register: the database closed an idle connection'));

  const once = async <Result>(
    work: (inside: Queries) => Promise<Result>,
    until: number,
    longest: number | undefined,
  ): Promise<Result> => {
    const client = await pool.connect().catch(refused);
    const inside = queriesOf(client, until);
    let broken = true;
    try {
      await inside.query('begin');
      if (longest !== undefined) await inside.query(ownLimits, [String(longest)]);
      const result = await work(inside);
      await inside.query('commit');
      broken = false;
      return result;
    } catch (error) {
      // Closing a connection that hangs also ends its transaction.
      broken =
        error instanceof DatabaseUnavailable ||
        (await inside.query('rollback').then(
          () => false,
          () => true,
        ));
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const listener = listenOn(url);
  return {
    query: (sql, values) => queriesOf(pool, Date.now() + LONGEST_WAIT).query(sql, values),
    transaction: async (work, longest) => {
      const until = Date.now() + (longest ?? LONGEST_WAIT);
      for (let run = 1; ; run += 1) {
        try {
          return await once(work, until, longest);
        } catch (error) {
          if (run === MOST_RUNS || !mayRunAgain.has(sqlState(error))) throw error;
        }
      }
    },
    listen: listener.listen,
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
};

/** The five characters by which PostgreSQL classifies an error. Empty for any other kind of error. */
export const sqlState = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : '';
};

/**
 * An error without a SQLSTATE does not come from the server: the connection was refused, lost or silent for too long.
 */
const refused = (error: unknown): never => {
  const state = sqlState(error);
  throw state === '' || unavailable.test(state) ? new DatabaseUnavailable() : error;
};

/**
 * The register uses only a few statement texts, so each connection prepares each of them once.
 * @param until milliseconds since 1970
 */
const queriesOf = (client: pg.Pool | pg.PoolClient, until: number): Queries => ({
  query: async <Row>(sql: string, values: readonly unknown[] = []) => {
    const left = until - Date.now();
    if (left <= 0) throw new DatabaseUnavailable();
    const statement = { name: nameOf(sql), text: sql, values: [...values], query_timeout: left };
    return (await client.query(statement).catch(refused)).rows as Row[];
  },
});

const names = new Map<string, string>();
const nameOf = (sql: string): string => {
  const name = names.get(sql) ?? `register-${names.size + 1}`;
  names.set(sql, name);
  return name;
};
