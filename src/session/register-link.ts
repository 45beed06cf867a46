import { Observable } from 'rxjs';

import type { News, PageSide, Question, SealingKey, TokenSource } from '../contract/register-service.js';
import { visitsFollow } from '../domain/answer.js';
import type { PatientOpen } from '../domain/patient-open.js';
import type { ReplyReason } from '../domain/reason.js';
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

interface Asker extends Means {
  readonly tell: (news: News) => void;
}

/** The page's one link to the register: started by the first banner, ended after the last one has left. */
export class RegisterLink {
  readonly #loader: typeof loadRegister;
  #loaded: Promise<Loaded> | undefined;
  #asked = 0;
  #banners = 0;
  readonly #askers = new Map<string, Asker>();
  readonly #page: PageSide = {
    tell: (asker, news) => this.#askers.get(asker)?.tell(news),
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
      this.#loaded = undefined;
    }, lingers);
  }

  /**
   * The news of one question, completed by whoever leaves. A register that cannot be loaded is unreachable; one that
   * says nothing for longer than the whole check may take, its own deadline missed, has timed out.
   */
  ask(question: Question, means: Means): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      let asked: Loaded | undefined;
      let expected: 'reply' | 'visits' | undefined = 'reply';
      const tell = (news: News): void => {
        if (news.kind === 'reply' || news.kind === 'visits') {
          const more = news.kind === 'reply' && visitsFollow(news.reply, question.open.registerApi);
          expected = more ? 'visits' : undefined;
        }
        subscriber.next(news);
      };
      const fail = (reason: ReplyReason): void => {
        const { nhsNumber } = question.open;
        if (expected === 'reply')
          tell({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft: asked !== undefined } });
        else if (expected === 'visits') tell({ kind: 'visits', visits: { kind: 'failed' } });
      };
      const late = setTimeout(
        () => {
          fail('timed-out');
        },
        question.timeout * 1000 + grace,
      );
      this.#askers.set(asker, { ...means, tell });
      this.#load(means.workerUrl).then(
        (loaded) => {
          if (subscriber.closed) return;
          asked = loaded;
          loaded.service.ask(asker, question, {
            token: means.token !== undefined,
            storageKey: means.storageKey !== undefined,
          });
        },
        () => {
          fail('unreachable');
        },
      );
      return () => {
        clearTimeout(late);
        this.#askers.delete(asker);
        asked?.service.leave(asker);
      };
    });
  }

  /** An encounter has arrived for the open of that TraceID. */
  adopt(traceId: string, open: PatientOpen): void {
    this.#whenLoaded(({ service }) => {
      service.adopt(traceId, open);
    });
  }

  /** Forgets every answer and drops everything under way; `stored`: what is stored too. */
  forget(stored: boolean): void {
    this.#whenLoaded(({ service }) => {
      service.forget(stored);
    });
  }

  /** A register that could not be loaded has nothing to forget or to end; whoever asked it has been told. */
  #whenLoaded(use: (loaded: Loaded) => void): void {
    this.#loaded?.then(use, () => undefined);
  }

  #load(workerUrl: string): Promise<Loaded> {
    this.#loaded ??= this.#loader(workerUrl, this.#page).catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }
}
