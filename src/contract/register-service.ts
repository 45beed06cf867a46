import type { Reply, Visits } from '../domain/answer.js';
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

/** What the page is told, in order: one reply, then the visits when a record is held. Failures are news too. */
export type News =
  { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'visits'; readonly visits: Visits };

/** Gives a bearer token of the signed-in user; absent when the page's own cookies speak for the user. */
export type TokenSource = () => Promise<string>;

/** The register as the page sees it, on whichever thread it runs. */
export interface RegisterService {
  /** Asks, or joins the same question when it is under way; `asker` names who waits, so that it can leave. */
  ask(asker: string, question: Question, tell: (news: News) => void, token: TokenSource | undefined): void;
  /** Nobody here waits any more; the request is aborted when nobody else waits for it. */
  leave(asker: string): void;
  /** Forgets every answer and drops everything under way. */
  forget(): void;
}
