import type { ReactiveController, ReactiveControllerHost } from 'lit';

const minute = 60_000;

/** Tells its host when the minute turns, while it is in the document: lines and plan phases turn over on the minute. */
export class MinuteController implements ReactiveController {
  readonly #turned: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, turned: () => void) {
    this.#turned = turned;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setTimeout(
      () => {
        this.#turned();
        this.hostConnected();
      },
      // A clock that tells no time is looked at each minute all the same.
      minute - (Date.now() % minute || 0),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
