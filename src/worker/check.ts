import type { News, Question, RegisterNews } from '../contract/register-service.js';
import { visitsFollow } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { isFresh } from '../domain/freshness.js';
import type { Known, Trace } from './tab-messages.js';

/** Whom a check tells, and its clock. */
export interface CheckContext {
  tell(asker: string, news: News): void;
  /** Nothing more will be told to this asker. */
  saidAll(asker: string): void;
  /** The register has reported on this check, in this tab or another. */
  heard(check: Check, news: RegisterNews): void;
  /** The check now uses another tab's TraceID. */
  adopted(check: Check): void;
  now(): Instant;
}

/** One open's check, and the askers here that wait for it. */
export class Check {
  readonly question: Question;
  readonly askers = new Set<string>();
  /** Aborted once nobody, in any tab, is waiting, and when the check is over. */
  readonly abort = new AbortController();
  trace: Trace;
  /** The longest that any asker may use its answer, in seconds: it is kept that long. */
  keptFor: number;
  /** Whether other tabs have been told the TraceID and rely on it. */
  isTraceKnown = false;
  /** `waiting` for this tab's turn or another tab's answer; `asking` the register; `over`. */
  phase: 'waiting' | 'asking' | 'over' = 'waiting';
  /** It cannot continue until the page gives a token. */
  needsPage = false;
  told: readonly RegisterNews[] = [];
  /** When a complete, faultless answer finished arriving. */
  answeredAt: Instant | undefined;
  /** Which request `told` came from, in this tab or another. */
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

  /** Whether an asker that comes now can use this check. */
  serves(freshFor = this.keptFor): boolean {
    return this.phase !== 'over' || this.#isFresh(this.answeredAt, freshFor);
  }

  /** Adds an asker, which asked under `traceId`, and tells it at once what it has missed. */
  join(asker: string, traceId: string): void {
    if (this.phase !== 'over') this.askers.add(asker);
    if (traceId !== this.trace.traceId) this.#context.tell(asker, traceNews(this.trace));
    for (const news of this.told) this.#context.tell(asker, news);
    if (this.phase === 'over') this.#context.saidAll(asker);
  }

  /** This tab asks the register: anything told by a tab that has gone will be told again. */
  #begin(): void {
    this.phase = 'asking';
    this.askingId = Math.random().toString(36);
    this.told = [];
  }

  /** This tab asks, from beginning to end. */
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
    // After a failed reply the last known answer may follow; otherwise everything has been said.
    if (!replyFailed) this.releaseAskers();
    this.abort.abort();
  }

  /** Everything has been said, so no asker waits any longer. */
  releaseAskers(): void {
    for (const asker of this.askers) this.#context.saidAll(asker);
    this.askers.clear();
  }

  get hasFailed(): boolean {
    return this.told.some(isFailure);
  }

  /** Another tab or an earlier page made the open first; `adoptedBy` is as in `News`. */
  adopt(trace: Trace, adoptedBy?: string): void {
    this.isTraceKnown = true;
    if (trace.traceId === this.trace.traceId) return;
    this.trace = trace;
    this.#context.adopted(this);
    for (const asker of this.askers) this.#context.tell(asker, traceNews(trace, adoptedBy));
  }

  /** While waiting: takes over another tab's TraceID, and its answer if that is fresh enough. */
  learn({ trace, askingId, told, underWay, answeredAt }: Known): void {
    const { open, freshFor } = this.question;
    if (open.encounter === '' && !underWay && !this.#isFresh(trace.openedAt, freshFor)) return;
    this.adopt(trace);
    // A tab whose turn was taken fails for itself alone.
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
