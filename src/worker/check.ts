import type { News, Question, RegisterNews } from '../contract/register-service.js';
import { visitsFollow } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { isFresh } from '../domain/freshness.js';
import type { Known, Trace } from './tab-messages.js';

/** Whom a check tells, and by which clock it goes. */
export interface CheckContext {
  tell(asker: string, news: News): void;
  /** Nothing more will be told to this asker. */
  saidAll(asker: string): void;
  /** The register has said something about this check, in this tab or another. */
  heard(check: Check, news: RegisterNews): void;
  /** The check goes by another tab's TraceID now. */
  adopted(check: Check): void;
  now(): Instant;
}

/** One open's check, and everyone here who waits for it. */
export class Check {
  readonly question: Question;
  readonly askers = new Set<string>();
  /** Aborted when nobody waits any more, here or elsewhere, and when it is over. */
  readonly abort = new AbortController();
  trace: Trace;
  /** Seconds that its answer may serve anybody who asked: no longer is it kept. */
  keptFor: number;
  /** Other tabs have been told the TraceID and rely on it. */
  isTraceKnown = false;
  /** `waiting` for this tab's turn, or for another tab's answer; `asking` the register; `over`. */
  phase: 'waiting' | 'asking' | 'over' = 'waiting';
  /** It goes no further before the page has given a token. */
  needsPage = false;
  told: readonly RegisterNews[] = [];
  /** When the last word of a whole, faultless answer came. */
  answeredAt: Instant | undefined;
  /** Which asking `told` came from, in this tab or another. */
  askingId = '';
  readonly #context: CheckContext;

  constructor(question: Question, trace: Trace, context: CheckContext) {
    this.question = question;
    this.trace = trace;
    this.keptFor = question.freshFor;
    this.#context = context;
  }

  get known(): Known {
    const { trace, askingId, told, answeredAt } = this;
    return { trace, askingId, told, underWay: this.phase === 'asking', answeredAt };
  }

  /** Whether one who asks now is served by this check. */
  serves(freshFor = this.keptFor): boolean {
    return this.phase !== 'over' || this.#isFresh(this.answeredAt, freshFor);
  }

  /** One more waits, who asked under `traceId`; what it has missed it is told at once. */
  join(asker: string, traceId: string): void {
    if (this.phase !== 'over') this.askers.add(asker);
    if (traceId !== this.trace.traceId) this.#context.tell(asker, traceNews(this.trace));
    for (const news of this.told) this.#context.tell(asker, news);
    if (this.phase === 'over') this.#context.saidAll(asker);
  }

  /** This tab asks the register: what was told before, by a tab that is gone, will be told again. */
  #begin(): void {
    this.phase = 'asking';
    this.askingId = Math.random().toString(36);
    this.told = [];
  }

  /** This tab asks, from the beginning to the end. */
  async run(ask: () => Promise<void>): Promise<void> {
    this.#begin();
    await ask();
    this.finish();
  }

  tell(news: RegisterNews): void {
    this.told = [...this.told, news];
    for (const asker of this.askers) this.#context.tell(asker, news);
    this.#context.heard(this, news);
  }

  /** No more news will come. Failures are never kept (safety rule 4). */
  finish(): void {
    this.phase = 'over';
    const replyFailed = this.told.some((news) => news.kind === 'reply' && news.reply.kind === 'failed');
    if (this.#isWhole && !this.hasFailed) this.answeredAt = this.#context.now();
    else this.told = [];
    // After a failed reply the last known answer may follow; otherwise all has been said, and nobody waits.
    if (!replyFailed) this.releaseAskers();
    this.abort.abort();
  }

  /** All has been said: nobody waits any more. */
  releaseAskers(): void {
    for (const asker of this.askers) this.#context.saidAll(asker);
    this.askers.clear();
  }

  get hasFailed(): boolean {
    return this.told.some(isFailure);
  }

  /** The open is another tab's too, or an earlier page's, which was first; `adoptedBy`: as in `News`. */
  adopt(trace: Trace, adoptedBy?: string): void {
    this.isTraceKnown = true;
    if (trace.traceId === this.trace.traceId) return;
    this.trace = trace;
    this.#context.adopted(this);
    for (const asker of this.askers) this.#context.tell(asker, traceNews(trace, adoptedBy));
  }

  /** While waiting: another tab knows this of the open. Its TraceID is taken over, and its answer while that serves. */
  learn({ trace, askingId, told, underWay, answeredAt }: Known): void {
    const { open, freshFor } = this.question;
    if (open.encounter === '' && !underWay && !this.#isFresh(trace.openedAt, freshFor)) return;
    this.adopt(trace);
    // One whose turn was taken fails for itself alone.
    if (told.some(isFailure) && this.askingId !== '' && askingId !== this.askingId) return;
    const serves = underWay || told.some(isFailure) || this.#isFresh(answeredAt, freshFor);
    if (!serves) return;
    if (askingId !== this.askingId) {
      this.askingId = askingId;
      this.told = [];
    }
    for (const news of told.slice(this.told.length)) this.tell(news);
    if (this.#isWhole) this.finish();
  }

  get #isWhole(): boolean {
    const last = this.told.at(-1);
    if (last?.kind !== 'reply') return last !== undefined;
    return !visitsFollow(last.reply, this.question.open.registerApi);
  }

  #isFresh(since: Instant | undefined, seconds: number): boolean {
    return since !== undefined && isFresh(since, seconds, this.#context.now());
  }
}

const traceNews = ({ traceId, openedAt }: Trace, adoptedBy?: string): News => ({
  kind: 'trace',
  traceId,
  openedAt,
  ...(adoptedBy !== undefined && { adoptedBy }),
});

const isFailure = (news: RegisterNews): boolean =>
  news.kind === 'reply' ? news.reply.kind === 'failed' : news.visits.kind === 'failed';
