import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Instant } from '../domain/calendar.js';

const minute = 60_000;

/** Tells its host, while in the document, when `now` reaches a new minute: lines and plan phases change with it. */
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
      // A clock that tells no time is still looked at each minute.
      minute - (this.#now() % minute || 0),
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
