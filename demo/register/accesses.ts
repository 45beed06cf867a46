import type { Queries } from './database/database.js';

const DAY = 24 * 60 * 60 * 1000;
/** CP-IS shows the 25 most recent accesses. */
const NEWEST = 25;

/** One access, with who made it. */
export interface AccessRow {
  /** The row's own number, as text. */
  id: string;
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
  setting: string | null;
  callBackPhone: string | null;
}

/**
 * Records one unscheduled access, whether or not a record is held. Accesses with the same TraceID are one row: the two
 * reads of a patient-open, a retry, and a request that the browser sent twice.
 * @returns the new row's id, or undefined when it was already recorded
 */
export const recordAccess = async (
  database: Queries,
  access: { author: string; nhsNumber: string; traceId: string; at: number },
): Promise<string | undefined> => {
  const [row] = await database.query<{ id: string }>(
    `insert into access (author, nhs_number, trace_id, at) values ($1, $2, $3, $4)
     on conflict (author, nhs_number, trace_id) do nothing
     returning id::text`,
    [access.author, access.nhsNumber, access.traceId, new Date(access.at).toISOString()],
  );
  return row?.id;
};

/** Every access of one NHS number that is still kept, oldest first. */
export const accessesSince = (database: Queries, nhsNumber: string, since: number): Promise<AccessRow[]> =>
  database.query<AccessRow>(
    `select access.id::text, access.event_id as "eventId", access.author,
            (extract(epoch from access.at) * 1000)::float8 as at,
            practitioner.role_id as "roleId", practitioner.role_profile_id as "roleProfileId",
            practitioner.name, practitioner.role_code as "roleCode", practitioner.role, practitioner.organisation,
            organisation.setting, organisation.call_back_phone as "callBackPhone"
       from access
       join practitioner on practitioner.author = access.author
       left join organisation on organisation.name = practitioner.organisation
      where access.nhs_number = $1 and access.at >= $2
      order by access.at, access.id`,
    [nhsNumber, new Date(since).toISOString()],
  );

/** What a read returns: collapsed, newest first, at most 25. */
export const history = (oldestFirst: readonly AccessRow[]): AccessRow[] =>
  collapse(oldestFirst).reverse().slice(0, NEWEST);

/**
 * Keeps an author's first access and drops that author's others in the next 24 hours. The next one kept starts a new 24
 * hours, so an author who looks every evening is still seen every evening. An access exactly 24 hours later is kept.
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
