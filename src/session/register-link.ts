import { Observable } from 'rxjs';

import type { News, PageSide, Question, Rehearsal } from '../contract/register-service.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { AskedQuestion, type HostGives } from './asked-question.js';
import { RegisterSide } from './register-side.js';
import { loadRegister, type Loaded } from './worker-ladder.js';

/** How long the register's side outlives the page's last banner, in milliseconds: it may only be moving. */
const lingers = 1000;

/** The page's one link to the register: started by the first banner, ended after the last has left. */
export class RegisterLink {
  readonly #side: RegisterSide;
  #asked = 0;
  #banners = 0;
  readonly #askers = new Map<string, HostGives>();

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

  /** A banner has arrived: the register's code is loaded, so that its first open need not wait. */
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

  /** The news of one question; completes after the last. */
  ask(question: Question, host: HostGives): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      this.#askers.set(asker, host);
      const asked = new AskedQuestion(this.#side, asker, question, host, subscriber);
      return () => {
        asked.leave();
        this.#askers.delete(asker);
      };
    });
  }

  /** An encounter has arrived for the open with this TraceID. */
  adopt(traceId: string, open: PatientOpen): void {
    this.#whenLoaded(({ service }) => service.adopt(traceId, open));
  }

  /** Forgets every answer and drops everything under way; with `stored`, empties storage too. */
  forget(stored: boolean): void {
    this.#whenLoaded(({ service }) => service.forget(stored));
  }

  /** What the register's side reads from an invented body. Rejects when it has not been loaded. */
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
