import type { FaultCode } from './faults.js';

/** What may be recorded of one read. There is no field that could hold an NHS number, a name, a token or a cookie. */
export interface ReadRecord {
  readonly route: Resource | 'none';
  readonly status: number;
  readonly fault?: FaultCode;
  readonly ms: number;
  readonly bytes: number;
  readonly traceId?: string;
  readonly requestId?: string;
  /** The platform's own name for its failure. */
  readonly messageId?: string;
  readonly alerts?: boolean;
}

export type Resource = 'CareTeam' | 'AuditEvent' | 'PatientFlag';
