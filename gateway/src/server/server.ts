import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';

import { createGateway } from '../gateway/gateway.js';
import { createMemoryStore } from '../stores/memory-store.js';
import { createPostgresStore } from '../stores/postgres-store.js';
import { createRedisStore } from '../stores/redis-store.js';
import type { Store } from '../stores/store.js';
import type { Configuration } from './configuration.js';
import { createLogs } from './log.js';
import { allOf, createMetrics } from './metrics.js';
import { operations } from './ops.js';
import { startTraces } from './traces.js';

export interface Running {
  readonly port: number;
  readonly opsPort: number;
  /** Lets what is under way be done, at most for the time configured; then everything is closed. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway and its operator's port. `page` serves what is not the gateway's own: a demo's pages.
 * @throws when a port is taken or the store does not answer; the error repeats no address of the store
 */
export async function startServer(configuration: Configuration, page?: Hono, to?: DestinationStream): Promise<Running> {
  const { logLevel, auditFile, tracesTo, limitPerMinute, basePath, host, drainMs } = configuration;
  const instance = randomUUID().slice(0, 8);
  const logs = createLogs({ level: logLevel, instance, auditFile, ...(to && { to }) });
  const store = await openStore(configuration.store, (event) => logs.event(event, 'warn')).catch(() => {
    throw new Error('The store does not answer: see STORE.');
  });
  const now = (): number => Date.now();
  const metrics = createMetrics(async () => Math.max(0, limitPerMinute - (await store.taken(now()))));
  const traces = tracesTo === undefined ? undefined : await startTraces(tracesTo);
  const observer = allOf(logs.observer, metrics.observer, ...(traces ? [traces.observer] : []));
  const gateway = createGateway({ ...configuration, store, observer, now });
  const pages = page ?? new Hono();
  const site: Site = {
    fetch: (request) =>
      new URL(request.url).pathname.startsWith(`${basePath}/`) ? gateway.fetch(request) : pages.fetch(request),
  };
  const open: ServerType[] = [];
  try {
    open.push(await listen(site, host, configuration.port));
    open.push(await listen(operations(gateway, metrics), host, configuration.opsPort));
  } catch (error) {
    for (const server of open) server.close();
    await gateway.close();
    throw error;
  }
  logs.event('started');
  if (configuration.publicUrl.startsWith('http:')) logs.event('plain-http-for-localhost-alone', 'warn');
  void gateway.notReady().then((waitsFor) => {
    for (const what of waitsFor) logs.event(`not-ready-${what}`, 'warn');
  });
  const [port = 0, opsPort = 0] = open.map((server) => (server.address() as AddressInfo).port);
  return {
    port,
    opsPort,
    stop: async () => {
      logs.event('draining');
      const late = setTimeout(() => cut(open[0]!), drainMs);
      await Promise.race([gateway.drain(), new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      await Promise.all(open.map((server) => closed(server)));
      clearTimeout(late);
      await gateway.close();
      await traces?.stop().catch(() => undefined);
      logs.event('stopped');
    },
  };
}

interface Site {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

const openStore = (address: string, report: (event: string) => void): Promise<Store> => {
  if (address === 'memory') return Promise.resolve(createMemoryStore());
  return address.startsWith('redis') ? createRedisStore(address, report) : createPostgresStore(address, report);
};

const listen = (site: Site, hostname: string, port: number): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve(
      { fetch: site.fetch, hostname, port, serverOptions: { requestTimeout: 30_000, headersTimeout: 15_000 } },
      () => resolve(server),
    );
    server.on('error', reject);
  });

/** Each answer that was begun is finished first; lines on which nothing is asked are closed. */
const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if (server instanceof Server) server.closeIdleConnections();
  });

const cut = (server: ServerType): void => {
  if (server instanceof Server) server.closeAllConnections();
};
