import { LONGEST_BATCH, type Database, type Queries } from '../database/database.js';
import { sqlState } from '../database/postgres.js';
import { planTypeByName } from '../plans.js';
import type { CheckedRecord, Verdict } from './check-record.js';

/** A record of a file with what matching said of it. `checked` is there exactly when it is to be kept (CPR06). */
export interface Judged extends Verdict {
  row: number;
  record: unknown;
  checked?: CheckedRecord;
}

/** So many records a transaction: few enough that a read never waits long for the embedded database. */
const BATCH = 500;

/**
 * Keeps what is to be kept, in batches. Each record is kept whole or not at all, and
 * one that the database will not have spoils no other: its batch is then done record by record.
 * @returns the same records, with CPR07 for those that the database would not have
 */
export const storeRecords = async (
  database: Database,
  localAuthority: string,
  judged: readonly Judged[],
  at: number,
): Promise<Judged[]> => {
  const stored: Judged[] = [];
  for (let from = 0; from < judged.length; from += BATCH) {
    stored.push(...(await storeBatch(database, localAuthority, judged.slice(from, from + BATCH), at)));
  }
  return stored;
};

const storeBatch = async (
  database: Database,
  localAuthority: string,
  batch: readonly Judged[],
  at: number,
): Promise<readonly Judged[]> => {
  try {
    await database.transaction((inside) => write(inside, localAuthority, batch, at), LONGEST_BATCH);
    return batch;
  } catch (error) {
    // 22 and 23 are about the data; anything else is about the database, and sending the file again mends it.
    if (!/^2[23]/.test(sqlState(error))) throw error;
    const [only, ...more] = batch;
    if (only !== undefined && more.length === 0) {
      const { row, record } = only;
      return [{ row, record, code: 'CPR07', message: 'The register could not keep this record.' }];
    }
    const half = Math.ceil(batch.length / 2);
    return [
      ...(await storeBatch(database, localAuthority, batch.slice(0, half), at)),
      ...(await storeBatch(database, localAuthority, batch.slice(half), at)),
    ];
  }
};

const write = async (inside: Queries, localAuthority: string, batch: readonly Judged[], at: number): Promise<void> => {
  // Two files of one authority take turns, so that each meets the plans as the other has left them.
  await inside.query(`select pg_advisory_xact_lock(hashtext($1))`, [localAuthority]);
  const kept = batch.filter(({ checked }) => checked !== undefined);
  if (kept.length === 0) return;
  await keepPlans(inside, localAuthority, kept);
  await inside.query(
    `insert into audit (at, actor, action, nhs_number)
     select $1, $2, 'upload-record', jsonb_array_elements_text($3::text::jsonb)`,
    [new Date(at).toISOString(), localAuthority, JSON.stringify(kept.map(({ checked }) => checked?.nhsNumber))],
  );
};

/** Type and first day make a plan one; the last day is what the latest record says. */
const keepPlans = async (inside: Queries, localAuthority: string, kept: readonly Judged[]): Promise<void> => {
  const plans = new Map(
    kept.flatMap(({ checked }) =>
      (checked?.plans ?? []).map(({ type, start, end }) => {
        const { code, display } = planTypeByName[type];
        const nhsNumber = checked?.nhsNumber ?? '';
        return [`${nhsNumber} ${type} ${start}`, { nhsNumber, code, display, start, end }] as const;
      }),
    ),
  );
  await inside.query(
    `insert into plan (nhs_number, type_code, type_display, local_authority, start_date, end_date)
     select "nhsNumber", code, display, $1, start, "end"
       from jsonb_to_recordset($2::text::jsonb) as sent ("nhsNumber" text, code text, display text, start date, "end" date)
      order by "nhsNumber", code, start
     on conflict (nhs_number, local_authority, type_code, start_date) do update set end_date = excluded.end_date
      where plan.end_date is distinct from excluded.end_date`,
    [localAuthority, JSON.stringify([...plans.values()])],
  );
};
