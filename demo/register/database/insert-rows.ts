import type { Queries } from './database.js';

type Row = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Inserts rows that all have the same columns, in one statement. `undefined` becomes null. Table and columns are the
 * register's own words, never input.
 */
export const insertRows = async (inside: Queries, table: string, rows: readonly Row[]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  if (columns === '') return;
  await inside.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
    [JSON.stringify(rows)],
  );
};
