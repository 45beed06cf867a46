import type { Queries } from './database/database.js';
import { isReturned, type Windows } from './plans.js';
import { startOfDayBefore, type Span } from '../shared/time.js';

/** How long rows are kept. */
export interface Retention {
  /** Views of a record. They must be kept for more than 12 months, or the 12-month counts would be too low. */
  accesses: Span;
  /** Acknowledged notifications. Others are kept until somebody has seen them. */
  notifications: Span;
}

export const defaultRetention: Retention = { accesses: { months: 24 }, notifications: { months: 24 } };

/** What a purge removed: counts, no names. */
export interface Purged {
  plans: number;
  accesses: number;
  notifications: number;
}

/**
 * Deletes what is too old to be answered. Reads judge age themselves, by the same windows, so the time of a purge never
 * changes an answer.
 * @param today the day in London, YYYY-MM-DD
 */
export const purge = async (
  inside: Queries,
  today: string,
  windows: Windows,
  retention: Retention,
): Promise<Purged> => {
  const ended = await inside.query<{ typeCode: string; endDate: string }>(
    `select distinct type_code as "typeCode", to_char(end_date, 'YYYY-MM-DD') as "endDate" from plan where end_date < $1`,
    [today],
  );
  const plans = await inside.query(
    `delete from plan using jsonb_to_recordset($1::text::jsonb) as over ("typeCode" text, "endDate" date)
      where plan.type_code = over."typeCode" and plan.end_date = over."endDate" returning 1`,
    [JSON.stringify(ended.filter((plan) => !isReturned(plan, today, windows)))],
  );
  await inside.query(
    `delete from allocated_worker worker where not exists (
       select 1 from plan where plan.nhs_number = worker.nhs_number and plan.local_authority = worker.local_authority)`,
  );
  const accesses = await inside.query(`delete from access where at < $1 returning 1`, [
    new Date(startOfDayBefore(today, retention.accesses)).toISOString(),
  ]);
  const notifications = await inside.query(
    `delete from notification where acknowledged_at is not null and at < $1 returning 1`,
    [new Date(startOfDayBefore(today, retention.notifications)).toISOString()],
  );
  return { plans: plans.length, accesses: accesses.length, notifications: notifications.length };
};
