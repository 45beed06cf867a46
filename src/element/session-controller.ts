import type { ReactiveController } from 'lit';

import { pageUrl } from '../session/document.js';
import { PatientSession, type SessionHost } from '../session/patient-session.js';
import { contextOf, freshForOf, textOf, timeoutOf } from './host-context.js';
import type { HostProperties } from './host-properties.js';

/** Ties a session to its element's properties and life in the document. Moving the element makes no new open. */
export class SessionController implements ReactiveController {
  readonly session: PatientSession;
  #isHere = false;
  #connected = false;

  constructor(element: HostProperties, host: Pick<SessionHost, 'isConnected' | 'feed' | 'announce' | 'failed'>) {
    this.session = new PatientSession({
      ...host,
      document: () => element.ownerDocument,
      context: () => contextOf(element, pageUrl()),
      checkSettings: () => ({
        freshFor: freshForOf(element),
        timeout: timeoutOf(element),
        workerUrl: textOf(element.workerUrl),
        token: typeof element.accessToken === 'function' ? element.accessToken : undefined,
        storageKey: element.storageKey,
      }),
      dropEncounter: () => {
        element.removeAttribute('encounter');
        element.encounter = '';
      },
    });
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
