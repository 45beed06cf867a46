import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import { audit } from '../audit.js';
import type { RegisterParts } from '../parts.js';
import { listNotifications } from './notifications.js';

const PAGE = 200;
/** What another process of the same register wrote is seen within this time; this process's own at once. */
const LOOK_EVERY = 1_000;
const KEEP_ALIVE_EVERY = 15_000;

/**
 * An authority's notifications as server-sent events, for as long as the reader stays.
 * @param after the last number the reader has dealt with; undefined begins with whatever is not acknowledged
 */
export const streamNotifications = (
  context: Context,
  { database, bell, now }: RegisterParts,
  code: string,
  after: number | undefined,
): Response =>
  streamSSE(context, async (stream) => {
    const doorbell = createDoorbell();
    const stopListening = bell.onRing(code, doorbell.ring);
    stream.onAbort(doorbell.ring);
    try {
      let sent = after ?? 0;
      const unacknowledged = after === undefined;
      let keptAlive = Date.now();
      await stream.write(': connected\n\n');
      while (!stream.aborted && !stream.closed) {
        const news = await listNotifications(database, code, { after: sent, unacknowledged, limit: PAGE });
        if (news.length > 0) {
          const detail = { after: sent, sent: news.length };
          await audit(database, { at: now(), actor: code, action: 'notifications', detail });
        }
        for (const notification of news) {
          await stream.writeSSE({
            id: String(notification.id),
            event: 'notification',
            data: JSON.stringify(notification),
          });
          sent = notification.id;
        }
        if (news.length === PAGE) continue;
        if (Date.now() - keptAlive >= KEEP_ALIVE_EVERY) {
          await stream.write(': still here\n\n');
          keptAlive = Date.now();
        }
        await doorbell.heard(LOOK_EVERY);
      }
    } finally {
      stopListening();
    }
  });

/** Waits for a ring, one during the work included, but not for ever. */
const createDoorbell = () => {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    heard: async (within: number) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, within);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      rung = false;
    },
  };
};
