import { expect } from 'chai';
import { Hono } from 'hono';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import puppeteer, { type Browser } from 'puppeteer-core';

import { createRegister, openDatabase } from '../../demo/register/index.js';
import { listen, type Site } from '../hosts/site.js';
import { browserArguments, browserPath, inWindow } from '../support/browser.js';
import { readBanner } from './support.js';

/** A request as it arrived at the register. */
interface Arrived {
  readonly url: URL;
  readonly headers: Headers;
}

/** The worked example of docs/integrate.md, run as its own process in front of the sandbox register. */
describe('the backend-for-frontend', () => {
  let register: Site;
  let example: ChildProcess;
  let address = '';
  const arrived: Arrived[] = [];
  let instead: (() => Response | Promise<Response>) | undefined;

  before(async () => {
    const { app } = await createRegister({ database: await openDatabase(), now: () => Date.now() });
    const door = new Hono().all('*', async ({ req }) => {
      arrived.push({ url: new URL(req.url), headers: req.raw.headers });
      const answer = await (instead?.() ?? app.fetch(req.raw));
      answer.headers.set('Set-Cookie', 'gateway=1');
      return answer;
    });
    register = await listen(door);
    const env = {
      ...process.env,
      PORT: '0',
      REGISTER: `http://127.0.0.1:${register.port}/cpis/FHIR/R4`,
      DEADLINE: '2000',
    };
    example = spawn(process.execPath, ['demo/backend-for-frontend/server.mjs'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(example.stdout!, 'data')) as [Buffer];
    address = printed.toString().trim();
  });
  after(async () => {
    example.kill();
    await register.close();
  });
  beforeEach(() => {
    arrived.length = 0;
    instead = undefined;
  });

  const search = 'CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|9995124467';
  const told = { TraceID: '3f2b1c9a-0d3e-4c57-9d4f-5a1f0c2b7e11', IsUnscheduledAccessEvent: 'true' };
  const ask = (path: string, headers: Record<string, string>, method = 'GET'): Promise<Response> =>
    fetch(`${address}cpis/FHIR/R4/${path}`, { method, headers });

  async function signIn(): Promise<string> {
    const response = await fetch(`${address}sign-in`, { method: 'POST' });
    const cookie = response.headers.get('Set-Cookie') ?? '';
    expect(cookie).to.contain('HttpOnly').and.to.contain('SameSite=Strict');
    return cookie.split(';')[0]!;
  }

  it('asks with the session’s token and tells the register what the tag told, and nothing else', async () => {
    const cookie = await signIn();
    const more = {
      Cookie: cookie,
      Authorization: 'Bearer of-the-page',
      'X-Forwarded-For': '1.2.3.4',
      'X-Trace': 'page',
    };
    const response = await ask(`${search}&_count=100`, { ...told, ...more });
    expect(((await response.json()) as { total: number }).total).to.equal(3);
    const [{ url, headers }] = arrived as [Arrived];
    expect(headers.get('Authorization')).to.equal('Bearer demo-ed-nurse');
    expect([headers.get('TraceID'), headers.get('IsUnscheduledAccessEvent')]).to.deep.equal(Object.values(told));
    for (const name of ['Cookie', 'X-Forwarded-For', 'X-Trace']) expect(headers.get(name)).to.equal(null);
    expect([...url.searchParams.keys()]).to.deep.equal(['patient:identifier']);
    expect(response.headers.get('Set-Cookie')).to.equal(null);
    expect(response.headers.get('Cache-Control')).to.equal('no-store');
  });

  const refused: readonly [
    why: string,
    status: number,
    path: string,
    headers: Record<string, string>,
    method?: string,
  ][] = [
    ['nobody is signed in', 401, search, { ...told, Cookie: '' }],
    ['the session is unknown', 401, search, { ...told, Cookie: 'session=00000000-0000-0000-0000-000000000000' }],
    ['another site’s page asks', 403, search, { ...told, 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site’s page asks', 403, search, { ...told, 'Sec-Fetch-Site': 'same-site' }],
    ['it is no GET', 405, search, told, 'POST'],
    ['it is a HEAD, which would be an access that nobody sees', 405, search, told, 'HEAD'],
    ['it has no TraceID', 400, search, { IsUnscheduledAccessEvent: 'true' }],
    ['it does not say whether care is unscheduled', 400, search, { TraceID: told.TraceID }],
    ['it asks for two patients', 400, `${search}&patient:identifier=x`, told],
    ['it is another resource', 404, 'Patient?identifier=9995124467', told],
    ['it climbs', 404, 'CareTeam/../Patient', told],
  ];
  for (const [why, status, path, headers, method] of refused)
    it(`refuses, and asks nothing, when ${why}`, async () => {
      const response = await ask(path, { Cookie: await signIn(), ...headers }, method);
      expect([response.status, arrived.length]).to.deep.equal([status, 0]);
      expect(await response.text()).to.equal('');
    });

  const failures: readonly [what: string, status: number, answer: () => Response | Promise<Response>][] = [
    ['is busy', 503, () => new Response(null, { status: 503, headers: { 'Retry-After': '7' } })],
    ['refuses the token', 401, () => new Response(null, { status: 401 })],
    ['sends elsewhere', 502, () => new Response(null, { status: 302, headers: { Location: '/sign-in' } })],
    ['never answers', 504, () => new Promise(() => undefined)],
  ];
  for (const [what, status, answer] of failures)
    it(`says ${status} when the register ${what}`, async () => {
      instead = answer;
      const response = await ask(search, { ...told, Cookie: await signIn() });
      expect(response.status).to.equal(status);
      if (status === 503) expect(response.headers.get('Retry-After')).to.equal('7');
      expect(arrived).to.have.lengthOf(1);
    });

  it('outlives an address that is none', async () => {
    const { hostname, port } = new URL(address);
    const { connect } = await import('node:net');
    const socket = connect(Number(port), hostname);
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).to.contain(' 400 ');
    expect((await fetch(address)).status).to.equal(200);
  });

  it('shows the banner to a browser that holds a cookie and no token, until it signs out', async () => {
    const browser: Browser = await puppeteer.launch({
      executablePath: await browserPath(),
      args: [...browserArguments],
    });
    try {
      const page = await browser.newPage(inWindow);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => complaints.push(message.text()));
      await page.evaluateOnNewDocument('globalThis.__name = (named) => named');
      await page.goto(address);
      await page.waitForSelector('cp-is-banner[status]');
      const signedIn = page.waitForResponse((response) => response.url().endsWith('/sign-in'));
      await page.click('#sign-in');
      await signedIn;
      await page.click('#open');
      expect(await readBanner(page)).to.include({ status: 'current', visits: 'shown' });
      expect(arrived.map(({ url }) => url.pathname.split('/').at(-1))).to.deep.equal(['CareTeam', 'AuditEvent']);
      expect(new Set(arrived.map(({ headers }) => headers.get('TraceID')))).to.have.lengthOf(1);
      const signedOut = page.waitForResponse((response) => response.url().endsWith('/sign-out'));
      await page.click('#sign-out');
      await signedOut;
      await page.waitForSelector('cp-is-banner[status="idle"]');
      expect(arrived).to.have.lengthOf(2);
      expect(complaints).to.deep.equal([]);

      await page.click('#open');
      await page.waitForSelector('cp-is-banner[reason="signed-out"]');
      expect(arrived).to.have.lengthOf(2);
    } finally {
      await browser.close();
    }
  });
});
