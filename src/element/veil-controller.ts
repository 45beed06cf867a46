import type { ReactiveController, ReactiveControllerHost } from 'lit';

const shownFor = 60_000;

/** Hides the details of a discreet banner again: after 60 seconds, or when the window loses focus. */
export class VeilController implements ReactiveController {
  readonly #host: Element;
  readonly #veil: () => void;
  /** The element's window, which may not be the page's. */
  #window: Window | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & Element, veil: () => void) {
    this.#host = host;
    this.#veil = veil;
    host.addController(this);
  }

  hostConnected(): void {
    this.#window = this.#host.ownerDocument.defaultView;
    this.#window?.addEventListener('blur', this.#veil);
  }

  hostDisconnected(): void {
    this.#window?.removeEventListener('blur', this.#veil);
    clearTimeout(this.#timer);
  }

  revealed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#veil, shownFor);
  }
}
