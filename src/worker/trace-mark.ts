import type { Trace } from './tab-messages.js';

/**
 * The name of a lock that says under which TraceID an open has been asked about. Locks are there for as long as their
 * tab, also when that hangs or is frozen and answers nobody. `open`: how the open goes among the tabs.
 */
export const markOf = (open: string, { traceId, openedAt, hasEncounter }: Trace): string =>
  [open, traceId, openedAt, hasEncounter ? 'encounter' : 'none'].join(' ');

/** What a lock's name says of that open. Any script of the origin can hold locks of any name. */
export function traceIn(lock: string, open: string): Trace | undefined {
  if (!lock.startsWith(`${open} `)) return undefined;
  const [traceId, openedAt, encounter] = lock.slice(open.length + 1).split(' ');
  if (traceId === undefined || !/^[\da-f-]{36}$/.test(traceId) || !Number.isFinite(Number(openedAt ?? NaN)))
    return undefined;
  return { traceId, openedAt: Number(openedAt), hasEncounter: encounter === 'encounter' };
}
