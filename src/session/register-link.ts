import { Observable } from 'rxjs';

import type {
  News,
  PageSide,
  Question,
  RegisterService,
  Rehearsal,
  SealingKey,
  TokenSource,
} from '../contract/register-service.js';
import { isNews } from '../contract/news-shape.js';
import { visitsFollow } from '../domain/answer.js';
import type { PatientOpen } from '../domain/patient-open.js';
import type { ReplyReason } from '../domain/reason.js';
import { endOfTask } from './end-of-task.js';

import { RegisterSide, type Side } from './register-side.js';
import { loadRegister, type Loaded } from './worker-ladder.js';

/** How long the register's own deadline has to speak first, in milliseconds. */
const grace = 500;
/** How long the register's side outlives the page's last banner: one may only be on its way to another place. */
const lingers = 1000;

/** What the host lets the register's side use, for one question. */
export interface Means {
  /** The worker file's address; "" = beside the script. */
  readonly workerUrl: string;
  readonly token?: TokenSource | undefined;
  /** The key of the host's session that seals what is stored. */
  readonly storageKey?: SealingKey | (() => Promise<SealingKey>) | undefined;
}

/** What the register is to say next, if it is to say more. */
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

/** The page's one link to the register: started by the first banner, ended after the last one has left. */
export class RegisterLink {
  readonly #side: RegisterSide;
  #asked = 0;
  #banners = 0;
  readonly #askers = new Map<string, Means>();

  constructor(loader: typeof loadRegister = loadRegister) {
    const page: PageSide = {
      here: () => Promise.resolve(),
      token: async (asker) => {
        const source = this.#askers.get(asker)?.token;
        if (source === undefined) throw new Error('nobody to ask for a token');
        return source();
      },
      storageKey: async (asker) => {
        const key = this.#askers.get(asker)?.storageKey;
        return typeof key === 'function' ? key() : key;
      },
    };
    this.#side = new RegisterSide(loader, page);
  }

  /** A banner has come: the register's code is loaded, so that its first open need not wait for it. */
  join(workerUrl: string): void {
    this.#banners++;
    this.#side.load(workerUrl);
  }

  /** A banner has gone. */
  part(): void {
    this.#banners--;
    setTimeout(() => {
      if (this.#banners === 0) this.#side.end();
    }, lingers);
  }

  /**
   * The news of one question. A register that cannot be loaded is unreachable; one that says nothing for longer than
   * the whole check may take, its own deadline missed, has timed out, and is replaced. One that is lost before is
   * replaced and asked once more, within the same time and under the same TraceID.
   */
  ask(question: Question, means: Means): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      const { workerUrl } = means;
      const endsAt = performance.now() + question.timeout * 1000;
      let side: Side | undefined;
      let service: RegisterService | undefined;
      let isRetry = false;
      /** Whoever made the open first, as far as is known: asked again, it is theirs. */
      let first: Pick<Question, 'traceId' | 'openedAt'> | undefined;
      let expected: Expected = 'reply';
      /** The register's side has said its last word, and so knows that nobody waits. */
      let saidAll = false;

      const hear = (news: News, isItsOwn: boolean): void => {
        if (news.kind === 'reply' && expected !== 'reply') {
          // A tab that takes over asks for the plans again; only that it fails is news: no visits will come.
          if (expected === 'visits' && news.reply.kind === 'failed')
            hear({ kind: 'visits', visits: { kind: 'failed' } }, false);
          return;
        }
        expected = expectedAfter(news, question, expected);
        if (news.kind === 'trace') first = { traceId: news.traceId, openedAt: news.openedAt };
        subscriber.next(news);
        if (expected !== 'nothing') return;
        saidAll = isItsOwn;
        subscriber.complete();
      };
      const isAwaited = (): boolean => expected === 'reply' || expected === 'visits';
      const fail = (reason: ReplyReason): void => {
        const { nhsNumber } = question.open;
        const mayHaveLeft = service !== undefined;
        if (expected === 'reply')
          hear({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft } }, false);
        else if (expected === 'visits') hear({ kind: 'visits', visits: { kind: 'failed' } }, false);
      };
      const listen = async (mine: Side, { service: its }: Loaded): Promise<void> => {
        const isOver = (): boolean => subscriber.closed || side !== mine;
        if (isOver()) return;
        service = its;
        const timeout = (endsAt - performance.now()) / 1000;
        const gives = { token: means.token !== undefined, storageKey: means.storageKey !== undefined };
        const asked = { ...question, ...first, timeout, ...(isRetry && { isRetry }) };
        for (let news = await its.ask(asker, asked, gives); ; news = await its.more(asker)) {
          if (isOver()) return;
          if (!news.every(isNews)) throw new Error('not to be understood');
          mine.hasServed ||= news.length > 0;
          for (const one of news) hear(one, true);
          if (subscriber.closed) return;
        }
      };
      const lost = (): void => {
        side?.waiting.delete(lost);
        const hasTime = performance.now() < endsAt;
        if (isRetry || !hasTime || !isAwaited()) {
          fail('unreachable');
          return;
        }
        isRetry = service !== undefined;
        begin();
      };
      const begin = (): void => {
        const mine = (side = this.#side.load(workerUrl));
        mine.waiting.add(lost);
        mine.loading.then(
          (loaded) =>
            listen(mine, loaded).catch(() => {
              this.#side.lose(mine, workerUrl);
            }),
          () => {
            fail('unreachable');
          },
        );
      };

      this.#askers.set(asker, means);
      const late = setTimeout(
        () => {
          const isSilent = isAwaited();
          fail('timed-out');
          side?.waiting.delete(lost);
          if (isSilent && side !== undefined) this.#side.lose(side, workerUrl);
        },
        question.timeout * 1000 + grace,
      );
      begin();
      return () => {
        clearTimeout(late);
        side?.waiting.delete(lost);
        this.#askers.delete(asker);
        // Whoever asks in this task joins what is under way before it is left.
        if (!saidAll) void endOfTask().then(() => service?.leave(asker));
      };
    });
  }

  /** An encounter has arrived for the open of that TraceID. */
  adopt(traceId: string, open: PatientOpen): void {
    this.#whenLoaded(({ service }) => service.adopt(traceId, open));
  }

  /** Forgets every answer and drops everything under way; `stored`: what is stored too. */
  forget(stored: boolean): void {
    this.#whenLoaded(({ service }) => service.forget(stored));
  }

  /** What the register's side reads from an invented body. Rejects where it has not been loaded. */
  async rehearse(): Promise<Rehearsal> {
    const loaded = await this.#side.present;
    if (loaded === undefined) throw new Error('nothing is loaded');
    return loaded.service.rehearse();
  }

  /** A register that could not be loaded has nothing to forget or to end. */
  #whenLoaded(use: (loaded: Loaded) => unknown): void {
    this.#side.present?.then(use).catch(() => undefined);
  }
}
