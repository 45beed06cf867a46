import type { FaultCode } from '../faults.js';

/** Why a renewal failed, for those who waited for it. Times are in milliseconds since 1970. */
export interface Failure {
  readonly code: FaultCode;
  readonly retryAfter?: string | undefined;
  readonly until: number;
}

/** A session as it is stored. Whatever says anything about its user is sealed. */
export interface Row {
  /** SHA-256 of the cookie. */
  readonly id: string;
  /** Goes up by one with each renewal of its tokens. */
  readonly version: number;
  readonly sealed: string;
  readonly seenAt: number;
  readonly endsAt: number;
  /** Until when somebody is renewing its tokens. 0 when nobody is. */
  readonly renewingUntil: number;
  readonly failure?: Failure | undefined;
}

export interface NewRow extends Pick<Row, 'id' | 'sealed' | 'seenAt' | 'endsAt'> {
  /** The tags of CIS2's session and of its user, by which CIS2 ends it. */
  readonly sidTag: string | undefined;
  readonly subTag: string;
  /** `iat` of its ID token, in seconds. It is by CIS2's clock, as the logout token's is. */
  readonly issuedAt: number;
}

/** What CIS2's logout token names: one of CIS2's sessions, or all of a user's. */
export interface LoggedOut {
  readonly tags: readonly string[];
  /** `iat` of the logout token, in seconds. A later sign-in is kept. */
  readonly issuedAt: number;
}

/** Whoever holds the lease renews. */
export interface Lease {
  readonly id: string;
  readonly version: number;
  /** A random value that shows when somebody else has taken the lease over. */
  readonly holder: string;
}

/** Sessions for one or more instances. Each method is atomic, and rejects when the store does not answer. */
export interface Store {
  /** False when CIS2 has ended the session in the meantime. Then nothing is stored. */
  create(row: NewRow): Promise<boolean>;
  read(id: string): Promise<Row | undefined>;
  seen(id: string, at: number): Promise<void>;
  /** Takes the lease when nobody has it. */
  lease(lease: Lease, now: number, until: number): Promise<boolean>;
  /** Lengthens a lease that is still held. */
  lengthen(lease: Lease, until: number): Promise<void>;
  /** Stores the renewed content as the next version. False when the lease was lost. */
  renew(lease: Lease, sealed: string): Promise<boolean>;
  /** Gives the lease back, saying why. */
  release(lease: Lease, failure: Failure): Promise<void>;
  /** True when there was such a session. With a lease, ends it only while the lease is held. */
  end(id: string, lease?: Lease): Promise<boolean>;
  /** Ends the sessions, and refuses any that arrive late. @returns how many were ended */
  endAll(out: LoggedOut, until: number): Promise<number>;
  /** True only the first time. */
  once(name: string, until: number): Promise<boolean>;
  /**
   * Takes one of the requests allowed in any minute. Undefined when it was taken, or else how many milliseconds to
   * wait.
   */
  take(allowed: number, now: number): Promise<number | undefined>;
  /** How many were taken in the last minute. */
  taken(now: number): Promise<number>;
  /** Deletes sessions that are over or were not used since `idleSince`. */
  sweep(now: number, idleSince: number): Promise<void>;
  /** Called with each session that ended, at any instance, as far as that can be heard. */
  onEnded(listener: (id: string) => void): void;
  /** Rejects when the store does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
