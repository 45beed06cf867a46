import { setImmediate as nextTurn } from 'node:timers/promises';

import { audit } from '../audit.js';
import type { RegisterParts } from '../parts.js';
import { listNotifications, type Wanted } from './notifications.js';

/** A notification as a stream sends it. */
export interface Frame {
  id: number;
  text: string;
}

interface Gathered {
  streams: number;
  frames: Promise<readonly Frame[]>;
}

export type Look = (code: string, wanted: Wanted) => Promise<readonly Frame[]>;

/**
 * Looks into inboxes for streams. Streams that ask for the same inbox in one turn, as when one ring wakes them all,
 * share one query and one audit row. No stream is given a look that began before it asked.
 */
export const createLook = ({ database, now }: Pick<RegisterParts, 'database' | 'now'>): Look => {
  const gathering = new Map<string, Gathered>();

  const look = async (code: string, wanted: Wanted, streams: () => number): Promise<readonly Frame[]> => {
    const news = await listNotifications(database, code, wanted);
    if (news.length === 0) return [];
    const detail = { after: wanted.after, sent: news.length, streams: streams() };
    await audit(database, { at: now(), actor: code, action: 'notifications', detail });
    return news.map((notification) => ({
      id: notification.id,
      text: `event: notification\ndata: ${JSON.stringify(notification)}\nid: ${notification.id}\n\n`,
    }));
  };

  return (code, wanted) => {
    const key = JSON.stringify([code, wanted]);
    const joined = gathering.get(key);
    if (joined !== undefined) {
      joined.streams += 1;
      return joined.frames;
    }
    const begun: Gathered = {
      streams: 1,
      frames: nextTurn().then(() => {
        gathering.delete(key);
        return look(code, wanted, () => begun.streams);
      }),
    };
    begun.frames.catch((error: unknown) => console.error(`Register fault: ${(error as Error).name}`));
    gathering.set(key, begun);
    return begun.frames;
  };
};
