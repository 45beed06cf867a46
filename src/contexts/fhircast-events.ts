import { at, idOf, listOf, own } from './guards.js';
import {
  isFollowed,
  numberOf,
  patientContext,
  patientIn,
  unnumbered,
  type AttendanceOptions,
} from './patient-context.js';
import { isSame, type Follower } from './tag.js';
import { areOne, referenced, saysNothing, whomOf, type Whom } from './whom.js';

/** What a hub said last. */
export interface Heard {
  /** Events from before this are not followed. */
  readonly since: number;
  /** The followed event's own time; a replay gives the same again. */
  readonly told: number;
  /** Its id, by which others report that they could not follow it. */
  readonly id: string;
  /** Whom it opened, attending or not; `undefined` when it closed. */
  readonly open?: { readonly whom: Whom; readonly encounter: string };
}

export const nothingHeard: Heard = { since: -Infinity, told: -Infinity, id: '' };

export interface Outcome {
  /** An HTTP status, for the acknowledgement. */
  readonly status: number;
  /** Set when the event is followed. */
  readonly heard?: Heard;
  /** Whether the tag now shows what the hub says; left out when the event does not tell. */
  readonly inSync?: boolean;
  /** For a heartbeat: the hub will be heard again within this many seconds. */
  readonly period?: number;
}

/** One event about a patient, as read. */
interface Event {
  readonly patient: unknown;
  readonly encounter: unknown;
  /** Everyone whom any part of it names. */
  readonly named: readonly Whom[];
  /** It is older than the event that is followed. */
  readonly isLate: boolean;
  readonly heard: Heard;
}

/** How far another clock may be ahead of this computer's, in milliseconds. */
const ahead = 60_000;

/**
 * Acts on one event. Names are compared in lower case, as STU2 writes them. A replay cannot be told from a live event,
 * and need not be: the same context changes nothing, and one older than the last is not followed.
 */
export function takeEvent(
  message: unknown,
  options: AttendanceOptions & { readonly topic: string },
  follower: Follower,
  last: Heard,
  now: number,
): Outcome {
  const event = own(message, 'event');
  const name = idOf(own(event, 'hub.event')).toLowerCase();
  if (name === '' || own(event, 'hub.topic') !== options.topic) return { status: 400 };
  const contexts = listOf(own(event, 'context'));
  const context = (key: string): unknown => contexts.find((each) => idOf(own(each, 'key')).toLowerCase() === key);
  const resource = (key: string): unknown => at(context(key), 'resource');

  if (name === 'heartbeat') {
    const period = Number(own(context('period'), 'decimal'));
    return period >= 1 && period <= 3600 ? { status: 200, period } : { status: 200 };
  }
  if (name === 'syncerror')
    return { status: 200, ...(isAbout(resource('operationoutcome'), last.id) && { inSync: false }) };

  const written = instantOf(own(message, 'timestamp'));
  const told = Number.isNaN(written) ? last.told : written;
  const read: Event = {
    patient: patientIn(resource('patient') ?? at(context('patient'), 'reference')),
    encounter: resource('encounter'),
    named: contexts.map(namedIn).filter((whom) => !saysNothing(whom)),
    isLate: told < last.since,
    // A time in the future says nothing about order: the next event is followed, whatever its time.
    heard: {
      since: told > now + ahead ? last.since : Math.max(last.since, Math.min(told, now)),
      told,
      id: idOf(own(message, 'id')),
    },
  };
  const gone: Outcome = { status: 200, heard: read.heard, inSync: true };
  switch (name) {
    case 'patient-open':
    case 'encounter-open':
      return open(read, options, follower, last);
    case 'patient-close':
    case 'encounter-close':
      return close(read, follower, last);
    case 'home-open':
    case 'userhibernate':
      if (read.isLate) return { status: 409 };
      follower.close();
      return gone;
    case 'userlogout':
      // However late: no user is left to ask for.
      follower.signOut();
      return gone;
    default:
      return name.endsWith('-close') ? { status: 404 } : other(read, last);
  }
}

function open(
  { patient, encounter, named, isLate, heard }: Event,
  options: AttendanceOptions,
  follower: Follower,
  last: Heard,
): Outcome {
  const { current } = follower;
  const whom = whomOf(patient);
  const isOpen = current !== undefined && current.nhsNumber !== '' && numberOf(patient) === current.nhsNumber;
  if (isLate) return isOpen ? { status: 200, inSync: true } : { status: 409, inSync: false };
  // The patient of the open encounter, named without it, does not close it.
  const context =
    isOpen && encounter === undefined && current.encounter !== ''
      ? current
      : named.some((other) => areOne(other, whom) === false)
        ? unnumbered(idOf(own(encounter, 'id')))
        : patientContext(patient, encounter, options);
  // A replay does not reopen a patient who has been closed on this screen since.
  if (context === undefined || heard.told !== last.told || !isSame(current, context)) follower.follow(context);
  const during = idOf(own(encounter, 'id')) || (context === current ? (last.open?.encounter ?? '') : '');
  const status = isFollowed(context) ? 200 : 422;
  // A refusal comes back as a sync error of the hub's, which is then no news.
  const { id } = status === 200 ? heard : nothingHeard;
  return { status, heard: { ...heard, id, open: { whom, encounter: during } }, inSync: true };
}

/** Closes only the open patient, by what opened them. A close that does not say whose leaves the tag out of sync. */
function close({ patient, encounter, isLate, heard }: Event, follower: Follower, { open: opened }: Heard): Outcome {
  if (isLate) return { status: 409 };
  if (opened === undefined) return { status: 200, heard };
  const whom = saysNothing(whomOf(patient)) ? whomOf(encounter) : whomOf(patient);
  const isTheirs = areOne(whom, opened.whom);
  const id = idOf(own(encounter, 'id'));
  const isThisStay = id === '' || opened.encounter === '' ? undefined : id === opened.encounter;
  if (isThisStay === false || (isTheirs === false && isThisStay !== true)) return { status: 200 };
  const isShown = follower.current !== undefined;
  if (isTheirs === false || (isTheirs ?? isThisStay) === undefined)
    return isShown ? { status: 422, inSync: false } : { status: 200 };
  if (isShown) follower.close();
  return { status: 200, heard, inSync: true };
}

/** An event not subscribed to. One about another patient means that the EPR has moved on without this screen. */
function other({ named, isLate }: Event, { open: opened }: Heard): Outcome {
  const isAnother = named.some((whom) => opened === undefined || areOne(whom, opened.whom) === false);
  return isAnother && !isLate ? { status: 409, inSync: false } : { status: 404 };
}

/** A part of a context holds a resource or, where others already have it, a reference to it. */
function namedIn(part: unknown): Whom {
  const reference = own(part, 'reference');
  return whomOf(
    own(part, 'resource') ?? (referenced('Patient', reference) === '' ? undefined : { subject: reference }),
  );
}

/** Whether a sync error is about that event; one that names no event may be about any. */
function isAbout(outcome: unknown, id: string): boolean {
  const ids = listOf(own(outcome, 'issue'))
    .flatMap((issue) => listOf(at(issue, 'details', 'coding')))
    .filter((coding) => idOf(own(coding, 'system')).endsWith('/syncerror/eventid'))
    .map((coding) => own(coding, 'code'));
  return ids.length === 0 || ids.includes(id);
}

/** FHIRcast's times are UTC, though some are written without a zone; NaN for anything else. */
function instantOf(value: unknown): number {
  const text = idOf(value);
  return new Date(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`).getTime();
}
