import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';

import { partsOf } from '../asked.js';
import { createGateway, type Gateway } from '../gateway/gateway.js';
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
  /** Lets the requests under way finish, within the configured time, and then closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the gateway and its operator's port. `page` serves what is not the gateway's own: a demo's pages.
 * @throws when a port is taken or the store does not answer; the error does not repeat the store's address
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
      partsOf(request.url)[0].startsWith(`${basePath}/`) ? gateway.fetch(request) : pages.fetch(request),
  };
  const open: Server[] = [];
  try {
    open.push(await listen(site, host, configuration.port, gateway.answers));
    open.push(await listen(operations(gateway, metrics), host, configuration.opsPort));
  } catch (error) {
    for (const server of open) server.close();
    await gateway.close();
    throw error;
  }
  logs.event('started');
  if (configuration.publicUrl.startsWith('http:')) logs.event('plain-http-for-localhost-alone', 'warn');
  void gateway.notReady().then((waitsFor) => {
    for (const one of waitsFor)
      logs.event(`not-ready-${one.what}`, 'warn', one.what === 'issuer' ? one.address : undefined);
  });
  const [port = 0, opsPort = 0] = open.map((server) => (server.address() as AddressInfo).port);
  return {
    port,
    opsPort,
    stop: async () => {
      logs.event('draining');
      const late = setTimeout(() => open[0]?.closeAllConnections(), drainMs);
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

/** @param answers handles requests without the cost of a `Request` and a `Response` */
const listen = (site: Site, hostname: string, port: number, answers?: Gateway['answers']): Promise<Server> =>
  new Promise((resolve, reject) => {
    const others = getRequestListener(site.fetch);
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (incoming, outgoing) => {
      if (answers?.(incoming, outgoing) !== true) void others(incoming, outgoing);
    });
    server.on('error', reject);
    server.listen(port, hostname, () => resolve(server));
  });

/** Finishes each answer that was begun, and closes idle connections. */
const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
