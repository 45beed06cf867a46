import type { Notification } from '../shared/register-api.js';
import { inboxChannel } from './bell.js';
import type { Queries } from './database/database.js';

interface Note {
  kind: Notification['kind'];
  at: number;
  nhsNumber: string;
  /** The access it is about. An authority hears of an access only once for each kind. */
  accessId?: string;
  /** For each local authority, what its notification holds besides the child. */
  contents: ReadonlyMap<string, object>;
}

/**
 * Writes notifications into the outbox, one for each authority, in the same transaction as what they report. Each takes
 * its authority's next number under that authority's row lock. So numbers have no gaps and become visible in order, and
 * a reader that goes on after the last number it saw misses none. Rows are locked in the order of their codes, to avoid
 * deadlocks. Streams are rung when the transaction commits.
 */
export const notify = async (inside: Queries, { kind, at, nhsNumber, accessId, contents }: Note): Promise<void> => {
  if (contents.size === 0) return;
  await inside.query(
    `with note as (select * from jsonb_to_recordset($5::text::jsonb) as note (code text, content jsonb)),
          turn as (select code from local_authority where code in (select code from note) order by code for no key update),
          numbered as (
            update local_authority set notified = notified + 1
              from turn where local_authority.code = turn.code
            returning local_authority.code, local_authority.notified
          )
     insert into notification (local_authority, number, kind, at, nhs_number, access_id, content)
     select numbered.code, numbered.notified, $1, $2, $3, $4, note.content
       from numbered join note on note.code = numbered.code
     returning pg_notify('${inboxChannel}', local_authority)`,
    [
      kind,
      new Date(at).toISOString(),
      nhsNumber,
      accessId ?? null,
      JSON.stringify([...contents].map(([code, content]) => ({ code, content }))),
    ],
  );
};
