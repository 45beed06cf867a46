import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import type { AddressInfo } from 'node:net';

import { faults } from '../../demo/register/faults.js';
import { createRegister, openDatabase, registerPaths } from '../../demo/register/index.js';

export interface Site {
  readonly port: number;
  close(): Promise<void>;
}

/** A host's built files, and the sandbox register with its faults on the same origin. */
export async function startSite(folder: string, ...before: readonly MiddlewareHandler[]): Promise<Site> {
  const register = await createRegister({ database: await openDatabase(), now: () => Date.now() });
  const site = new Hono();
  site.use('*', ...before, async (_, next) => next());
  site.route('/faults', faults(register.app));
  for (const path of registerPaths) site.all(path, (context) => register.app.fetch(context.req.raw));
  site.get('/favicon.ico', (context) => context.body(null, 204));
  site.use('*', serveStatic({ root: folder }));
  return listen(site);
}

export async function listen(site: Hono): Promise<Site> {
  const server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
