/** How often it looks, in milliseconds. */
const step = 500;
/** How much longer than a check may take it waits: the check's own deadline is to speak first. */
const grace = 1000;

/**
 * Rings when somebody is open and the screen has said nothing but "checking", in sight, for longer than a whole check may
 * take, whatever went wrong on the way (safety rule 8). It asks the screen, and nothing else calms it.
 */
export class Watchdog {
  readonly #isWaiting: () => boolean;
  readonly #isSeen: () => boolean;
  readonly #ring: () => void;
  #looking: ReturnType<typeof setInterval> | undefined;
  #waited = 0;

  constructor(isWaiting: () => boolean, isSeen: () => boolean, ring: () => void) {
    this.#isWaiting = isWaiting;
    this.#isSeen = isSeen;
    this.#ring = ring;
  }

  /** A new question, which may take so many seconds. */
  begin(timeout: () => number): void {
    this.#waited = 0;
    try {
      this.#looking ??= setInterval(() => {
        this.#look(timeout());
      }, step);
    } catch {
      // Where nothing can be watched, nothing is held up either.
    }
  }

  #look(timeout: number): void {
    if (!this.#isWaiting()) {
      this.end();
      return;
    }
    // What nobody sees asks nobody, and begins when it is seen.
    this.#waited = this.#isSeen() ? this.#waited + step : 0;
    if (this.#waited > timeout * 1000 + grace) this.#ring();
  }

  end(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}
