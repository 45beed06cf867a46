import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { PatientSession, type SessionHost } from '../session/patient-session.js';

/** Ties a session to its element's life in the document. Moving the element is no new open. */
export class SessionController implements ReactiveController {
  readonly session: PatientSession;
  #isHere = false;
  #connected = false;

  constructor(element: ReactiveControllerHost, host: SessionHost) {
    this.session = new PatientSession(host);
    element.addController(this);
  }

  hostConnected(): void {
    this.#isHere = true;
    if (this.#connected) this.session.viewChanged();
    else this.session.connect();
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#isHere = false;
    setTimeout(() => {
      if (this.#isHere || !this.#connected) return;
      this.#connected = false;
      this.session.disconnect();
    });
  }
}
