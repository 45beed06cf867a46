import { Observable } from 'rxjs';

import type { News, PageSide, Question, TokenSource } from '../contract/register-service.js';
import type { ReplyReason } from '../domain/reason.js';
import { loadRegister, type Loaded } from './worker-ladder.js';

/** How long the register's own deadline has to speak first, in milliseconds. */
const grace = 500;
/** How long the register's side outlives the page's last banner: one may only be on its way to another place. */
const lingers = 1000;

interface Asker {
  readonly tell: (news: News) => void;
  readonly token: TokenSource | undefined;
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
  ask(question: Question, token: TokenSource | undefined, workerUrl: string): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      let asked: Loaded | undefined;
      let expected: News['kind'] | undefined = 'reply';
      const tell = (news: News): void => {
        const held = news.kind === 'reply' && news.reply.kind === 'held';
        expected = held && question.open.registerApi === 'cp-is' ? 'visits' : undefined;
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
      this.#askers.set(asker, { tell, token });
      this.#load(workerUrl).then(
        (loaded) => {
          if (subscriber.closed) return;
          asked = loaded;
          loaded.service.ask(asker, question, token !== undefined);
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

  /** Forgets every answer and drops everything under way. */
  forget(): void {
    this.#whenLoaded(({ service }) => {
      service.forget();
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
