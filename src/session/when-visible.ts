import { Observable } from 'rxjs';

const isVisible = (): boolean =>
  document.visibilityState === 'visible' && !(document as Document & { prerendering?: boolean }).prerendering;

const events = ['visibilitychange', 'prerenderingchange'];

/** Emits once, when the document is first seen: at once when it is. A hidden tab makes no access. */
export const whenVisible = (): Observable<void> =>
  new Observable((subscriber) => {
    const look = (): void => {
      if (!isVisible()) return;
      subscriber.next();
      subscriber.complete();
    };
    look();
    if (subscriber.closed) return;
    for (const event of events) document.addEventListener(event, look);
    return () => {
      for (const event of events) document.removeEventListener(event, look);
    };
  });
