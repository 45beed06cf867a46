import type { Subscriber } from 'rxjs';

import { isNews } from '../contract/news-shape.js';
import type { News, Question, RegisterService, SealingKey, TokenSource } from '../contract/register-service.js';
import { visitsFollow } from '../domain/answer.js';
import type { ReplyReason } from '../domain/reason.js';
import { endOfTask } from './end-of-task.js';
import type { RegisterSide, Side } from './register-side.js';
import type { Loaded } from './worker-ladder.js';

/** How long after the deadline the register's side may still report it itself, in milliseconds. */
const grace = 500;

/** What the host gives for one question. */
export interface HostGives {
  /** The worker file's address; "" = beside the script. */
  readonly workerUrl: string;
  readonly token?: TokenSource | undefined;
  /** The key of the host's session that seals what is stored. */
  readonly storageKey?: SealingKey | (() => Promise<SealingKey>) | undefined;
}

/** What the register should say next, if anything. */
type Expected = 'reply' | 'visits' | 'last-known' | 'nothing';

function expectedAfter(news: News, { open }: Question, expected: Expected): Expected {
  switch (news.kind) {
    case 'trace':
      return expected;
    case 'reply':
      if (news.reply.kind === 'failed') return 'last-known';
      return visitsFollow(news.reply, open.registerApi) ? 'visits' : 'nothing';
    case 'visits':
    case 'last-known':
      return 'nothing';
  }
}

/**
 * One question, from its first news to its last. A register that cannot be loaded is unreachable. One that is silent
 * for longer than the whole check may take has timed out, and is replaced. One lost before that is replaced and asked
 * once more, within the same time and under the same TraceID.
 */
export class AskedQuestion {
  readonly #side: RegisterSide;
  readonly #asker: string;
  readonly #question: Question;
  readonly #host: HostGives;
  readonly #subscriber: Subscriber<News>;
  readonly #endsAt: number;
  readonly #deadline: ReturnType<typeof setTimeout>;
  #asked: Side | undefined;
  #service: RegisterService | undefined;
  #isRetry = false;
  /** The earliest known TraceID and time of the open: asking again uses them. */
  #first: Pick<Question, 'traceId' | 'openedAt'> | undefined;
  #expected: Expected = 'reply';
  /** The register's side has sent its last news, so it need not be told that this asker leaves. */
  #hasSaidAll = false;

  constructor(side: RegisterSide, asker: string, question: Question, host: HostGives, subscriber: Subscriber<News>) {
    this.#side = side;
    this.#asker = asker;
    this.#question = question;
    this.#host = host;
    this.#subscriber = subscriber;
    const milliseconds = question.timeout * 1000;
    this.#endsAt = performance.now() + milliseconds;
    this.#deadline = setTimeout(() => {
      this.#timeOut();
    }, milliseconds + grace);
    this.#ask();
  }

  /** The subscriber has stopped listening. */
  leave(): void {
    clearTimeout(this.#deadline);
    this.#asked?.waiting.delete(this.#onLost);
    // Another question in this task can join the check before this one leaves it.
    if (!this.#hasSaidAll) void endOfTask().then(() => this.#service?.leave(this.#asker));
  }

  get #isAwaited(): boolean {
    return this.#expected === 'reply' || this.#expected === 'visits';
  }

  #ask(): void {
    const side = (this.#asked = this.#side.load(this.#host.workerUrl));
    side.waiting.add(this.#onLost);
    side.loading.then(
      (loaded) =>
        this.#listen(side, loaded).catch(() => {
          this.#side.lose(side, this.#host.workerUrl);
        }),
      () => {
        this.#fail('unreachable');
      },
    );
  }

  async #listen(side: Side, { service }: Loaded): Promise<void> {
    const isOver = (): boolean => this.#subscriber.closed || this.#asked !== side;
    if (isOver()) return;
    this.#service = service;
    const { token, storageKey } = this.#host;
    const canGive = { token: token !== undefined, storageKey: storageKey !== undefined };
    const timeout = (this.#endsAt - performance.now()) / 1000;
    const question = { ...this.#question, ...this.#first, timeout, ...(this.#isRetry && { isRetry: true }) };
    for (let news = await service.ask(this.#asker, question, canGive); ; news = await service.more(this.#asker)) {
      if (isOver()) return;
      if (!news.every(isNews)) throw new Error('not to be understood');
      side.hasServed ||= news.length > 0;
      for (const one of news) this.#hear(one, true);
      if (this.#subscriber.closed) return;
    }
  }

  /** `isTheirs`: the register's side sent it, so it knows this already. */
  #hear(news: News, isTheirs = false): void {
    if (news.kind === 'reply' && this.#expected !== 'reply') {
      // A tab that takes over asks for the plans again. Only its failure is news: no visits will come.
      if (this.#expected === 'visits' && news.reply.kind === 'failed')
        this.#hear({ kind: 'visits', visits: { kind: 'failed' } });
      return;
    }
    this.#expected = expectedAfter(news, this.#question, this.#expected);
    if (news.kind === 'trace') this.#first = { traceId: news.traceId, openedAt: news.openedAt };
    this.#subscriber.next(news);
    if (this.#expected !== 'nothing') return;
    this.#hasSaidAll = isTheirs;
    this.#subscriber.complete();
  }

  #fail(reason: ReplyReason): void {
    const { nhsNumber } = this.#question.open;
    const mayHaveLeft = this.#service !== undefined;
    if (this.#expected === 'reply')
      this.#hear({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft } });
    else if (this.#expected === 'visits') this.#hear({ kind: 'visits', visits: { kind: 'failed' } });
  }

  readonly #onLost = (): void => {
    this.#asked?.waiting.delete(this.#onLost);
    const hasTime = performance.now() < this.#endsAt;
    if (this.#isRetry || !hasTime || !this.#isAwaited) {
      this.#fail('unreachable');
      return;
    }
    this.#isRetry = this.#service !== undefined;
    this.#ask();
  };

  #timeOut(): void {
    const isSilent = this.#isAwaited;
    this.#fail('timed-out');
    this.#asked?.waiting.delete(this.#onLost);
    if (isSilent && this.#asked !== undefined) this.#side.lose(this.#asked, this.#host.workerUrl);
  }
}
