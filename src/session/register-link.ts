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
  #loading: Promise<Loaded> | undefined;
  /** The same once it is there: a question need not wait for a promise then. */
  #loaded: Loaded | undefined;
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
    this.#load(workerUrl);
  }

  /** A banner has gone. */
  part(): void {
    this.#banners--;
    setTimeout(() => {
      if (this.#banners > 0) return;
      this.#whenLoaded(({ end }) => {
        end();
      });
      this.#loading = this.#loaded = undefined;
    }, lingers);
  }

  /**
   * Tells the news of one question, until `signal` is aborted. A register that cannot be loaded is unreachable; one that
   * says nothing for longer than the whole check may take, its own deadline missed, has timed out.
   */
  ask(question: Question, means: Means, tell: (news: News) => void, signal: AbortSignal): void {
    const asker = `page ${++this.#asked}`;
    let asked: Loaded | undefined;
    let expected: 'reply' | 'visits' | undefined = 'reply';
    const hear = (news: News): void => {
      if (news.kind === 'reply' || news.kind === 'visits') {
        const more = news.kind === 'reply' && visitsFollow(news.reply, question.open.registerApi);
        expected = more ? 'visits' : undefined;
      }
      tell(news);
    };
    const fail = (reason: ReplyReason): void => {
      const { nhsNumber } = question.open;
      if (expected === 'reply')
        hear({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft: asked !== undefined } });
      else if (expected === 'visits') hear({ kind: 'visits', visits: { kind: 'failed' } });
    };
    const late = setTimeout(
      () => {
        fail('timed-out');
      },
      question.timeout * 1000 + grace,
    );
    signal.addEventListener('abort', () => {
      clearTimeout(late);
      this.#askers.delete(asker);
      asked?.service.leave(asker);
    });
    this.#askers.set(asker, { ...means, tell: hear });
    this.#load(means.workerUrl);
    this.#whenLoaded(
      (loaded) => {
        if (signal.aborted) return;
        asked = loaded;
        loaded.service.ask(asker, question, {
          token: means.token !== undefined,
          storageKey: means.storageKey !== undefined,
        });
      },
      () => {
        if (!signal.aborted) fail('unreachable');
      },
    );
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

  /** In the order of the calls. A register that could not be loaded has nothing to forget or to end. */
  #whenLoaded(use: (loaded: Loaded) => void, failed: () => void = () => undefined): void {
    if (this.#loaded === undefined) this.#loading?.then(use, failed);
    else use(this.#loaded);
  }

  #load(workerUrl: string): void {
    if (this.#loading !== undefined) return;
    const loading = (this.#loading = this.#loader(workerUrl, this.#page));
    // The first to hear of it, so that nobody who asks later overtakes one who asked before.
    loading.then(
      (loaded) => {
        if (this.#loading === loading) this.#loaded = loaded;
      },
      () => {
        if (this.#loading === loading) this.#loading = undefined;
      },
    );
  }
}
