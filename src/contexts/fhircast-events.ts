import { at, idOf, listOf, own } from './guards.js';
import { isFollowed, numberOf, patientContext, unnumbered, type AttendanceOptions } from './patient-context.js';
import { isSame, type Follower } from './tag.js';

export interface Outcome {
  /** An HTTP status, for the acknowledgement. */
  readonly status: number;
  /** When the event came about that the tag now follows. */
  readonly timestamp?: number;
  /** Whether the tag now shows what the hub says; left out when the event does not tell. */
  readonly inSync?: boolean;
  /** A heartbeat's: the hub will be heard again within so many seconds. */
  readonly period?: number;
}

/**
 * Does what one event says. Names are compared in lower case, as STU2 writes them. A replay cannot be told from a live
 * event, and need not be: the same context changes nothing, and an older one than the last is not followed.
 */
export function takeEvent(
  message: unknown,
  options: AttendanceOptions & { readonly topic: string },
  follower: Follower,
  last: number,
): Outcome {
  const event = own(message, 'event');
  const name = idOf(own(event, 'hub.event')).toLowerCase();
  if (name === '' || own(event, 'hub.topic') !== options.topic) return { status: 400 };
  const context = (key: string): unknown =>
    listOf(own(event, 'context')).find((each) => idOf(own(each, 'key')).toLowerCase() === key);

  if (name === 'heartbeat') {
    const period = Number(own(context('period'), 'decimal'));
    return period >= 1 && period <= 3600 ? { status: 200, period } : { status: 200 };
  }
  const verb = /^(?:patient|encounter)-(open|close)$/.exec(name)?.[1];
  if (verb === undefined) return { status: 404 };
  const patient = at(context('patient'), 'resource');
  const encounter = at(context('encounter'), 'resource');
  const told = instantOf(own(message, 'timestamp'));
  const timestamp = Number.isNaN(told) ? last : told;
  return verb === 'open'
    ? open(patient, encounter, options, follower, timestamp, last)
    : close(patient, encounter, follower, timestamp, last);
}

function open(
  patient: unknown,
  encounter: unknown,
  options: AttendanceOptions,
  follower: Follower,
  timestamp: number,
  last: number,
): Outcome {
  const { current } = follower;
  const isOpen = current !== undefined && current.nhsNumber !== '' && numberOf(patient) === current.nhsNumber;
  if (timestamp < last) return isOpen ? { status: 200, inSync: true } : { status: 409, inSync: false };
  // The patient of the encounter that is open, told on its own, takes nothing away.
  const context =
    isOpen && encounter === undefined && current.encounter !== ''
      ? current
      : patientContext(patient, encounter, options);
  // A replay: whoever has been closed on this screen since is not opened again.
  if (context === undefined || timestamp !== last || !isSame(current, context)) follower.follow(context);
  return { status: isFollowed(context) ? 200 : 422, timestamp, inSync: true };
}

/** Only who is open is closed. A close that does not say whose leaves the tag out of sync. */
function close(patient: unknown, encounter: unknown, follower: Follower, timestamp: number, last: number): Outcome {
  if (timestamp < last) return { status: 409 };
  const { current } = follower;
  if (current === undefined) return { status: 200, timestamp };
  const number = numberOf(patient);
  if (number === '' && current.nhsNumber !== '') return { status: 422, inSync: false };
  const id = idOf(own(encounter, 'id'));
  const isOther = id !== '' && ![id, '', unnumbered(id).encounter, unnumbered().encounter].includes(current.encounter);
  if (number !== current.nhsNumber || isOther) return { status: 200 };
  follower.close();
  return { status: 200, timestamp, inSync: true };
}

/** FHIRcast's times are UTC, though some are written without a zone; NaN for what is no time. */
function instantOf(value: unknown): number {
  const text = idOf(value);
  return new Date(/(z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`).getTime();
}
