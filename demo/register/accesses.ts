import type { Queries } from './database/database.js';

const DAY = 24 * 60 * 60 * 1000;
/** CP-IS keeps the 25 most recent accesses in sight. */
const NEWEST = 25;

/** One access as the history shows it. */
export interface AccessRow {
  eventId: string;
  author: string;
  /** Milliseconds since 1970. */
  at: number;
  roleId: string;
  roleProfileId: string;
  name: string;
  roleCode: string | null;
  role: string;
  organisation: string;
}

/**
 * Records one unscheduled access, record held or not. The caller's TraceID makes it one: the two reads of a
 * patient-open, a retry, and a request that the browser sent twice are all the same row.
 */
export const recordAccess = async (
  database: Queries,
  access: { author: string; nhsNumber: string; traceId: string; at: number },
): Promise<void> => {
  await database.query(
    `insert into access (author, nhs_number, trace_id, at) values ($1, $2, $3, $4)
     on conflict (author, nhs_number, trace_id) do nothing`,
    [access.author, access.nhsNumber, access.traceId, new Date(access.at).toISOString()],
  );
};

/** What a read returns: the accesses of one NHS number, collapsed, newest first, at most 25. */
export const history = async (database: Queries, nhsNumber: string): Promise<AccessRow[]> => {
  const rows = await database.query<AccessRow>(
    `select access.event_id as "eventId", access.author,
            (extract(epoch from access.at) * 1000)::float8 as at,
            practitioner.role_id as "roleId", practitioner.role_profile_id as "roleProfileId",
            practitioner.name, practitioner.role_code as "roleCode", practitioner.role, practitioner.organisation
       from access
       join practitioner on practitioner.author = access.author
      where access.nhs_number = $1
      order by access.at, access.id`,
    [nhsNumber],
  );
  return collapse(rows).reverse().slice(0, NEWEST);
};

/**
 * Keeps an author's first access and drops theirs of the 24 hours that follow it; the next one kept starts a new
 * 24 hours, so an author who looks every evening is still seen every evening. Exactly 24 hours later is kept.
 * @param oldestFirst accesses of one NHS number
 */
export const collapse = <Row extends { author: string; at: number }>(oldestFirst: readonly Row[]): Row[] => {
  const lastKept = new Map<string, number>();
  return oldestFirst.filter(({ author, at }) => {
    const kept = lastKept.get(author);
    if (kept !== undefined && at - kept < DAY) return false;
    lastKept.set(author, at);
    return true;
  });
};
