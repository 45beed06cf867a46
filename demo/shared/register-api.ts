/**
 * What the register sends to a local authority and to a trust, as JSON over HTTP. Types only, for the register, its
 * tests and the social worker's page. The addresses are in docs/register.md. Instants are ISO 8601 in UTC, days are
 * YYYY-MM-DD in London.
 */

/** CPP child protection plan, LAC looked after child, UCP unborn child protection plan (on the mother's record). */
export type PlanType = 'CPP' | 'LAC' | 'UCP';

/** `GET /local-authorities` */
export interface LocalAuthorityListed {
  /** GSS code. */
  code: string;
  name: string;
}

/** The body of `POST /local-authorities/{code}/uploads` in JSON. */
export interface UploadFile {
  localAuthority: { name: string; officeHoursPhone?: string; emergencyDutyPhone: string };
  records: readonly UploadRecord[];
}

export interface UploadRecord {
  nhsNumber: string;
  familyName: string;
  givenName: string;
  birthDate: string;
  gender?: string;
  plans: readonly { type: PlanType; start: string; end?: string }[];
}

/** CPF01 corrupt, CPF02 processed in full, CPF03 in part, CPF04 not at all, CPF05 demographics service unavailable. */
export type FileCode = 'CPF01' | 'CPF02' | 'CPF03' | 'CPF04' | 'CPF05';

/**
 * CPR01 no match, CPR02 sensitive record, cannot be updated, CPR03 not verified, CPR04 old format, CPR05 superseded
 * number, CPR06 success, CPR07 failed.
 */
export type RecordCode = 'CPR01' | 'CPR02' | 'CPR03' | 'CPR04' | 'CPR05' | 'CPR06' | 'CPR07';

/**
 * The answer to an upload: 200 for CPF02, CPF03 and CPF04, 400 for CPF01, 503 for CPF05 (the last two store nothing).
 */
export interface UploadResult {
  file: FileCode;
  message: string;
  /** One for each record, in the file's order. `row` 1 is the first record (in CSV the first line after the header). */
  records: readonly { row: number; nhsNumber: string; code: RecordCode; message: string }[];
}

/** `GET …/to-correct`: a record that the register could not take, as it was sent. */
export interface ToCorrect {
  /** For `DELETE …/to-correct/{id}`. */
  id: string;
  code: RecordCode;
  message: string;
  row: number;
  /** When it was last sent in this form. */
  sentAt: string;
  /** Empty strings where the file had nothing readable. */
  record: {
    nhsNumber: string;
    familyName: string;
    givenName: string;
    birthDate: string;
    gender: string;
    plans: readonly { type: string; start: string; end: string }[];
  };
}

/** A plan as an authority sees it. */
export interface PlanSeen {
  /** As in uploads. Another authority's system may have sent another code. */
  type: PlanType | 'other';
  /** The national codes' own words. */
  display: string;
  start: string;
  end: string | null;
  /** Its last day is over. A plan is current up to and including its end date. */
  ended: boolean;
  authority: { code: string; name: string; officeHoursPhone: string | null; emergencyDutyPhone: string | null };
  /** Whether it is this authority's own. */
  own: boolean;
}

/** Whether a social worker is allocated, as this authority said. Null until it has said. */
export type AllocatedWorker = 'present' | 'none' | null;

export interface ChildSeen {
  /** Opaque, for addresses, because an NHS number never appears in one. */
  id: string;
  nhsNumber: string;
  /** Family name in capitals. "baby HASSAN", under the mother's name, until the baby is named. */
  name: string;
  birthDate: string | null;
  /** "7 years", "5 months", "2 days" */
  age: string | null;
}

/** `GET …/children`: those with a plan of this authority that the register still returns, by family name. */
export interface ChildListed extends ChildSeen {
  /** The authority's own plans only. */
  plans: readonly PlanSeen[];
  allocatedWorker: AllocatedWorker;
}

/** One view of a record from unscheduled care. */
export interface AccessSeen {
  at: string;
  viewer: string;
  role: string;
  organisation: string;
  /** A `care-setting` of the tag, such as "emergency-department". Null when the register does not know. */
  setting: string | null;
  /** A number to call back. */
  callBackPhone: string | null;
}

