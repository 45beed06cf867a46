import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A register that answers at once, with a body as long as a plan's, so that only what stands before it is measured. */
const body = JSON.stringify({
  resourceType: 'Bundle',
  type: 'searchset',
  total: 1,
  entry: [{ fill: 'x'.repeat(2500) }],
});
const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/fhir+json', 'Content-Length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
