import type { Queries } from './database/database.js';

/** What was read or written, in the audit's words. */
export type AuditedAction =
  | 'CareTeam'
  | 'AuditEvent'
  | 'PatientFlag'
  | 'opened-in-error'
  | 'upload'
  | 'upload-record'
  | 'to-correct'
  | 'to-correct-dismissed'
  | 'children'
  | 'child'
  | 'allocated-worker'
  | 'birth'
  | 'notifications'
  | 'acknowledgement'
  | 'superseded'
  | 'purge'
  | 'reset';

export interface Audited {
  at: number;
  /** A user's author id, a local authority's code, or "register" for what the register does by itself. */
  actor: string;
  action: AuditedAction;
  nhsNumber?: string;
  /** Counts and references, never a name. */
  detail?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Adds one row to the append-only audit (the table refuses update, delete and truncate). Inside a transaction the row
 * is kept or lost together with what it describes. A read is audited before it is answered.
 */
export const audit = async (inside: Queries, { at, actor, action, nhsNumber, detail }: Audited): Promise<void> => {
  await inside.query(
    `insert into audit (at, actor, action, nhs_number, detail) values ($1, $2, $3, $4, $5::text::jsonb)`,
    [
      new Date(at).toISOString(),
      actor,
      action,
      nhsNumber ?? null,
      detail === undefined ? null : JSON.stringify(detail),
    ],
  );
};
