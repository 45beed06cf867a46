import { install, type Clock } from '@sinonjs/fake-timers';

import type { PageSide, RegisterService } from '../../../src/contract/register-service.js';
import { page } from '../../../src/session/page.js';
import { RegisterLink } from '../../../src/session/register-link.js';
import type { Loaded } from '../../../src/session/worker-ladder.js';
import { Checks } from '../../../src/worker/checks.js';
import type { VirtualRegister } from './virtual-register.js';

const start = Date.parse('2026-08-09T12:00:00Z');
const realImmediate = setImmediate;

/**
 * What a browser gives the session: a document, a window, and a clock, which is virtual. Everything of the tag's
 * between the element and the network is the real code.
 */
export class VirtualPage {
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  readonly #clock: Clock;
  readonly #kept: Readonly<Record<string, unknown>>;
  readonly #keptRandom = Math.random;
  #random: () => number = () => 0;

  constructor() {
    this.#clock = install({
      now: start,
      toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    });
    const given = {
      document: this.document,
      addEventListener: this.window.addEventListener.bind(this.window),
      fetch: undefined,
    };
    this.#kept = Object.fromEntries(Object.keys(given).map((name) => [name, Reflect.get(globalThis, name) as unknown]));
    Object.assign(globalThis, given);
  }

  /** A newly loaded page, with this register. */
  load(register: VirtualRegister, random: () => number): void {
    this.#random = random;
    Math.random = random;
    Object.assign(globalThis, { fetch: register.fetch });
    this.show(true);
    page.book.forget();
    page.link = new RegisterLink((_, pageSide) => this.#startWorker(pageSide));
  }

  show(visible: boolean): void {
    this.document.visibilityState = visible ? 'visible' : 'hidden';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Puts the computer's clock forward or back, and nothing else. */
  jump(milliseconds: number): void {
    this.#clock.setSystemTime(Date.now() + milliseconds);
  }

  /** Lets this much time pass, at least until the host's task is over, with everything that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const passed = { over: false };
    setTimeout(() => {
      passed.over = true;
    }, milliseconds + 2);
    await promises();
    while (!passed.over) {
      this.#clock.next();
      await promises();
    }
  }

  close(): void {
    this.#clock.uninstall();
    Math.random = this.#keptRandom;
    Object.assign(globalThis, this.#kept);
  }

  /**
   * The register's side as if on a thread of its own. Every message is cloned and takes some time, messages keep their
   * order, and one may come twice. Now and then it does not start at all.
   */
  #startWorker(pageSide: PageSide): Promise<Loaded> {
    const random = this.#random;
    if (random() < 0.03) return Promise.reject(new Error('the worker did not start'));
    let ended = false;
    const wire = () => {
      let free = 0;
      return (deliver: () => void): void => {
        free = Math.max(free, performance.now() + random() * random() * 40);
        setTimeout(() => {
          if (!ended) deliver();
        }, free - performance.now());
      };
    };
    const toPage = wire();
    const toWorker = wire();
    const late = <T>(wait: (deliver: () => void) => void, call: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        wait(() => {
          call().then(resolve, reject);
        });
      });
    const copied = async <T>(answer: Promise<T>): Promise<T> => {
      const copy = structuredClone(await answer);
      return late(toPage, () => Promise.resolve(copy));
    };
    const real = new Checks({
      here: () => late(toPage, () => pageSide.here()),
      token: (asker) => late(toPage, () => pageSide.token(asker)),
      storageKey: (asker) => pageSide.storageKey(asker),
    });
    const service: RegisterService = {
      ready: () => real.ready(),
      rehearse: () => real.rehearse(),
      ask: (asker, question, gives) => {
        const copy = structuredClone(question);
        return copied(late(toWorker, () => real.ask(asker, copy, gives)));
      },
      more: (asker) => copied(late(toWorker, () => real.more(asker))),
      leave: (asker) => late(toWorker, () => real.leave(asker)),
      adopt: (traceId, open) => late(toWorker, () => real.adopt(traceId, open)),
      forget: (stored) => late(toWorker, () => real.forget(stored)),
    };
    const end = (): void => {
      void real.forget(false);
      ended = true;
    };
    return Promise.resolve({ service, rung: 'worker', file: '', end });
  }
}

/** What happens without any time passing. */
export const promises = (): Promise<void> =>
  new Promise((resolve) => {
    realImmediate(resolve);
  });
