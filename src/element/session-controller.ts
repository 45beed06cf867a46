import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { PatientSession, type SessionHost } from '../session/patient-session.js';

/** Ties a session to its element's life in the document. Moving the element is no new open. */
export class SessionController implements ReactiveController {
  readonly #element: ReactiveControllerHost & { readonly isConnected: boolean };
  readonly session: PatientSession;
  #connected = false;

  constructor(element: ReactiveControllerHost & { readonly isConnected: boolean }, host: SessionHost) {
    this.#element = element;
    this.session = new PatientSession(host);
    element.addController(this);
  }

  hostConnected(): void {
    if (this.#connected) this.session.viewChanged();
    else this.session.connect();
    this.#connected = true;
  }

  hostDisconnected(): void {
    setTimeout(() => {
      if (this.#element.isConnected || !this.#connected) return;
      this.#connected = false;
      this.session.disconnect();
    });
  }
}
