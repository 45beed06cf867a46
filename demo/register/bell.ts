import type { Database } from './database/database.js';

/**
 * Tells streams that an authority's inbox has changed, whichever process changed it. This is only a hint: the inbox is
 * the truth.
 */
export interface Bell {
  /** @returns stops listening */
  onRing: (code: string, heard: () => void) => () => void;
}

/**
 * `notify` announces on this channel, inside the transaction that writes the notification. It is heard once that is
 * committed.
 */
export const inboxChannel = 'register_inbox';

/**
 * A ring can be lost with its connection, so all inboxes' numbers are checked this often, by one query for all streams.
 */
const LOOK_EVERY = 15_000;

export const createBell = (database: Database): Bell => {
  const listeners = new Map<string, Set<() => void>>();
  let stop: (() => void) | undefined;

  const ring = (code: string) => listeners.get(code)?.forEach((heard) => heard());
  const ringAll = () => [...listeners.keys()].forEach(ring);

  const listen = () => {
    let known: ReadonlyMap<string, number> | undefined;
    const look = async () => {
      const inboxes = await database.query<{ code: string; notified: number }>(
        'select code, notified::float8 from local_authority',
      );
      for (const { code, notified } of inboxes) if (known !== undefined && known.get(code) !== notified) ring(code);
      known = new Map(inboxes.map(({ code, notified }) => [code, notified]));
    };
    // If one look fails, the next one will do.
    const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY);
    const stopHearing = database.listen(inboxChannel, (code) => (code === '' ? ringAll() : ring(code)));
    return () => {
      clearInterval(timer);
      stopHearing();
    };
  };

  return {
    onRing: (code, heard) => {
      const own = listeners.get(code) ?? new Set();
      listeners.set(code, own.add(heard));
      stop ??= listen();
      return () => {
        // A second call must not remove those who have begun to listen since.
        if (!own.delete(heard) || own.size > 0) return;
        listeners.delete(code);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
};
