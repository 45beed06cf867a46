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
  /** Seconds that the TraceID of an open without an encounter lasts. */
  readonly lasts: number;
  /** Where the patient is: a kept TraceID is gone on with there alone. */
  readonly setting: CareSetting;
  /** Seconds that an answer serves the same open; 0 asks the register even when an answer is fresh. */
  readonly freshFor: number;
  /** Seconds for the whole check, the access token included. */
  readonly timeout: number;
  /** It was asked before, of a worker that is gone: it is the one retry itself, and makes no other. */
  readonly isRetry?: boolean;
}

/** What the register said, in order: one reply, then the visits when a record is held. Failures are news too. */
export type RegisterNews =
  { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'visits'; readonly visits: Visits };

/** What the page is told: what the register said, and what is known beside it. */
export type News =
  | RegisterNews
  /**
   * Another tab, or a page before this one, made this open first: its TraceID, and since when, in place of this page's;
   * and the encounter that has taken it over since.
   */
  | { readonly kind: 'trace'; readonly traceId: string; readonly openedAt: Instant; readonly adoptedBy?: string }
  /** After a reply that failed: what this user was last told of this patient. */
  | { readonly kind: 'last-known'; readonly lastKnown: LastKnown };

/** Gives a bearer token of the signed-in user; absent when the page's own cookies speak for the user. */
export type TokenSource = () => Promise<string>;

/** The `CryptoKey` of the host's session that seals what is stored, as far as types without a browser can say. */
export interface SealingKey {
  readonly type: string;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/** What the page does for the register's side, on whichever thread that runs. */
export interface PageSide {
  /** Resolves: the page does not stand still. */
  here(): Promise<void>;
  /** The token of the user for whom `asker` asks; rejects when there is none to be had. */
  token(asker: string): Promise<string>;
  /** The key that seals what is stored for `asker`; `undefined` when nothing may be stored. */
  storageKey(asker: string): Promise<SealingKey | undefined>;
}

/** What the page can give for one question, if it is asked for it. */
export interface CanGive {
  readonly token: boolean;
  readonly storageKey: boolean;
}

/** An invented open, and what an invented register says to it. */
export interface Rehearsal {
  readonly open: PatientOpen;
  readonly news: readonly RegisterNews[];
}

/**
 * The register as the page sees it, on whichever thread it runs. A call is a message each way, so news is fetched, not
 * pushed: it is the answer to `ask`, and then to each `more`. Failures are news; nothing here rejects.
 */
export interface RegisterService {
  /** Answers as soon as it can be asked: which build it is. */
  ready(): Promise<string>;
  /** Reads an invented body, so that the first real one finds everything warm. Asks nobody. */
  rehearse(): Promise<Rehearsal>;
  /** Asks, or joins the same question when it is under way: the first news. `asker` names who waits. */
  ask(asker: string, question: Question, canGive: CanGive): Promise<readonly News[]>;
  /** What has come since, as soon as there is some. */
  more(asker: string): Promise<readonly News[]>;
  /** Nobody here waits any more; the request is aborted when nobody else waits for it, in any tab. */
  leave(asker: string): Promise<void>;
  /** An encounter has arrived for the open of that TraceID. */
  adopt(traceId: string, open: PatientOpen): Promise<void>;
  /** Forgets every answer and drops everything under way. `stored`: what is stored too; else the page is left. */
  forget(stored: boolean): Promise<void>;
}
