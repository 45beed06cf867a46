import pg from 'pg';

import type { Database, Queries } from './database.js';

/** SQLSTATE of a deadlock and of a serialisation failure: the transaction did nothing and may run again. */
const mayRunAgain = new Set(['40P01', '40001']);
const MOST_RUNS = 4;

/** A PostgreSQL server, 15 or later, through a pool of connections. */
export const openPostgres = (url: string): Database => {
  const pool = new pg.Pool({ connectionString: url, max: 20, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server drops is replaced; without a listener it would end the process.
  pool.on('error', () => console.error('Register: the database closed an idle connection'));

  const once = async <Result>(work: (inside: Queries) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect();
    let broken: boolean | Error = true;
    try {
      await client.query('begin');
      const result = await work(queriesOf(client));
      await client.query('commit');
      broken = false;
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  };

  return {
    ...queriesOf(pool),
    transaction: async (work) => {
      for (let run = 1; ; run += 1) {
        try {
          return await once(work);
        } catch (error) {
          if (run === MOST_RUNS || !mayRunAgain.has(sqlState(error))) throw error;
        }
      }
    },
    close: () => pool.end(),
  };
};

/** The five characters that PostgreSQL classifies an error by; empty for an error of another kind. */
export const sqlState = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : '';
};

/** Every statement of the register is one of a few texts, so each connection prepares each of them once. */
const queriesOf = (client: pg.Pool | pg.PoolClient): Queries => ({
  query: async <Row>(sql: string, values: readonly unknown[] = []) => {
    const { rows } = await client.query({ name: nameOf(sql), text: sql, values: [...values] });
    return rows as Row[];
  },
});

const names = new Map<string, string>();
const nameOf = (sql: string): string => {
  const name = names.get(sql) ?? `register-${names.size + 1}`;
  names.set(sql, name);
  return name;
};
