import type { PatientContext } from './patient-context.js';

/** The part of the tag that a context sets: a `<cp-is-banner>`, or anything like one. */
export interface ContextTag {
  nhsNumber: string;
  nhsNumberStatus: 'verified' | 'unverified';
  encounter: string;
  outOfSync?: boolean;
  noAttendance?: boolean;
  clear(): void;
}

/** How long one patient must be open before the next is opened at once, in milliseconds. */
const settleFor = 300;

/**
 * Turns contexts into patient-opens of one tag, each in one task. A user who runs down a list of patients, or a host
 * that sends thousands, opens the first and the last: the tag is blank in between.
 */
export class Follower {
  readonly #tag: ContextTag;
  #opened = -settleFor;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Who is open, or about to be. */
  current: PatientContext | undefined;

  constructor(tag: ContextTag) {
    this.#tag = tag;
  }

  /** Opens the patient whom the context means; `undefined` closes the patient. The same again changes nothing. */
  follow(context: PatientContext | undefined): void {
    const before = this.current;
    if (context === undefined) {
      this.close();
      return;
    }
    this.current = context;
    if (this.#waiting === undefined) {
      if (continues(before, context) || this.#opened + settleFor <= performance.now()) {
        this.#open(context);
        return;
      }
    } else if (isSame(before, context)) return;
    this.stop();
    this.#tag.clear();
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      this.#open(context);
    }, settleFor);
  }

  close(): void {
    this.stop();
    this.current = undefined;
    this.#tag.clear();
  }

  /** The user has gone: the patient is closed, and all that the tag knows is forgotten, in every tab. */
  signOut(): void {
    this.close();
    (this.#tag.constructor as { signOut?: () => void }).signOut?.();
  }

  /** Cancels an open that is still waiting. The patient who is open stays. */
  stop(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #open(context: PatientContext): void {
    if (isSame(this.#tag, context)) return;
    this.#opened = performance.now();
    const { nhsNumber, nhsNumberStatus, encounter } = context;
    if (isNotAttending(this.#tag) !== isNotAttending(context)) this.#tag.noAttendance = isNotAttending(context);
    Object.assign(this.#tag, { nhsNumber, nhsNumberStatus, encounter });
  }
}

type Open = Pick<PatientContext, 'nhsNumber' | 'nhsNumberStatus' | 'encounter'> & { readonly noAttendance?: boolean };

const isNotAttending = (one: Open | undefined): boolean => one?.noAttendance === true;

export const isSame = (one: Open | undefined, other: Open): boolean =>
  continues(one, other) &&
  one?.encounter === other.encounter &&
  one.nhsNumberStatus === other.nhsNumberStatus &&
  isNotAttending(one) === isNotAttending(other);

/** Whether it is the same patient, whose encounter is unchanged or has just arrived: no new open. */
const continues = (one: Open | undefined, other: Open): boolean =>
  one?.nhsNumber === other.nhsNumber && (one.encounter === '' || one.encounter === other.encounter);
