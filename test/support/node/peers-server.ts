import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { webSockets } from '../../../demo/peers/web-sockets.js';

import { fhircastHub } from '../../../demo/peers/fhircast-hub.js';

interface Context {
  readonly url: string;
  status: number;
  body: unknown;
}

/**
 * The demo's FHIRcast hub for component tests. It has an origin of its own, as a hub usually does; `GET /hub` gives it.
 */
export function fhircastPeer() {
  const websocket = webSockets();
  const server = serve({
    fetch: fhircastHub().fetch,
    port: 0,
    hostname: '127.0.0.1',
    websocket: { server: websocket },
  });
  server.unref();
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    if (context.url !== '/hub') return next();
    context.body = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhircast`;
    context.status = 200;
  };
}
