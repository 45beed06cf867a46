import { filter, fromEvent, map, merge, startWith, take, type Observable } from 'rxjs';

const isVisible = (): boolean =>
  document.visibilityState === 'visible' && !(document as Document & { prerendering?: boolean }).prerendering;

/** Emits once, when the document is first seen: at once when it is. A hidden tab makes no access. */
export const whenVisible = (): Observable<unknown> =>
  merge(fromEvent(document, 'visibilitychange'), fromEvent(document, 'prerenderingchange')).pipe(
    map(isVisible),
    startWith(isVisible()),
    filter(Boolean),
    take(1),
  );
