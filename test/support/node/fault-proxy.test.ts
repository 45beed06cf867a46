import { expect } from 'chai';
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { faultProxy, type Fault, type FaultProxy } from './fault-proxy.js';
import { lineFaults, type FaultKind } from './line-faults.js';
import { setUp, setUpEach } from './setting-up.js';

const body = 'x'.repeat(100);

/** What a caller got: the whole body, or how far it came and why it stopped. */
const ask = (url: string, agent: Agent): Promise<string> =>
  new Promise((resolve) => {
    const heard = (response: IncomingMessage): void => {
      let length = 0;
      response.on('data', (part: Buffer) => (length += part.length));
      response.on('error', () => undefined);
      response.on('close', () => resolve(response.complete ? `whole ${length}` : `part ${length}`));
    };
    get(url, { agent, headers: { TraceID: 'one' } }, heard).on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code ?? error.message),
    );
  });

describe('The fault proxy', () => {
  let register: Server;
  let served = 0;
  let agent: Agent;
  let proxy: FaultProxy;
  let next: Fault | undefined;

  setUp(async (keep) => {
    register = await keep(
      createServer((_, response) => {
        served += 1;
        response.end(body);
      }),
    );
    await new Promise<void>((listening) => register.listen(0, '127.0.0.1', listening));
    proxy = await keep(faultProxy(`http://localhost:${(register.address() as AddressInfo).port}`, () => next));
  });
  setUpEach(async (keep) => {
    served = 0;
    next = undefined;
    agent = await keep(new Agent({ keepAlive: true }), (made) => made.destroy());
  });

  /** What the caller hears, and how often the register was asked. */
  const faults: Record<FaultKind, readonly [heard: string, served: number]> = {
    'drop-before': ['ECONNRESET', 0],
    'reset-before': ['ECONNRESET', 0],
    'drop-during': ['ECONNRESET', 1],
    'reset-during': ['ECONNRESET', 1],
    'drop-after': ['ECONNRESET', 1],
    'reset-after': ['ECONNRESET', 1],
    'within-headers': ['ECONNRESET', 1],
    'after-headers': ['part 0', 1],
    'half-body': ['part 50', 1],
    'late-request': ['whole 100', 1],
    'late-answer': ['whole 100', 1],
    drip: ['whole 100', 1],
  };
  for (const [kind, [heard, times]] of Object.entries(faults)) {
    it(`${kind}: the caller gets ${heard}, the register ${times === 1 ? 'the request' : 'nothing'}`, async () => {
      next = { kind: kind as FaultKind, milliseconds: 1 };
      expect(await ask(proxy.url, agent)).to.equal(heard);
      await proxy.quiet();
      expect(served).to.equal(times);
      expect(proxy.arrivals.at(-1)).to.include({ fault: kind, status: times === 1 ? 200 : undefined });
    });
  }

  it('shows every fault there is', () => {
    expect(Object.keys(faults)).to.have.members(Object.keys(lineFaults));
  });

  it('passes on a request that meets no fault unchanged, and keeps its connection', async () => {
    expect([await ask(proxy.url, agent), await ask(proxy.url, agent)]).to.deep.equal(['whole 100', 'whole 100']);
    const [first, second] = proxy.arrivals.slice(-2);
    expect([first?.reused, second?.reused]).to.deep.equal([false, true]);
    expect(second?.headers).to.include({ traceid: 'one' });
  });

  for (const kind of ['late-request', 'late-answer'] as const) {
    it(`${kind}: reaches the register even when its caller has given up`, async () => {
      next = { kind, milliseconds: 50 };
      const asked = get(proxy.url, { agent }).on('error', () => undefined);
      await new Promise((sent) => setTimeout(sent, 20));
      asked.destroy();
      await proxy.quiet();
      expect([served, proxy.arrivals.at(-1)?.status]).to.deep.equal([1, 200]);
    });
  }

  it('can be cut and mended like a cable', async () => {
    proxy.cut();
    expect(await ask(proxy.url, agent)).to.equal('ECONNRESET');
    proxy.mend();
    expect(await ask(proxy.url, agent)).to.equal('whole 100');
  });
});
