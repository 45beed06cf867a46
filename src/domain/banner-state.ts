import {
  answerOf,
  clockOf,
  notChecked,
  visitsFollow,
  type Answer,
  type CurrentAnswer,
  type EndedAnswer,
  type LastKnown,
  type NoneAnswer,
  type NotCheckedAnswer,
  type Reply,
  type Visits,
} from './answer.js';
import type { Instant } from './calendar.js';
import type { CareSetting } from './care-setting.js';
import { todayBy, type ClockReading } from './clocks.js';
import { wantsLastKnown } from './last-known.js';
import { continues, type Intent, type PatientOpen } from './patient-open.js';
import type { HostReason } from './reason.js';

/** One question to the register: an open and the TraceID that belongs to it. */
export interface Asked {
  readonly open: PatientOpen;
  readonly setting: CareSetting;
  readonly traceId: string;
  /** When the open was made, in milliseconds since 1970. */
  readonly openedAt: Instant;
  /** Counts the questions of one banner; news with another number is dropped. */
  readonly question: number;
  /** Asks the register even when an answer is fresh. */
  readonly again?: boolean;
  /** Asks because the visits did not load: the status stays meanwhile, and if this fails too. */
  readonly forVisits?: boolean;
}

/** What one banner knows. Every arm holds only its own data, so an old patient's answer has nowhere to stay. */
export type BannerState =
  | { readonly kind: 'idle' }
  /** The host has changed something, and its task is not over. */
  | { readonly kind: 'settling' }
  | { readonly kind: 'cannot-ask'; readonly reason: HostReason }
  | { readonly kind: 'checking'; readonly asked: Asked }
  | {
      readonly kind: 'answered';
      readonly asked: Asked;
      readonly reply: Reply;
      readonly visits: Visits;
      /** What was known before, when this reply is not an answer. */
      readonly lastKnown?: LastKnown;
    }
  /**
   * Everything known was dropped: the user signed out, the page was left and restored, a fault of ours lost it, or no
   * answer came.
   */
  | {
      readonly kind: 'dropped';
      readonly asked: Asked | undefined;
      readonly reason: DropReason;
    };

export type DropReason = 'signed-out' | 'check-again' | 'unreachable' | 'timed-out';

export type BannerEvent =
  | { readonly type: 'host-changed'; readonly intent: Intent; readonly adoptable: boolean }
  | { readonly type: 'nobody' }
  | { readonly type: 'cannot-ask'; readonly reason: HostReason }
  | { readonly type: 'asked'; readonly asked: Asked }
  | { readonly type: 'visits-asked'; readonly question: number }
  | { readonly type: 'adopted'; readonly open: PatientOpen }
  | { readonly type: 'replied'; readonly question: number; readonly reply: Reply }
  | { readonly type: 'visits'; readonly question: number; readonly visits: Visits }
  | { readonly type: 'last-known'; readonly question: number; readonly lastKnown: LastKnown }
  /** Another tab made the same open first, under this TraceID. */
  | { readonly type: 'traced'; readonly question: number; readonly traceId: string; readonly openedAt: Instant }
  | { readonly type: 'dropped'; readonly reason: Exclude<DropReason, 'unreachable'> };

export const idle: BannerState = { kind: 'idle' };
const settling: BannerState = { kind: 'settling' };

/** The question that a state is about, if any. */
export const askedOf = (state: BannerState): Asked | undefined => ('asked' in state ? state.asked : undefined);

