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

/** What a hub has said last. */
export interface Heard {
  /** What came about before this is not followed. */
  readonly since: number;
  /** When the event that is followed came about, by its own word: a replay says the same again. */
  readonly told: number;
  /** Its id, by which others say that they could not follow it. */
  readonly id: string;
  /** Whom it opened, attending or not; `undefined` when it closed. */
  readonly open?: { readonly whom: Whom; readonly encounter: string };
}

export const nothingHeard: Heard = { since: -Infinity, told: -Infinity, id: '' };

export interface Outcome {
  /** An HTTP status, for the acknowledgement. */
  readonly status: number;
  /** The event is followed. */
  readonly heard?: Heard;
  /** Whether the tag now shows what the hub says; left out when the event does not tell. */
  readonly inSync?: boolean;
  /** A heartbeat's: the hub will be heard again within so many seconds. */
  readonly period?: number;
}

/** One event about a patient, read. */
interface Event {
  readonly patient: unknown;
  readonly encounter: unknown;
  /** Whom any part of it names. */
  readonly named: readonly Whom[];
  /** It came about before the event that is followed. */
  readonly isLate: boolean;
  readonly heard: Heard;
}

/** A clock may be so much ahead of this computer's, in milliseconds. */
const ahead = 60_000;

/**
 * Does what one event says. Names are compared in lower case, as STU2 writes them. A replay cannot be told from a live
 * event, and need not be: the same context changes nothing, and an older one than the last is not followed.
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
    // A time that is still to come says nothing of what came first: whatever is said next is followed.
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
      // However late it is told: nobody is left to be asked for.
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
  // The patient of the encounter that is open, told on its own, takes nothing away.
  const context =
    isOpen && encounter === undefined && current.encounter !== ''
      ? current
      : named.some((other) => areOne(other, whom) === false)
        ? unnumbered(idOf(own(encounter, 'id')))
        : patientContext(patient, encounter, options);
  // A replay: whoever has been closed on this screen since is not opened again.
  if (context === undefined || heard.told !== last.told || !isSame(current, context)) follower.follow(context);
  const during = idOf(own(encounter, 'id')) || (context === current ? (last.open?.encounter ?? '') : '');
  const status = isFollowed(context) ? 200 : 422;
  // What is refused here comes back as an error of the hub's: that one is no news.
  const { id } = status === 200 ? heard : nothingHeard;
  return { status, heard: { ...heard, id, open: { whom, encounter: during } }, inSync: true };
}

/** Only who is open is closed, by what opened them. A close that does not say whose leaves the tag out of sync. */
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

/** An event that was not asked for; one about another patient says that the EPR has gone on without this screen. */
function other({ named, isLate }: Event, { open: opened }: Heard): Outcome {
  const isAnother = named.some((whom) => opened === undefined || areOne(whom, opened.whom) === false);
  return isAnother && !isLate ? { status: 409, inSync: false } : { status: 404 };
}

/** A part of a context gives a resource or, where others know it already, refers to it. */
function namedIn(part: unknown): Whom {
  const reference = own(part, 'reference');
  return whomOf(
    own(part, 'resource') ?? (referenced('Patient', reference) === '' ? undefined : { subject: reference }),
  );
}

/** Whether somebody could not follow that event; or, where it does not say which, any. */
function isAbout(outcome: unknown, id: string): boolean {
  const ids = listOf(own(outcome, 'issue'))
    .flatMap((issue) => listOf(at(issue, 'details', 'coding')))
    .filter((coding) => idOf(own(coding, 'system')).endsWith('/syncerror/eventid'))
    .map((coding) => own(coding, 'code'));
  return ids.length === 0 || ids.includes(id);
}

/** FHIRcast's times are UTC, though some are written without a zone; NaN for what is no time. */
function instantOf(value: unknown): number {
  const text = idOf(value);
  return new Date(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`).getTime();
}
