/** How often it looks, in milliseconds. */
const step = 500;
/** How much longer it waits than a check may take, in milliseconds: the check's own deadline comes first. */
const grace = 1000;

/**
 * Rings when somebody is open and the screen, in view, has said nothing but "checking" for longer than a whole check
 * may take, whatever went wrong (safety rule 8). It looks at the screen itself, and trusts nothing else.
 */
export class Watchdog {
  readonly #timeout: () => number;
  readonly #isWaiting: () => boolean;
  readonly #isSeen: () => boolean;
  readonly #ring: () => void;
  #looking: ReturnType<typeof setInterval> | undefined;
  #waited = 0;

  /** `timeout`: the seconds that a check may take. */
  constructor(timeout: () => number, isWaiting: () => boolean, isSeen: () => boolean, ring: () => void) {
    this.#timeout = timeout;
    this.#isWaiting = isWaiting;
    this.#isSeen = isSeen;
    this.#ring = ring;
  }

  /** A new question. */
  begin(): void {
    this.#waited = 0;
    try {
      this.#looking ??= setInterval(() => this.#look(), step);
    } catch {
      // Without a timer nothing is watched, but nothing is held up either.
    }
  }

  #look(): void {
    if (!this.#isWaiting()) {
      this.end();
      return;
    }
    // A hidden banner asks nothing, so its wait begins when it is seen.
    this.#waited = this.#isSeen() ? this.#waited + step : 0;
    if (this.#waited > this.#timeout() * 1000 + grace) this.#ring();
  }

  end(): void {
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}
