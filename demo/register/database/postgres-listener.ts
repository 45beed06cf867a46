import pg from 'pg';

import type { Database } from './database.js';

/** The wait before each attempt to restore a lost connection. */
const AGAIN_AFTER = 1_000;

interface Listener {
  listen: Database['listen'];
  close: () => Promise<void>;
}

/** A separate connection for LISTEN. It is made when somebody first listens, and again whenever it is lost. */
export const listenOn = (url: string): Listener => {
  const channels = new Map<string, Set<(text: string) => void>>();
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  const tell = (channel: string, text: string) => channels.get(channel)?.forEach((heard) => heard(text));

  const connect = async (): Promise<void> => {
    const line = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 3_000 });
    client = line;
    line.on('notification', ({ channel, payload = '' }) => tell(channel, payload));
    line.on('error', () => undefined);
    line.once('end', () => {
      if (client !== line || closed) return;
      client = undefined;
      again = setTimeout(() => void connect(), AGAIN_AFTER);
    });
    try {
      await line.connect();
      for (const channel of channels.keys()) await line.query(`listen ${channel}`);
      for (const channel of channels.keys()) tell(channel, '');
    } catch {
      await line.end().catch(() => undefined);
    }
  };

  return {
    listen: (channel, heard) => {
      const all = channels.get(channel) ?? new Set();
      const isNew = !channels.has(channel);
      channels.set(channel, all.add(heard));
      if (client === undefined && again === undefined) void connect();
      else if (isNew) void client?.query(`listen ${channel}`).catch(() => undefined);
      return () => all.delete(heard);
    },
    close: async () => {
      closed = true;
      clearTimeout(again);
      await client?.end().catch(() => undefined);
    },
  };
};
