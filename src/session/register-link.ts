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
import { visitsFollow } from '../domain/answer.js';
import type { PatientOpen } from '../domain/patient-open.js';
import type { ReplyReason } from '../domain/reason.js';
import { endOfTask } from './end-of-task.js';
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
  readonly #loader: typeof loadRegister;
  #loading: Promise<Loaded> | undefined;
  #asked = 0;
  #banners = 0;
  readonly #askers = new Map<string, Means>();
  readonly #page: PageSide = {
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

  constructor(loader: typeof loadRegister = loadRegister) {
    this.#loader = loader;
  }

  /** A banner has come: the register's code is loaded, so that its first open need not wait for it. */
  join(workerUrl: string): void {
    this.#banners++;
    this.#load(workerUrl).catch(() => undefined);
  }

  /** A banner has gone. */
  part(): void {
    this.#banners--;
    setTimeout(() => {
      if (this.#banners > 0) return;
      this.#whenLoaded(({ end }) => {
        end();
      });
      this.#loading = undefined;
    }, lingers);
  }

  /**
   * The news of one question. A register that cannot be loaded is unreachable; one that says nothing for longer than
   * the whole check may take, its own deadline missed, has timed out.
   */
  ask(question: Question, means: Means): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      let service: RegisterService | undefined;
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
        subscriber.next(news);
        if (expected !== 'nothing') return;
        saidAll = isItsOwn;
        subscriber.complete();
      };
      const fail = (reason: ReplyReason): void => {
        const { nhsNumber } = question.open;
        const mayHaveLeft = service !== undefined;
        if (expected === 'reply')
          hear({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft } }, false);
        else if (expected === 'visits') hear({ kind: 'visits', visits: { kind: 'failed' } }, false);
      };
      const isOver = (): boolean => subscriber.closed;
      const listen = async (): Promise<void> => {
        const loaded = await this.#load(means.workerUrl);
        if (isOver()) return;
        service = loaded.service;
        const gives = { token: means.token !== undefined, storageKey: means.storageKey !== undefined };
        for (let news = await service.ask(asker, question, gives); ; news = await service.more(asker)) {
          for (const one of news) hear(one, true);
          if (isOver()) return;
        }
      };

      this.#askers.set(asker, means);
      const late = setTimeout(fail, question.timeout * 1000 + grace, 'timed-out' satisfies ReplyReason);
      listen().catch(() => {
        fail('unreachable');
      });
      return () => {
        clearTimeout(late);
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
    if (this.#loading === undefined) throw new Error('nothing is loaded');
    return (await this.#loading).service.rehearse();
  }

  /** A register that could not be loaded has nothing to forget or to end. */
  #whenLoaded(use: (loaded: Loaded) => unknown): void {
    this.#loading?.then(use).catch(() => undefined);
  }

  #load(workerUrl: string): Promise<Loaded> {
    return (this.#loading ??= this.#loader(workerUrl, this.#page).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    }));
  }
}
