import { idle, type BannerState } from '../domain/banner-state.js';
import { handedOver } from './frame.js';

/** Visits take longer to draw than the status: any that come before it is on the screen wait until it is. */
export class StatusFirst {
  /** The state to show. */
  state: BannerState = idle;
  #fed: BannerState = idle;
  #frame: Promise<void> | undefined;
  readonly #changed: () => void;
  readonly #shown: () => void;

  /** `changed`: there is something new to show; `shown`: what waited for a frame is now shown. */
  constructor(changed: () => void, shown: () => void) {
    this.#changed = changed;
    this.#shown = shown;
  }

  feed(state: BannerState): void {
    this.#fed = state;
    const onlyVisits = 'reply' in state && 'reply' in this.state && state.reply === this.state.reply;
    if (!onlyVisits || this.#frame === undefined) this.#take();
  }

  /** A status has been drawn, but is not on the screen yet. */
  drawn(): void {
    const frame = handedOver();
    this.#frame = frame;
    void frame.then(() => {
      // The frame of an earlier answer does not count.
      if (this.#frame !== frame) return;
      this.#frame = undefined;
      this.#take();
      this.#shown();
    });
  }

  #take(): void {
    if (this.state === this.#fed) return;
    this.state = this.#fed;
    this.#changed();
  }
}
