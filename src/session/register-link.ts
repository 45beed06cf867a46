import { Observable } from 'rxjs';

import type { News, Question, RegisterService, TokenSource } from '../contract/register-service.js';
import type { ReplyReason } from '../domain/reason.js';

interface WorkerModule {
  createRegisterService(): RegisterService;
}

/** How long the register's own deadline has to speak first, in milliseconds. */
const grace = 500;

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

  /**
   * The news of one question, completed by whoever leaves. A register that cannot be loaded is unreachable; one that
   * says nothing for longer than the whole check may take, its own deadline missed, has timed out.
   */
  ask(question: Question, token: TokenSource | undefined, workerUrl: string): Observable<News> {
    return new Observable<News>((subscriber) => {
      const asker = `page ${++this.#asked}`;
      let asked: RegisterService | undefined;
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
      this.#load(workerUrl).then(
        (service) => {
          if (subscriber.closed) return;
          asked = service;
          service.ask(asker, question, tell, token);
        },
        () => {
          fail('unreachable');
        },
      );
      return () => {
        clearTimeout(late);
        asked?.leave(asker);
      };
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
