import type { LastKnown, Reply, Visits } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import type { PatientOpen } from '../domain/patient-open.js';

/** What the page asks of the register: one open, its TraceID, and how long the whole check may take. */
export interface Question {
  readonly open: PatientOpen;
  /** Belongs to the open: used for both calls, for `check()` and for a re-open, so that one open is one access. */
  readonly traceId: string;
  /** Seconds that an answer serves the same open; 0 asks the register even when an answer is fresh. */
  readonly freshFor: number;
  /** Seconds for the whole check, the access token included. */
  readonly timeout: number;
}

/** What the register said, in order: one reply, then the visits when a record is held. Failures are news too. */
export type RegisterNews =
  { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'visits'; readonly visits: Visits };

/** What the page is told: what the register said, and what is known beside it. */
export type News =
  | RegisterNews
  /** Another tab made this open first: its TraceID, and since when, in place of this page's. */
  | { readonly kind: 'trace'; readonly traceId: string; readonly openedAt: Instant }
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
  /** News for one asker. */
  tell(asker: string, news: News): void;
  /** The token of the user for whom `asker` asks; rejects when there is none to be had. */
  token(asker: string): Promise<string>;
  /** The key that seals what is stored for `asker`; `undefined` when nothing may be stored. */
  storageKey(asker: string): Promise<SealingKey | undefined>;
}

/** What the page has to give for one question. */
export interface Gives {
  readonly token: boolean;
  readonly storageKey: boolean;
}

/** The register as the page sees it, on whichever thread it runs. Failures are news; nothing here rejects. */
export interface RegisterService {
  /** Asks, or joins the same question when it is under way; `asker` names who waits, so that it can leave. */
  ask(asker: string, question: Question, gives: Gives): void;
  /** Nobody here waits any more; the request is aborted when nobody else waits for it, in any tab. */
  leave(asker: string): void;
  /** An encounter has arrived for the open of that TraceID. */
  adopt(traceId: string, open: PatientOpen): void;
  /** Forgets every answer and drops everything under way. `stored`: what is stored too; else the page is left. */
  forget(stored: boolean): void;
}

type CallOf<Side> = {
  [Name in keyof Side]: Side[Name] extends (...words: infer Words) => void ? readonly [Name, ...Words] : never;
}[keyof Side];

/** What the page says to a worker: a call of the register's side; or what was asked for by `call`, if it is to be had. */
export type ToWorker = CallOf<RegisterService> | readonly ['given', call: number, value: unknown];

/** What a worker says to the page: once that it is ready; news; and that it needs what the page has for an asker. */
export type ToPage =
  | readonly ['ready']
  | readonly ['tell', asker: string, news: News]
  | readonly ['token' | 'storageKey', asker: string, call: number];
