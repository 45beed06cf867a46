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
    this.#timer = setTimeout(() => {
      // Whatever the host's handling of one minute does, the next one is waited for.
      this.hostConnected();
      this.#turned();
    }, this.#untilNext());
  }

  /** In milliseconds. A clock that tells no time is still looked at each minute. */
  #untilNext(): number {
    try {
      return minute - (this.#now() % minute || 0);
    } catch {
      return minute;
    }
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