/** `GET …/children/{id}`: every authority's plans, and the same 25 accesses that health sees (PG9 2.4), newest first. */
export interface ChildDetail extends ChildListed {
  accesses: readonly AccessSeen[];
}

/** Views are counted, visits estimated: views at one named service within 12 hours of the first are one visit. */
export interface AccessCount {
  views: number;
  visits: number;
}

/** The outcome of a notification. */
export type Outcome = 'passed-to-worker' | 'spoke-to-service' | 'assessing' | 'no-further-action';

/** The body of `POST …/acknowledgement`. It may be left out. */
export interface AcknowledgementNote {
  by?: string | undefined;
  outcome?: Outcome | undefined;
}

interface NotificationCommon {
  /** The authority's own running number, from 1 without gaps: the cursor of `after` and of the stream. */
  id: number;
  /** When the register wrote it. */
  at: string;
  acknowledgedAt: string | null;
  /** Who acknowledged it and with what outcome, as they said. Null where they did not say. */
  acknowledgedBy: string | null;
  outcome: Outcome | null;
  child: ChildSeen;
}

/** Somebody in unscheduled care has viewed a child of this authority. */
export interface AccessToService extends NotificationCommon {
  kind: 'access-to-service';
  access: AccessSeen;
  /** Views and visits before this one: in 30 days and in 12 months. */
  before: { last30Days: AccessCount; last12Months: AccessCount };
  /** When the visit that includes this view began. The same child, organisation and beginning may be one attendance. */
  visitBeganAt: string;
  /** This authority's plans as they were at the time of the view. */
  plans: readonly PlanSeen[];
  /** Every one of these plans had ended: the queue of PG9 3.4, unless a worker is allocated. */
  allEnded: boolean;
  /** As it is now, not as it was at the time. */
  allocatedWorker: AllocatedWorker;
}

/** The number of a child of this authority has been superseded. Trace it again and upload under the new one. */
export interface InactiveNhsNumber extends NotificationCommon {
  kind: 'inactive-nhs-number';
}

/** A trust says that a view, about which this authority was alerted, was opened in error. */
export interface OpenedInError extends NotificationCommon {
  kind: 'opened-in-error';
  access: AccessSeen;
  /** The `id` of the alert that this takes back. */
  about: number;
  note: string;
}

export type Notification = AccessToService | InactiveNhsNumber | OpenedInError;

/** `GET …/notifications`: oldest first. */
export interface Notifications {
  notifications: readonly Notification[];
  /** The `after` of the next call: the last one's id, or `after` unchanged when there are none. */
  next: number;
}

/** The body of `POST …/births`. */
export interface BirthRecord {
  mother: { nhsNumber: string };
  baby: { nhsNumber: string; birthDate: string };
  /** The baby's plan. By default, a child protection plan from the day of birth. */
  plan?: { type: 'CPP' | 'LAC'; start: string };
}

/** The answer to it: 201, or 200 when this birth was already recorded. */
export interface BirthRecorded {
  mother: ChildSeen;
  baby: ChildSeen;
}

/** The body of `POST /opened-in-error`, from the user who made the view. */
export interface OpenedInErrorNote {
  nhsNumber: string;
  /** The TraceID of the open. Without it, the user's latest view of this number is meant. */
  traceId?: string;
  /** At most 500 characters. */
  note?: string;
}

/** The answer to it, 200: the authorities whose inboxes now hold the note. None when the view had alerted nobody. */
export interface OpenedInErrorSent {
  authorities: readonly string[];
}

/** `GET /demographics`, sandbox only. */
export interface DemographicsPerson {
  nhsNumber: string;
  familyName: string;
  /** Empty, or "baby", until a baby is named. */
  givenName: string;
  birthDate: string | null;
  gender: string | null;
  sensitive: boolean;
  supersededBy: string | null;
}

/** Every error outside the FHIR addresses: `application/problem+json` (RFC 9457). It never repeats what was sent. */
export interface Problem {
  title: string;
  status: number;
  /** What to do. */
  detail: string;
}
