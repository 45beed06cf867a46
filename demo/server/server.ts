import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';

import { cdsHooks } from '../peers/cds-hooks.js';
import { ehr } from '../peers/ehr.js';
import { fhircastHub } from '../peers/fhircast-hub.js';
import { webSockets } from '../peers/web-sockets.js';
import { sandboxClock } from '../register/clock.js';
import { faults } from '../register/faults.js';
import { createRegister, openDatabase, registerPaths } from '../register/index.js';
import { londonDay } from '../shared/time.js';

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Where the built files are, relative to the working directory. */
const builtHere = { tag: './dist', screens: './.cache/demo' };

/**
 * Serves the built pages, the built tag and the sandbox register on one origin, as an integrator's own server would.
 */
export async function startDemo(
  port: number,
  now: () => number = () => Date.now(),
  built: typeof builtHere = builtHere,
): Promise<DemoServer> {
  const clock = sandboxClock(now, () => register.reset());
  const register = await createRegister({ database: await openDatabase(), now: clock.now });
  const site = new Hono().route('/', clock.routes).route('/faults', faults(register.app));
  for (const path of registerPaths) site.all(path, (context) => register.app.fetch(context.req.raw));
  site
    .route('/', fhircastHub())
    .route('/', cdsHooks())
    .route(
      '/',
      ehr(() => londonDay(clock.now())),
    );
  site.use('/cp-is-banner*', serveStatic({ root: built.tag })).use('*', serveStatic({ root: built.screens }));

  const websocket = webSockets();
  const server = await new Promise<ServerType>((resolve, reject) => {
    const started = serve({ fetch: site.fetch, port, hostname: '127.0.0.1', websocket: { server: websocket } }, () => {
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
        // A request that a fault holds up, or an authority's stream, would also keep the server open.
        if ('closeAllConnections' in server) server.closeAllConnections();
        for (const socket of websocket.clients) socket.terminate();
      }),
  };
}
