import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';

import { createRegister, openDatabase, registerPaths } from './register/index.js';

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The built pages, the built tag and the sandbox register on one origin, as behind an integrator's own server. */
export async function startDemo(port: number, now: () => number = () => Date.now()): Promise<DemoServer> {
  const register = await createRegister({ database: await openDatabase(), now });
  const site = new Hono();
  for (const path of registerPaths) site.all(path, (context) => register.app.fetch(context.req.raw));
  site.use('/cp-is-banner*', serveStatic({ root: './dist' })).use('*', serveStatic({ root: './.cache/demo' }));

  const server = await new Promise<ServerType>((resolve, reject) => {
    const started = serve({ fetch: site.fetch, port, hostname: '127.0.0.1' }, () => {
      resolve(started);
    });
    started.on('error', reject);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // An authority's stream would keep it open for as long as somebody reads.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
