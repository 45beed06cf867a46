import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';

/** What the gateway is compared with: undici and nothing else. `node bare-proxy.ts <origin of the register>` */
const agent = new Agent({ connections: 64 });
const origin = process.argv[2] ?? '';
const server = createServer((request, response) => {
  agent
    .request({
      origin,
      path: request.url ?? '/',
      method: 'GET',
      headers: { TraceID: String(request.headers['traceid']), Accept: 'application/fhir+json' },
    })
    .then(async ({ statusCode, body }) => {
      response
        .writeHead(statusCode, { 'Content-Type': 'application/fhir+json' })
        .end(Buffer.from(await body.arrayBuffer()));
    })
    .catch(() => response.writeHead(502).end());
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
