import type { FaultCode } from '../faults.js';

/** Why a renewal failed, for those who waited for it. Times are in milliseconds since 1970. */
export interface Failure {
  readonly code: FaultCode;
  readonly retryAfter?: string | undefined;
  readonly until: number;
}

/** A session as it is stored: what says anything of its user is sealed. */
export interface Row {
  /** SHA-256 of the cookie. */
  readonly id: string;
  /** One more with each renewal of its tokens. */
  readonly version: number;
  readonly sealed: string;
  readonly seenAt: number;
  readonly endsAt: number;
  /** Until when somebody is renewing its tokens; 0 for nobody. */
  readonly renewingUntil: number;
  readonly failure?: Failure | undefined;
}

export interface NewRow extends Pick<Row, 'id' | 'sealed' | 'seenAt' | 'endsAt'> {
  /** Of CIS2's session and of its user: by these CIS2 ends it. */
  readonly sidTag: string | undefined;
  readonly subTag: string;
  /** `iat` of its ID token, in seconds: by CIS2's clock, as the logout token's is. */
  readonly issuedAt: number;
}

/** What CIS2's logout token names: one of its sessions, or all of a user. */
export interface LoggedOut {
  readonly tags: readonly string[];
  /** `iat` of the logout token, in seconds: a later sign-in stays. */
  readonly issuedAt: number;
}

/** Whoever holds the lease renews. */
export interface Lease {
  readonly id: string;
  readonly version: number;
  /** Random: a lease that somebody else has taken over is known by it. */
  readonly holder: string;
}

/** Sessions for one instance or several. Each method is atomic, and rejects when the store does not answer. */
export interface Store {
  /** False when CIS2 has ended its session in the meantime: then nothing is stored. */
  create(row: NewRow): Promise<boolean>;
  read(id: string): Promise<Row | undefined>;
  seen(id: string, at: number): Promise<void>;
  /** Takes the lease when nobody has it. */
  lease(lease: Lease, now: number, until: number): Promise<boolean>;
  /** Lengthens one's own. */
  lengthen(lease: Lease, until: number): Promise<void>;
  /** The renewed content, one version on. False when the lease was lost. */
  renew(lease: Lease, sealed: string): Promise<boolean>;
  /** Gives the lease back, saying why. */
  release(lease: Lease, failure: Failure): Promise<void>;
  /** True when there was such a session; with a lease, only while it is held. */
  end(id: string, lease?: Lease): Promise<boolean>;
  /** Ends them, and keeps those out that come late. @returns how many were ended */
  endAll(out: LoggedOut, until: number): Promise<number>;
  /** True the first time. */
  once(name: string, until: number): Promise<boolean>;
  /** One of what is allowed in any minute: undefined when it was taken, else how many milliseconds to wait. */
  take(allowed: number, now: number): Promise<number | undefined>;
  /** How many were taken in the last minute. */
  taken(now: number): Promise<number>;
  /** Deletes what is over or was not seen since `idleSince`. */
  sweep(now: number, idleSince: number): Promise<void>;
  /** Told of each session that ended, at whichever instance, when that can be heard. */
  onEnded(listener: (id: string) => void): void;
  /** Rejects when the store does not answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
