import type { PageSide } from '../contract/register-service.js';
import type { loadRegister, Loaded } from './worker-ladder.js';

/** One loading of the register's side, and who waits for what it says. */
export interface Side {
  readonly loading: Promise<Loaded>;
  loaded?: Loaded;
  /** It has told something: it ended by a bad moment, not by its nature. */
  hasServed: boolean;
  /** Called when it is found dead, hung or not to be understood. */
  readonly waiting: Set<() => void>;
}

/**
 * The one register's side that a page has at a time: loaded when it is first needed, and again when it is lost. A worker
 * that was of use is started anew; one that never was is passed over, down to the page itself.
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

  /** What there is, if it has been loaded or is being loaded. */
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
          // Tried again by whoever asks next.
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

  /** Ends it, begins the next at once, and tells all who waited for it. */
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