/** The next state of one banner. Pure: no clock, no I/O; an event about another question changes nothing. */
export function reduce(state: BannerState, event: BannerEvent): BannerState {
  switch (event.type) {
    case 'host-changed':
      if (event.intent.kind === 'nobody') return idle;
      return stillDescribes(state, event.intent, event.adoptable) ? state : settling;
    case 'nobody':
      return idle;
    case 'cannot-ask':
      return { kind: 'cannot-ask', reason: event.reason };
    case 'asked':
      return { kind: 'checking', asked: event.asked };
    case 'adopted': {
      const asked = askedOf(state);
      if (asked === undefined || !continues(asked.open, event.open, true)) return state;
      return { ...state, asked: { ...asked, open: event.open } } as BannerState;
    }
    case 'visits-asked': {
      if (state.kind !== 'answered' || state.visits.kind !== 'failed' || state.visits.wrongPatient) return state;
      const asked: Asked = { ...state.asked, question: event.question, again: true, forVisits: true };
      return { ...state, asked, visits: { kind: 'loading' } };
    }
    case 'replied': {
      const waits = state.kind === 'checking' || (state.kind === 'answered' && state.asked.forVisits);
      if (!waits || state.asked.question !== event.question) return state;
      const { forVisits, ...asked } = state.asked;
      const reply = forThisPatient(event.reply, asked.open);
      if (forVisits && state.kind === 'answered' && reply.kind === 'failed' && reply.reason !== 'wrong-patient')
        return { ...state, asked, visits: { kind: 'failed' } };
      return { kind: 'answered', asked, reply, visits: visitsAtFirst(reply, asked.open) };
    }
    case 'visits':
      if (state.kind !== 'answered' || state.asked.question !== event.question) return state;
      return state.reply.kind === 'held' ? { ...state, visits: event.visits } : state;
    case 'last-known':
      if (state.kind !== 'answered' || state.asked.question !== event.question) return state;
      return event.lastKnown.nhsNumber === state.asked.open.nhsNumber
        ? { ...state, lastKnown: event.lastKnown }
        : state;
    case 'traced': {
      const asked = askedOf(state);
      if (asked?.question !== event.question) return state;
      return { ...state, asked: { ...asked, traceId: event.traceId, openedAt: event.openedAt } } as BannerState;
    }
    case 'dropped':
      return state.kind === 'idle' || state.kind === 'cannot-ask'
        ? state
        : { kind: 'dropped', asked: askedOf(state), reason: event.reason };
  }
}

function stillDescribes(state: BannerState, intent: Exclude<Intent, { kind: 'nobody' }>, adoptable: boolean): boolean {
  switch (intent.kind) {
    case 'cannot-ask':
      return state.kind === 'cannot-ask' && state.reason === intent.reason;
    case 'ask': {
      const asked = askedOf(state);
      return asked?.setting === intent.setting && continues(asked.open, intent.open, adoptable);
    }
  }
}

/** Safety rule 3: an answer for another number is no answer, and nothing of it is kept. */
function forThisPatient(reply: Reply, open: PatientOpen): Reply {
  return reply.nhsNumber === open.nhsNumber
    ? reply
    : { kind: 'failed', nhsNumber: open.nhsNumber, reason: 'wrong-patient', mayHaveLeft: true };
}

function visitsAtFirst(reply: Reply, open: PatientOpen): Visits {
  if (reply.kind !== 'held') return { kind: 'none' };
  return { kind: visitsFollow(reply, open.registerApi) ? 'loading' : 'unavailable' };
}

/** What a banner says at one moment: its status, the answer behind it, and the visits. */
export type BannerView = {
  readonly visits: Visits;
  readonly asked: Asked | undefined;
  /** How this computer's clock and the register's differ, as far as the reply shows. */
  readonly clock?: ClockReading;
} & (
  | { readonly status: 'idle' | 'checking'; readonly answer: undefined }
  | { readonly status: 'current'; readonly answer: CurrentAnswer }
  | { readonly status: 'ended'; readonly answer: EndedAnswer }
  | { readonly status: 'none'; readonly answer: NoneAnswer }
  | { readonly status: 'not-checked'; readonly answer: NotCheckedAnswer }
);

const noVisits: Visits = { kind: 'none' };

/**
 * What a state says at `now` to a host that names `nhsNumber`. The number is compared once more here, so that an answer
 * cannot be rendered beside another patient even if the state is wrong (safety rule 3).
 */
export function viewOf(state: BannerState, nhsNumber: string, now: Instant): BannerView {
  const asked = askedOf(state);
  switch (state.kind) {
    case 'idle':
      return { status: 'idle', answer: undefined, visits: noVisits, asked };
    case 'settling':
    case 'checking':
      return { status: 'checking', answer: undefined, visits: noVisits, asked };
    case 'cannot-ask':
    case 'dropped':
      return told(notChecked(state.reason, asked !== undefined), noVisits, asked);
    case 'answered':
      return state.reply.nhsNumber === nhsNumber
        ? answered(state, now)
        : told(notChecked('wrong-patient', true), noVisits, asked);
  }
}

function answered({ asked, reply, lastKnown, visits }: BannerState & { kind: 'answered' }, now: Instant): BannerView {
  const clock = clockOf(reply) ?? lastKnown?.clock;
  const answer = answerOf(reply, todayBy(now, clock));
  return {
    ...told(lastKnown !== undefined && wantsLastKnown(answer) ? { ...answer, lastKnown } : answer, visits, asked),
    ...(clock !== undefined && { clock }),
  };
}

const told = (answer: Answer, visits: Visits, asked: Asked | undefined): BannerView =>
  ({ status: answer.status, answer, visits, asked }) as BannerView;
