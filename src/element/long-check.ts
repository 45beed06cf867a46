import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** From when on a reader is told that a check still goes on, in milliseconds. */
const longFrom = 3000;

/** Knows whether the check under way has gone on for long, and draws again when it has. */
export class LongCheck implements ReactiveController {
  isLong = false;
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: number | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** `question`: the one that is being asked; `undefined` when none is. */
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
