import type { ReactiveController, ReactiveControllerHost } from 'lit';

const shownFor = 60_000;

/** Details of a discreet banner go away again: after 60 seconds, or when the window loses focus. */
export class VeilController implements ReactiveController {
  readonly #veil: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, veil: () => void) {
    this.#veil = veil;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('blur', this.#veil);
  }

  hostDisconnected(): void {
    removeEventListener('blur', this.#veil);
    clearTimeout(this.#timer);
  }

  revealed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#veil, shownFor);
  }
}
