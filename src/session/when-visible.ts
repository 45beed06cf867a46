import { Observable } from 'rxjs';

import { ofDocument } from './document.js';

const isVisible = (document: Document): boolean =>
  ofDocument(document, 'visibilityState') === 'visible' && ofDocument(document, 'prerendering') !== true;

const events = ['visibilitychange', 'prerenderingchange'];

/** Emits once, when the document is first visible, which may be at once. A hidden tab makes no access. */
export const whenVisible = (document: Document): Observable<void> =>
  new Observable((subscriber) => {
    const look = (): void => {
      if (!isVisible(document)) return;
      subscriber.next();
      subscriber.complete();
    };
    look();
    if (subscriber.closed) return;
    for (const event of events) EventTarget.prototype.addEventListener.call(document, event, look);
    return () => {
      for (const event of events) EventTarget.prototype.removeEventListener.call(document, event, look);
    };
  });
