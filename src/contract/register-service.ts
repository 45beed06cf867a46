import type { LastKnown, Reply, Visits } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import type { CareSetting } from '../domain/care-setting.js';
import type { PatientOpen } from '../domain/patient-open.js';

/** What the page asks of the register: one open, its TraceID, and how long the whole check may take. */
export interface Question {
  readonly open: PatientOpen;
  /** Belongs to the open: used for both calls, for `check()` and for a re-open, so that one open is one access. */
  readonly traceId: string;
  /** When the open was made. */
  readonly openedAt: Instant;
  /** How long the TraceID of an open without an encounter lasts, in seconds. */
  readonly lasts: number;
  /** Where the patient is: a kept TraceID is continued only there. */
  readonly setting: CareSetting;
  /** How long an answer serves the same open, in seconds; 0 asks the register even when an answer is fresh. */
  readonly freshFor: number;
  /** Seconds for the whole check, the access token included. */
  readonly timeout: number;
  /** It was already asked of a worker that has gone: this is the one retry, and makes no other. */
  readonly isRetry?: boolean;
}

/** What the register said, in order: one reply, then the visits when a record is held. Failures are news too. */
export type RegisterNews =
  { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'visits'; readonly visits: Visits };

/** What the page is told: the register's news, and what is known besides. */
export type News =
  | RegisterNews
  /**
   * Another tab or an earlier page made this open first: its TraceID and time replace this page's. `adoptedBy`: the
   * encounter that has since taken it over.
   */
  | { readonly kind: 'trace'; readonly traceId: string; readonly openedAt: Instant; readonly adoptedBy?: string }
  /** After a failed reply: what this user was last told about this patient. */
  | { readonly kind: 'last-known'; readonly lastKnown: LastKnown };

/** Gives the signed-in user's bearer token; absent when the page's own cookies identify the user. */
export type TokenSource = () => Promise<string>;

/** The `CryptoKey` of the host's session that seals what is stored, in types that need no browser. */
export interface SealingKey {
  readonly type: string;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/** What the page does for the register's side, on whichever thread that runs. */
export interface PageSide {
  /** Resolves, to show that the page is not frozen. */
  here(): Promise<void>;
  /** The token of the user for whom `asker` asks; rejects when there is none. */
  token(asker: string): Promise<string>;
  /** The key that seals what is stored for `asker`; `undefined` when nothing may be stored. */
  storageKey(asker: string): Promise<SealingKey | undefined>;
}

/** What the page can give for one question, if asked. */
export interface CanGive {
  readonly token: boolean;
  readonly storageKey: boolean;
}

/** An invented open, and an invented register's news of it. */
export interface Rehearsal {
  readonly open: PatientOpen;
  readonly news: readonly RegisterNews[];
}

/**
 * The register as the page sees it, on whichever thread it runs. A call is a message each way, so news is fetched, not
 * pushed: first by `ask`, then by each `more`. Failures are news; nothing here rejects.
 */
export interface RegisterService {
  /** Resolves with its build, as soon as it can be asked. */
  ready(): Promise<string>;
  /** Reads an invented body, so that the code is warm for the first real one. Sends no request. */
  rehearse(): Promise<Rehearsal>;
  /** Asks, or joins the same question if under way; resolves with the first news. `asker` names who waits. */
  ask(asker: string, question: Question, canGive: CanGive): Promise<readonly News[]>;
  /** The news since, as soon as there is any. */
  more(asker: string): Promise<readonly News[]>;
  /** The asker no longer waits; the request is aborted if nobody else, in any tab, waits for it. */
  leave(asker: string): Promise<void>;
  /** An encounter has arrived for the open with this TraceID. */
  adopt(traceId: string, open: PatientOpen): Promise<void>;
  /**
   * Forgets answers and drops what is under way. With `stored`, empties storage too; without, the page is being left.
   */
  forget(stored: boolean): Promise<void>;
}
