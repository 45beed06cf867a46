import type { PageSide } from '../contract/register-service.js';
import type { loadRegister, Loaded } from './worker-ladder.js';

/** One loading of the register's side, and the questions that wait for it. */
export interface Side {
  readonly loading: Promise<Loaded>;
  loaded?: Loaded;
  /** It has delivered news, so if it is lost its file may be tried again. */
  hasServed: boolean;
  /** Called when it is dead, hung or unintelligible. */
  readonly waiting: Set<() => void>;
}

/**
 * A page's register side, one at a time: loaded when first needed, and again when lost. A worker that has delivered
 * news is restarted; one that never did is passed over, in the end for the page itself.
 */
export class RegisterSide {
  readonly #loader: typeof loadRegister;
  readonly #page: PageSide;
  readonly #spent = new Set<string>();
  #side: Side | undefined;

  constructor(loader: typeof loadRegister, page: PageSide) {
    this.#loader = loader;
    this.#page = page;
  }

  /** The current side, if loaded or loading. */
  get present(): Promise<Loaded> | undefined {
    return this.#side?.loading;
  }

  load(workerUrl: string): Side {
    if (this.#side !== undefined) return this.#side;
    const fate = {
      spent: this.#spent,
      lost: () => {
        this.lose(side, workerUrl);
      },
    };
    const side: Side = {
      loading: this.#loader(workerUrl, this.#page, fate).then(
        (loaded) => {
          side.loaded = loaded;
          if (this.#side !== side) loaded.end();
          return loaded;
        },
        (error: unknown) => {
          // The next question tries again.
          if (this.#side === side) this.#side = undefined;
          throw error;
        },
      ),
      hasServed: false,
      waiting: new Set(),
    };
    side.loading.catch(() => undefined);
    return (this.#side = side);
  }

  /** Ends this side, starts the next at once, and tells every question that was waiting. */
  lose(side: Side, workerUrl: string): void {
    if (this.#side === side) {
      this.#side = undefined;
      const { loaded, hasServed } = side;
      if (loaded?.rung === 'worker' && !hasServed) this.#spent.add(loaded.file);
      loaded?.end();
      this.load(workerUrl);
    }
    for (const tell of side.waiting) tell();
  }

  end(): void {
    const side = this.#side;
    this.#side = undefined;
    this.#spent.clear();
    side?.loaded?.end();
  }
}
