import type { Access, AccessHistory } from './access-history.js';
import type { Instant } from './calendar.js';
import type { ClockReading, Today } from './clocks.js';
import type { RegisterApi } from './patient-open.js';
import { phaseOf, type Plan } from './plan.js';
import type { Reason, ReplyReason } from './reason.js';

/** What the register sent for one NHS number, before it is read for a given day. */
export type Reply =
  | {
      readonly kind: 'held';
      readonly nhsNumber: string;
      readonly plans: readonly Plan[];
      /** Something else about the reply was wrong: there may be more than `plans`. */
      readonly incomplete: boolean;
      /** It was cached on its way, and may be old. */
      readonly kept?: true;
      readonly checkedAt: Instant;
      readonly clock: ClockReading;
    }
  | { readonly kind: 'none'; readonly nhsNumber: string; readonly checkedAt: Instant; readonly clock: ClockReading }
  | {
      readonly kind: 'failed';
      readonly nhsNumber: string;
      readonly reason: ReplyReason;
      /** Whether a request may have reached the register, and so may have alerted the local authority. */
      readonly mayHaveLeft: boolean;
    };

/** Whether the earlier visits follow a reply: only for a record, and only where the register gives them. */
export const visitsFollow = (reply: Reply, registerApi: RegisterApi): boolean =>
  reply.kind === 'held' && registerApi === 'cp-is';

/** The earlier visits to unscheduled care, asked for only when a record is held. */
export type Visits =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'shown';
      readonly accesses: readonly Access[];
      /** The register's clock when it answered. */
      readonly respondedAt: Instant;
      readonly incomplete: boolean;
    }
  | {
      readonly kind: 'failed';
      /** The register answered for another NHS number: an incident, and nothing of the answer is kept. */
      readonly wrongPatient?: true;
    }
  | { readonly kind: 'unavailable' };

interface Held {
  readonly nhsNumber: string;
  /** Every plan the register listed, as received. */
  readonly plans: readonly Plan[];
  readonly incomplete: boolean;
  /** When the register answered, in milliseconds since 1970. */
  readonly checkedAt: Instant;
  readonly clock: ClockReading;
}

export interface CurrentAnswer extends Held {
  readonly status: 'current';
  /** Once the visits are shown: which views are this attendance, and which are earlier visits. */
  readonly history?: AccessHistory;
  /** It was cached on its way, and may be old. */
  readonly kept?: true;
}
export interface EndedAnswer extends Held {
  readonly status: 'ended';
  readonly incomplete: false;
  readonly history?: AccessHistory;
}
export interface NoneAnswer {
  readonly status: 'none';
  readonly nhsNumber: string;
  readonly checkedAt: Instant;
  readonly clock: ClockReading;
}
export interface NotCheckedAnswer {
  readonly status: 'not-checked';
  readonly reason: Reason;
  /** Ended plans read from an answer that was otherwise wrong; empty for every reason but `unreadable`. */
  readonly plans: readonly Plan[];
  readonly mayHaveLeft: boolean;
  /** What this user was last told about this patient, where the host lets it be stored; not an answer to this check. */
  readonly lastKnown?: LastKnown;
}

/** The last record answered, kept for when the register cannot be asked again. */
export interface LastKnown {
  readonly nhsNumber: string;
  readonly plans: readonly Plan[];
  readonly incomplete: boolean;
  /** When the register answered, in milliseconds since 1970. */
  readonly checkedAt: Instant;
  /** The reading at that time. */
  readonly clock?: ClockReading;
}

/** The structured answer of one check. */
export type Answer = CurrentAnswer | EndedAnswer | NoneAnswer | NotCheckedAnswer;

/** How the clocks differ, by a reply; one cached on its way says nothing about the register's clock now. */
export const clockOf = (reply: Reply): ClockReading =>
  reply.kind === 'failed' || 'kept' in reply ? undefined : reply.clock;

/** The answer for a reason that needs no reply. */
export const notChecked = (reason: Reason, mayHaveLeft = false): NotCheckedAnswer => ({
  status: 'not-checked',
  reason,
  plans: [],
  mayHaveLeft,
});

/**
 * What a reply means on a given day. A plan not yet ended makes it `current`, even in an incomplete answer. An answer
 * with only ended plans, or none, is not known when it is incomplete or may be old (safety rule 2).
 */
export function answerOf(reply: Reply, today: Today): Answer {
  switch (reply.kind) {
    case 'failed':
      return notChecked(reply.reason, reply.mayHaveLeft);
    case 'none':
      return { status: 'none', nhsNumber: reply.nhsNumber, checkedAt: reply.checkedAt, clock: reply.clock };
    case 'held': {
      const { nhsNumber, plans, incomplete, kept, checkedAt } = reply;
      const answer = { nhsNumber, plans, checkedAt, clock: clockOf(reply) };
      if (plans.some((plan) => phaseOf(plan, today) !== 'ended'))
        return { status: 'current', ...answer, incomplete, ...(kept && { kept }) };
      if (incomplete || kept || plans.length === 0)
        return { status: 'not-checked', reason: 'unreadable', plans, mayHaveLeft: true };
      return { status: 'ended', ...answer, incomplete };
    }
  }
}
