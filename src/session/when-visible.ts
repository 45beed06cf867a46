const isVisible = (): boolean =>
  document.visibilityState === 'visible' && !(document as Document & { prerendering?: boolean }).prerendering;

const events = ['visibilitychange', 'prerenderingchange'];

/** Does something once, when the document is first seen: at once when it is. A hidden tab makes no access. */
export function whenVisible(then: () => void, signal: AbortSignal): void {
  if (isVisible()) {
    then();
    return;
  }
  // Removed by hand: some versions of zone.js do not heed a listener's own signal.
  const stop = (): void => {
    for (const event of events) document.removeEventListener(event, look);
  };
  const look = (): void => {
    if (!isVisible()) return;
    stop();
    then();
  };
  for (const event of events) document.addEventListener(event, look);
  signal.addEventListener('abort', stop);
}
