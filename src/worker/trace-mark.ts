import type { Trace } from './tab-messages.js';

/**
 * A lock name that records the TraceID under which an open has been asked about. A lock lasts as long as its tab, even
 * when the tab hangs or is frozen and cannot answer. `open`: the open's name among the tabs.
 */
export const markOf = (open: string, { traceId, openedAt, hasEncounter }: Trace): string =>
  [open, traceId, openedAt, hasEncounter ? 'encounter' : 'none'].join(' ');

/** What a lock's name says about that open. Any script of the origin can hold a lock of any name. */
export function traceIn(lock: string, open: string): Trace | undefined {
  if (!lock.startsWith(`${open} `)) return undefined;
  const [traceId, openedAt, encounter] = lock.slice(open.length + 1).split(' ');
  if (traceId === undefined || !/^[\da-f-]{36}$/.test(traceId) || !Number.isFinite(Number(openedAt ?? NaN)))
    return undefined;
  return { traceId, openedAt: Number(openedAt), hasEncounter: encounter === 'encounter' };
}
