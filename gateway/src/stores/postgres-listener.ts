import pg from 'pg';

export type Listener = ReturnType<typeof createListener>;

/** Listens to a PostgreSQL channel, and reconnects when the connection is lost. Messages sent meanwhile are missed. */
export function createListener(connectionString: string, channel: string, report: (event: string) => void) {
  const listeners: ((text: string) => void)[] = [];
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;
  const later = (): void => {
    clearTimeout(again);
    if (!stopped) again = setTimeout(() => void start().catch(later), 1000);
  };
  const start = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, connectionTimeoutMillis: 2000, keepAlive: true });
    next.on('notification', ({ payload }) => {
      for (const listener of listeners) listener(payload ?? '');
    });
    next.on('error', () => report('store-connection-lost'));
    next.on('end', later);
    client = next;
    await next.connect();
    await next.query(`listen ${channel}`);
  };
  return {
    start,
    hear: (listener: (text: string) => void): void => void listeners.push(listener),
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(again);
      await client?.end();
    },
  };
}
