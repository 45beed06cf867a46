import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** After how long the reader is told that a check is still going on, in milliseconds. */
const longFrom = 3000;

/** Tracks whether the check under way is taking long, and redraws once it is. */
export class LongCheck implements ReactiveController {
  isLong = false;
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: number | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** `question`: the one being asked; `undefined` when there is none. */
  follow(question: number | undefined): void {
    if (question === this.#question) return;
    this.hostDisconnected();
    this.#question = question;
    if (question === undefined) return;
    this.#timer = setTimeout(() => {
      this.isLong = true;
      this.#host.requestUpdate();
    }, longFrom);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.isLong = false;
    this.#question = undefined;
  }
}
