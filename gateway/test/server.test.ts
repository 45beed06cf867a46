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

  it('is not ready while CIS2 does not answer, and names the address to the prober and in the log', async () => {
    const issuer = `http://localhost:${await freePort()}/openam/oauth2`;
    const written: string[] = [];
    let wrote = (): void => undefined;
    const writes = new Promise<void>((resolve) => (wrote = resolve));
    const write = (line: string): void => {
      written.push(line);
      if (line.includes('not-ready-issuer')) wrote();
    };
    const without = await startChain({ variables: { CIS2_ISSUER: issuer, AUDIT_FILE: '/dev/null' }, logTo: { write } });
    const { status, text } = await get(`http://127.0.0.1:${without.gateway.opsPort}/health/ready`);
    await writes;
    await without.close();
    const waitsFor = [{ what: 'issuer', address: issuer }];
    expect([status, JSON.parse(text)]).to.deep.equal([503, { ready: false, waitsFor }]);
    const said = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.find(({ event }) => event === 'not-ready-issuer')).to.include({ issuer });
  });

  it('is ready even when the register is out of order', async () => {
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

  const read = (headers: readonly string[]) =>
    request(`http://127.0.0.1:${chain.gateway.port}/cpis/FHIR/R4/${search}`, {
      headers: ['Host', new URL(chain.url).host, ...headers],
    }).then(async ({ statusCode, body }) => [statusCode, await body.text()] as const);
  const flat = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).flat();

  for (const [name, value] of Object.entries({ ...byThePage, ...told }))
    it(`refuses ${name} when it is there twice`, async () => {
      const [status, text] = await read([...flat({ ...byThePage, ...told }), name, value]);
      const [other, code] = name.startsWith('Sec-') ? [403, 'OTHER_SITE'] : [400, 'REQUEST_MALFORMED'];
      expect(status).to.equal(other);
      expect(text).to.contain(code);
    });

  it('survives a read whose browser has gone, and answers the next one as usual', async () => {
    const browser = new TestBrowser(chain.url, () => chain.gateway.port);
    await browser.signIn(edRole.id);
    const hangUp = new AbortController();
    let answer = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      chain.platform.registerInstead = () => {
        resolve();
        return new Promise((done) => (answer = () => done(Response.json({ resourceType: 'Bundle' }))));
      };
    });
    const cookie = `__Host-cpis=${browser.cookies.get('__Host-cpis') ?? ''}`;
    const gone = request(`http://127.0.0.1:${chain.gateway.port}/cpis/FHIR/R4/${search}`, {
      headers: { Host: new URL(chain.url).host, ...byThePage, ...told, Cookie: cookie },
      signal: hangUp.signal,
    }).catch(() => 'gone');
    await arrived;
    hangUp.abort();
    expect(await gone).to.equal('gone');
    answer();
    chain.platform.registerInstead = () => undefined;
    expect((await browser.read(search)).status).to.equal(200);
  });

  it('does not start on a port that is taken, and says so', async () => {
    const { port } = chain.gateway;
    const error: unknown = await startChain({ port }).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'EADDRINUSE');
  });
});

describe('the server as a process', function () {
  this.timeout(240_000);
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

  it('names every mistake and exits with 1', async () => {
    const { child, text } = start({ PORT: 'canary' });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).to.equal(1);
    expect(text()).to.contain('PUBLIC_URL is missing').and.contain('PORT must be').and.not.contain('canary');
  });

  it('says that the store does not answer, and does not repeat its address', async () => {
    const { child, text } = start({ ...chain.variables, PORT: '0', STORE: 'postgres://user:canary@127.0.0.1:1/none' });
    const [code] = (await once(child, 'close')) as [number];
    expect([code, text()]).to.deep.equal([1, 'The store does not answer: see STORE.\n']);
  });

  it('stops at SIGTERM: reads under way are answered, new ones are sent to another instance, and then it exits with 0', async () => {
    const [port, opsPort] = [await freePort(), await freePort()];
    const variables = { ...chain.variables, PORT: String(port), OPS_PORT: String(opsPort), LOG_LEVEL: 'info' };
    const { child, said, text } = start(variables);
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
    // Lines are written in batches, and a process that stops loses none of them.
    expect(text().match(/"event":"read"/g)).to.have.lengthOf(1);
    expect(text()).to.contain('"stopped"');
  });
});
