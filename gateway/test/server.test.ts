import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'undici';

import { freePort, startChain, type TestChain } from '../demo/chain.js';
import { byThePage, search, told } from './support.js';
import { TestBrowser } from './test-browser.js';
import { edRole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await request(url, { headers });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
};

describe('the server', () => {
  let chain: TestChain;
  const lines: string[] = [];
  let ops: string;
  setUp(async (keep) => {
    chain = await keep(startChain({ logTo: { write: (line: string) => void lines.push(line) } }));
    ops = `http://127.0.0.1:${chain.gateway.opsPort}`;
  });

  it('is alive, and ready when store, keys and CIS2 are there, on a port of its own', async () => {
    expect((await get(`${ops}/health/live`)).status).to.equal(200);
    const ready = await get(`${ops}/health/ready`);
    expect([ready.status, ready.text]).to.deep.equal([200, '{"ready":true,"waitsFor":[]}']);
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      for (const url of [chain.url, `${chain.url}/cpis`]) expect((await get(`${url}${path}`)).status).to.equal(404);
  });

  it('is ready though the register is out of order', async () => {
    chain.platform.registerInstead = () => new Response(null, { status: 500 });
    expect((await get(`${ops}/health/ready`)).status).to.equal(200);
    chain.platform.registerInstead = () => undefined;
  });

  it('counts its answers by route, status and fault', async () => {
    await get(`${chain.url}/cpis/FHIR/R4/${search}`, { ...byThePage, ...told });
    const { text } = await get(`${ops}/metrics`);
    expect(text).to.match(/cpis_requests_total\{route="CareTeam",status="401",fault="SIGNED_OUT"\} 1/);
    expect(text).to.match(/cpis_limit_headroom 300/);
  });

  it('writes a line of closed fields for each read', () => {
    const line = lines.map((text) => JSON.parse(text) as Record<string, unknown>).find(({ event }) => event === 'read');
    expect(line).to.have.all.keys(
      'level',
      'time',
      'instance',
      'event',
      'route',
      'status',
      'fault',
      'ms',
      'bytes',
      'traceId',
      'requestId',
      'kind',
    );
    expect(line).to.include({ route: '/FHIR/R4/CareTeam', status: 401, fault: 'SIGNED_OUT', traceId: told.TraceID });
  });

  it('does not start on the port that is taken, and says so', async () => {
    const { port } = chain.gateway;
    const error: unknown = await startChain({ port }).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'EADDRINUSE');
  });
});

describe('the server as a process', function () {
  this.timeout(60_000);
  let chain: TestChain;
  const children: ChildProcess[] = [];
  setUp(async (keep) => {
    chain = await keep(startChain({ variables: { LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null' } }));
    await keep(children, () => {
      for (const child of children) child.kill('SIGKILL');
    });
  });

  const start = (variables: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'gateway/src/server/main.ts'], {
      env: { PATH: process.env['PATH'], ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let text = '';
    const looking = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        text += part.toString();
        for (const look of looking) look();
      });
    const said = (words: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.includes(words)) resolve();
        };
        looking.add(look);
        look();
      });
    return { child, said, text: () => text };
  };

  it('says every mistake and exits with 1', async () => {
    const { child, text } = start({ PORT: 'canary' });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(1);
    expect(text()).to.contain('PUBLIC_URL is missing').and.contain('PORT must be').and.not.contain('canary');
  });

  it('says that the store does not answer, and nothing of its address', async () => {
    const { child, text } = start({ ...chain.variables, PORT: '0', STORE: 'postgres://user:canary@127.0.0.1:1/none' });
    const [code] = (await once(child, 'close')) as [number];
    expect([code, text()]).to.deep.equal([1, 'The store does not answer: see STORE.\n']);
  });

  it('stops at SIGTERM: what is under way is answered, what comes is sent to another, and then it exits with 0', async () => {
    const [port, opsPort] = [await freePort(), await freePort()];
    const variables = { ...chain.variables, PORT: String(port), OPS_PORT: String(opsPort), LOG_LEVEL: 'info' };
    const { child, said } = start(variables);
    await said('"started"');
    const browser = new TestBrowser(chain.url, () => port);
    await browser.signIn(edRole.id);
    let release = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      chain.platform.registerInstead = () => {
        resolve();
        chain.platform.registerInstead = () => undefined;
        return new Promise<Response>((answer) => {
          release = () => answer(Response.json({ resourceType: 'Bundle' }));
        });
      };
    });
    const underWay = browser.read(search);
    await arrived;
    child.kill('SIGTERM');
    await said('"draining"');
    const late = await browser.read(search);
    expect([late.status, late.headers.get('Retry-After')]).to.deep.equal([503, '1']);
    expect((await get(`http://127.0.0.1:${opsPort}/health/ready`)).status).to.equal(503);
    release();
    expect((await underWay).status).to.equal(200);
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(0);
  });
});
