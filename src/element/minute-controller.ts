import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Instant } from '../domain/calendar.js';

const minute = 60_000;

/** Tells its host when the minute turns by `now`, while it is in the document: lines and plan phases turn over on the minute. */
export class MinuteController implements ReactiveController {
  readonly #now: () => Instant;
  readonly #turned: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, now: () => Instant, turned: () => void) {
    this.#now = now;
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
      minute - (this.#now() % minute || 0),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
