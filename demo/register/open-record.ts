import { accessesSince, recordAccess, type AccessRow } from './accesses.js';
import { alertAuthorities } from './alerts.js';
import { audit, type AuditedAction } from './audit.js';
import type { Queries } from './database/database.js';
import { returnedPlans, type PlanRow } from './plans.js';
import type { Read } from './read.js';
import type { RegisterParts } from './parts.js';
import { londonDay, startOfDayBefore } from '../shared/time.js';

/** What a record holds. Each part is looked up at most once. */
export interface OpenedRecord {
  plans: () => Promise<readonly PlanRow[]>;
  /** Every kept access, oldest first. */
  accesses: () => Promise<readonly AccessRow[]>;
}

/**
 * Opens a record for a read from health care. In unscheduled care the access, its alerts and the audit are one
 * transaction, and the answer already shows the access. A scheduled read leaves only an audit row.
 * @param answer makes the answer from the record
 */
export const openRecord = async <Answer>(
  { database, now, windows, retention }: RegisterParts,
  { user, nhsNumber, traceId, unscheduled }: Read,
  action: AuditedAction,
  answer: (record: OpenedRecord) => Promise<Answer>,
): Promise<Answer> => {
  const at = now();
  const today = londonDay(at);
  const within = async (inside: Queries) => {
    const id = unscheduled ? await recordAccess(inside, { author: user.author, nhsNumber, traceId, at }) : undefined;
    const record: OpenedRecord = {
      plans: once(() => returnedPlans(inside, nhsNumber, today, windows)),
      accesses: once(() => accessesSince(inside, nhsNumber, startOfDayBefore(today, retention.accesses))),
    };
    if (id !== undefined && (await record.plans()).length > 0) {
      await alertAuthorities(inside, { id, nhsNumber, at, today }, await record.plans(), await record.accesses());
    }
    await audit(inside, { at, actor: user.author, action, nhsNumber, detail: { traceId, unscheduled } });
    return answer(record);
  };
  return unscheduled ? database.transaction(within) : within(database);
};

const once = <Value>(look: () => Promise<Value>): (() => Promise<Value>) => {
  let looked: Promise<Value> | undefined;
  return () => (looked ??= look());
};
