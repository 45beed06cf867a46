import { LONGEST_BATCH, type Database, type Queries } from '../database/database.js';
import { sqlState } from '../database/postgres.js';
import { planTypeByName } from '../plans.js';
import type { CheckedRecord, Verdict } from './check-record.js';

/** A record of a file, with the result of matching. `checked` is there only when the record is to be kept (CPR06). */
export interface Judged extends Verdict {
  row: number;
  record: unknown;
  checked?: CheckedRecord;
}

/** Records per transaction. Few enough that a read never waits long for the embedded database. */
const BATCH = 500;

/**
 * Stores the records to be kept, in batches. Each record is stored whole or not at all. If the database refuses one,
 * its batch is done again record by record, so that it spoils no other.
 * @returns the same records, with CPR07 for those that the database refused
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
    // Classes 22 and 23 are about the data. Anything else is about the database, and the sender can send the file
    // again.
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
  // Two files of one authority take turns, so that each finds the plans as the other left them.
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

/** Plans with the same type and first day are one plan. Its last day is what the latest record says. */
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
