import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { setUp } from '../support/node/setting-up.js';

/** What `npm start` prints before it ends, and its exit code. */
async function start(...options: readonly string[]): Promise<readonly [code: number | null, printed: string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/start.ts', ...options]);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, printed.trim()];
}

describe('npm start', () => {
  let taken = 0;
  setUp(async (keep) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    await keep({ close: () => void server.close() });
    taken = (server.address() as AddressInfo).port;
  });

  it('says at once which port is taken, and how to choose another, before it builds anything', async () =>
    expect(await start('--port', String(taken))).to.deep.equal([
      1,
      `Port ${taken} is in use. Choose another, or any free one: npm start -- --port 0`,
    ]));

  for (const port of ['none', '-1', '65536'])
    it(`refuses ${port} as a port`, async () =>
      expect(await start(`--port=${port}`)).to.deep.equal([1, 'The port is a number from 0 to 65535.']));
});
