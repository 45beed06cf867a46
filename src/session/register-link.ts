import { Observable } from 'rxjs';

import type { News, Question, RegisterService, TokenSource } from '../contract/register-service.js';

interface WorkerModule {
  createRegisterService(): RegisterService;
}

/** The worker file's fixed name, beside the script. */
const besideTheScript = (): string => new URL(/* @vite-ignore */ './cp-is-banner.worker.js', import.meta.url).href;

/** The page's one link to the register. For now it runs in the page, by importing the worker's own file. */
export class RegisterLink {
  #service: Promise<RegisterService> | undefined;
  #asked = 0;

  /** Starts loading the register's code, so that the first open need not wait for it. */
  warm(workerUrl: string): void {
    this.#load(workerUrl).catch(() => undefined);
  }

  /** The news of one question, completed by whoever leaves. A register that cannot be loaded is unreachable. */
  ask(question: Question, token: TokenSource | undefined, workerUrl: string): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      let loaded: RegisterService | undefined;
      this.#load(workerUrl).then(
        (service) => {
          if (subscriber.closed) return;
          loaded = service;
          service.ask(
            asker,
            question,
            (news) => {
              subscriber.next(news);
            },
            token,
          );
        },
        () => {
          const { nhsNumber } = question.open;
          subscriber.next({
            kind: 'reply',
            reply: { kind: 'failed', nhsNumber, reason: 'unreachable', mayHaveLeft: false },
          });
        },
      );
      return () => loaded?.leave(asker);
    });
  }

  /** Forgets every answer and drops everything under way. */
  forget(): void {
    void this.#service?.then((service) => {
      service.forget();
    });
  }

  #load(workerUrl: string): Promise<RegisterService> {
    this.#service ??= this.#import(workerUrl);
    return this.#service;
  }

  async #import(workerUrl: string): Promise<RegisterService> {
    try {
      const address = workerUrl === '' ? besideTheScript() : new URL(workerUrl, document.baseURI).href;
      const module = (await import(/* @vite-ignore */ address)) as WorkerModule;
      return module.createRegisterService();
    } catch (error) {
      this.#service = undefined;
      throw error;
    }
  }
}
