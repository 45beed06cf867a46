import type { PatientContext } from './patient-context.js';

/** The part of the tag that a context sets: a `<cp-is-banner>`, or whatever stands for one. */
export interface ContextTag {
  nhsNumber: string;
  nhsNumberStatus: 'verified' | 'unverified';
  encounter: string;
  outOfSync?: boolean;
  clear(): void;
}

/** How long a patient stands before the next one is opened at once, in milliseconds. */
const settleFor = 300;

/**
 * Turns contexts into patient-opens of one tag, each in one task. Whoever runs down a list of patients, or sends
 * thousands of them, opens the first and the one they stop at: the tag is blank in between.
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

  /** Opens whom the context means; `undefined`: nobody is attending, nobody is open. The same again changes nothing. */
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

  /** The user has gone: with the patient goes everything that the tag knows, in every tab. */
  signOut(): void {
    this.close();
    (this.#tag.constructor as { signOut?: () => void }).signOut?.();
  }

  /** Opens nobody any more. Who is open stays. */
  stop(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  #open(context: PatientContext): void {
    if (isSame(this.#tag, context)) return;
    this.#opened = performance.now();
    const { nhsNumber, nhsNumberStatus, encounter } = context;
    Object.assign(this.#tag, { nhsNumber, nhsNumberStatus, encounter });
  }
}

export const isSame = (one: PatientContext | undefined, other: PatientContext): boolean =>
  continues(one, other) && one?.encounter === other.encounter && one.nhsNumberStatus === other.nhsNumberStatus;

/** The same patient, whose encounter has stayed or has just arrived: no other open. */
const continues = (one: PatientContext | undefined, other: PatientContext): boolean =>
  one?.nhsNumber === other.nhsNumber && (one.encounter === '' || one.encounter === other.encounter);
