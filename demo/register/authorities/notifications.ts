import type { AcknowledgementNote, Notification } from '../../shared/register-api.js';
import { personColumns, seenChild, type PersonRow } from '../authority-view.js';
import type { Queries } from '../database/database.js';
import { londonDay } from '../../shared/time.js';

interface NotificationRow extends PersonRow {
  number: number;
  kind: Notification['kind'];
  at: number;
  acknowledgedAt: number | null;
  acknowledgedBy: string | null;
  outcome: Notification['outcome'];
  content: object;
  workerPresent: boolean | null;
}

export interface Wanted {
  /** Only those with a greater number. */
  after: number;
  /** Only those that nobody has acknowledged. */
  unacknowledged: boolean;
  limit: number;
}

/** An authority's inbox, oldest first. */
export const listNotifications = async (
  inside: Queries,
  code: string,
  { after, unacknowledged, limit }: Wanted,
): Promise<Notification[]> => {
  const rows = await inside.query<NotificationRow>(
    `select notification.number::float8 as number, notification.kind, notification.content,
            (extract(epoch from notification.at) * 1000)::float8 as at,
            (extract(epoch from notification.acknowledged_at) * 1000)::float8 as "acknowledgedAt",
            notification.acknowledged_by as "acknowledgedBy", notification.outcome,
            ${personColumns}, worker.present as "workerPresent"
       from notification
       join shown_person person on person.nhs_number = notification.nhs_number
       left join allocated_worker worker
         on worker.local_authority = notification.local_authority and worker.nhs_number = notification.nhs_number
      where notification.local_authority = $1 and notification.number > $2
        and (not $3::boolean or notification.acknowledged_at is null)
      order by notification.number
      limit $4`,
    [code, after, unacknowledged, limit],
  );
  return rows.map(notificationOf);
};

/** `content` holds what was true at the time. The child's name and the worker are as they are now. */
const notificationOf = (row: NotificationRow): Notification =>
  ({
    id: row.number,
    kind: row.kind,
    at: new Date(row.at).toISOString(),
    acknowledgedAt: row.acknowledgedAt === null ? null : new Date(row.acknowledgedAt).toISOString(),
    acknowledgedBy: row.acknowledgedBy,
    outcome: row.outcome,
    child: seenChild(row, londonDay(row.at)),
    ...row.content,
    ...(row.kind === 'access-to-service' && {
      allocatedWorker: row.workerPresent === null ? null : row.workerPresent ? 'present' : 'none',
    }),
  }) as Notification;

/**
 * Notes that an authority has dealt with a notification: who did, and what came of it. Only the first time counts.
 * @returns the number of the child it is about, or undefined when there is no such notification
 */
export const acknowledge = async (
  inside: Queries,
  code: string,
  number: number,
  { at, by, outcome }: { at: number } & AcknowledgementNote,
): Promise<string | undefined> => {
  const [row] = await inside.query<{ nhsNumber: string }>(
    `update notification set acknowledged_at = coalesce(acknowledged_at, $3),
            acknowledged_by = case when acknowledged_at is null then $4 else acknowledged_by end,
            outcome = case when acknowledged_at is null then $5 else outcome end
      where local_authority = $1 and number = $2
     returning nhs_number as "nhsNumber"`,
    [code, number, new Date(at).toISOString(), by ?? null, outcome ?? null],
  );
  return row?.nhsNumber;
};
