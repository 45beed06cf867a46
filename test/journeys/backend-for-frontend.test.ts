import { expect } from 'chai';
import { Hono } from 'hono';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { createRegister, openDatabase } from '../../demo/register/index.js';
import { listen, type Site } from '../hosts/site.js';
import { inWindow } from '../../tools/browser.js';
import { readBanner } from './support.js';
import { launchBrowser } from '../support/node/launch.js';
import { setUp } from '../support/node/setting-up.js';

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

  setUp(async (keep) => {
    const { app } = await createRegister({ database: await openDatabase(), now: () => Date.now() });
    const door = new Hono().all('*', async ({ req }) => {
      arrived.push({ url: new URL(req.url), headers: req.raw.headers });
      const answer = await (instead?.() ?? app.fetch(req.raw));
      answer.headers.set('Set-Cookie', 'gateway=1');
      return answer;
    });
    register = await keep(listen(door));
    const env = {
      ...process.env,
      PORT: '0',
      REGISTER: `http://127.0.0.1:${register.port}/cpis/FHIR/R4`,
      DEADLINE: '5000',
    };
    example = await keep(
      spawn(process.execPath, ['demo/backend-for-frontend/server.mjs'], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
      (child) => child.kill(),
    );
    const [printed] = (await once(example.stdout!, 'data')) as [Buffer];
    address = printed.toString().trim();
  });
  beforeEach(() => {
    arrived.length = 0;
    instead = undefined;
  });

  const system = 'https://fhir.nhs.uk/Id/nhs-number';
  const search = `CareTeam?patient:identifier=${system}|9995124467`;
  const include = '_include=AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED';
  const visits = `AuditEvent?patient:identifier=${system}|9995124467`;
  const flag = 'code=child-protection-information-system-flag';
  /** The header that the browser adds to a request of the page's own script. */
  const ours = { 'Sec-Fetch-Site': 'same-origin' };
  const told = { TraceID: '3f2b1c9a-0d3e-4c57-9d4f-5a1f0c2b7e11', IsUnscheduledAccessEvent: 'true' };
  /** A header of '' is not sent. */
  const ask = (path: string, headers: Record<string, string>, method = 'GET'): Promise<Response> => {
    const sent = Object.entries({ ...ours, ...headers }).filter(([, value]) => value !== '');
    return fetch(`${address}cpis/FHIR/R4/${path}`, { method, headers: sent });
  };

  async function signIn(): Promise<string> {
    const response = await fetch(`${address}sign-in`, { method: 'POST' });
    const cookie = response.headers.get('Set-Cookie') ?? '';
    expect(cookie).to.contain('HttpOnly').and.to.contain('SameSite=Strict');
    return cookie.split(';')[0]!;
  }

  it('asks with the session’s token, and passes on what the tag sent and nothing else', async () => {
    const cookie = await signIn();
    const more = {
      Cookie: cookie,
      Authorization: 'Bearer of-the-page',
      'X-Forwarded-For': '1.2.3.4',
      'X-Trace': 'page',
    };
    const response = await ask(search, { ...told, ...more });
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
    ['two sessions are said', 401, search, { ...told, Cookie: 'session=%; session=1' }],
    ['another site’s page asks', 403, search, { ...told, 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site’s page asks', 403, search, { ...told, 'Sec-Fetch-Site': 'same-site' }],
    ['nobody says whose page asks', 403, search, { ...told, 'Sec-Fetch-Site': '' }],
    ['another origin asks, whatever its site', 403, search, { ...told, Origin: 'https://evil.example' }],
    ['an origin that is hidden asks', 403, search, { ...told, Origin: 'null' }],
    ['it is no GET', 405, search, told, 'POST'],
    ['it is a HEAD, which would be an access that nobody sees', 405, search, told, 'HEAD'],
    ['it has no TraceID', 400, search, { IsUnscheduledAccessEvent: 'true' }],
    ['it does not say whether care is unscheduled', 400, search, { TraceID: told.TraceID }],
    ['its TraceID is no UUID', 400, search, { ...told, TraceID: 'x' }],
    ['care is both', 400, search, { ...told, IsUnscheduledAccessEvent: 'true, false' }],
    ['it asks for nobody', 400, 'CareTeam', told],
    ['it asks for an empty patient', 400, 'CareTeam?patient:identifier=', told],
    ['it asks for two patients', 400, `${search}&patient:identifier=x`, told],
    ['it asks for one patient twice', 400, `${search}&patient:identifier=${system}|9995124467`, told],
    ['it asks for two patients by a comma', 400, `${search},${system}|9990000018`, told],
    ['it asks by another identifier', 400, 'CareTeam?patient:identifier=https://x.example/id|9995124467', told],
    ['it asks by the number alone', 400, 'CareTeam?patient:identifier=9995124467', told],
    ['the number fails its check', 400, `CareTeam?patient:identifier=${system}|9995124468`, told],
    ['the number has spaces', 400, `CareTeam?patient:identifier=${system}|999%20512%204467`, told],
    ['the number has a line end', 400, `${search}%0a`, told],
    ['the digits are of another script', 400, `CareTeam?patient:identifier=${system}|٩٩٩٥١٢٤٤٦٧`, told],
    ['there is more than the tag sends', 400, `${search}&_count=100`, told],
    ['there is 15 kB more than the tag sends', 400, `${search}&x=${'y'.repeat(15_000)}`, told],
    ['it wants everything included', 400, `${visits}&_include=*`, told],
    ['it leaves out what the tag includes', 400, visits, told],
    ['it includes twice', 400, `${visits}&${include}&${include}`, told],
    ['it asks for every flag', 400, 'PatientFlag?patient=9995124467', told],
    ['it asks for another flag', 400, 'PatientFlag?patient=9995124467&code=reasonable-adjustment', told],
    ['it asks for nobody’s flag', 400, `PatientFlag?patient=&${flag}`, told],
    ['it is another resource', 404, 'Patient?identifier=9995124467', told],
    ['it climbs', 404, 'CareTeam/../Patient', told],
    ['its name is written otherwise', 404, search.replace('C', '%43'), told],
  ];
  for (const [why, status, path, headers, method] of refused)
    it(`refuses, without asking the register, when ${why}`, async () => {
      const response = await ask(path, { Cookie: await signIn(), ...headers }, method);
      expect([response.status, arrived.length]).to.deep.equal([status, 0]);
      expect(await response.text()).to.equal('');
    });

  const asked: readonly [what: string, path: string, headers?: Record<string, string>][] = [
    ['plans', search],
    ['plans, where a script of an old browser says its origin alone', search, { 'Sec-Fetch-Site': '' }],
    ['earlier visits', `${visits}&${include}`],
    ['flags, in scheduled care', `PatientFlag?patient=9995124467&${flag}`, { IsUnscheduledAccessEvent: 'false' }],
  ];
  for (const [what, path, headers = {}] of asked)
    it(`passes on ${what}`, async () => {
      const response = await ask(path, {
        ...told,
        Cookie: await signIn(),
        Origin: new URL(address).origin,
        ...headers,
      });
      expect([response.status, arrived.length]).to.deep.equal([200, 1]);
    });

  it('sends one policy with the page and with the worker’s file, which includes the policy of security.md', async () => {
    const [page, worker] = await Promise.all(
      ['', 'cp-is-banner.worker.js'].map(async (path) =>
        ((await fetch(address + path)).headers.get('Content-Security-Policy') ?? '').split('; '),
      ),
    );
    expect(worker).to.deep.equal(page);
    const [, told = ''] =
      /```\nContent-Security-Policy: ([^`]+)```/.exec(readFileSync('docs/security.md', 'utf8')) ?? [];
    // This page has no style sheet of its own, but security.md's policy allows one.
    const directives = told
      .split(';')
      .map((one) => one.trim())
      .filter((one) => !one.startsWith('style-src'));
    expect(directives).to.have.lengthOf.above(4);
    expect(page).to.include.members(directives);
  });

  it('sends its pages so that no browser guesses their type and no other site can keep a reference to them', async () => {
    for (const path of ['', 'epr.js', 'cp-is-banner.js', 'cp-is-banner.worker.js', 'nowhere'])
      expect((await fetch(address + path)).headers.get('X-Content-Type-Options'), path).to.equal('nosniff');
    expect((await fetch(address)).headers.get('Cross-Origin-Opener-Policy')).to.equal('same-origin');
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

  for (const target of [
    '//',
    `//x/cpis/FHIR/R4/${search}`,
    `/\\x/cpis/FHIR/R4/${search}`,
    `http://x/cpis/FHIR/R4/${search}`,
  ])
    it(`has nothing at ${target}`, async () => {
      const { hostname, port } = new URL(address);
      const socket = connect(Number(port), hostname);
      const cookie = await signIn();
      const headers = Object.entries({ Host: 'x', Connection: 'close', Cookie: cookie, ...ours, ...told });
      socket.write(`GET ${target} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
      expect(String((await once(socket, 'data'))[0])).to.contain(' 404 ');
      expect(arrived).to.have.lengthOf(0);
      expect((await fetch(address)).status).to.equal(200);
    });

  it('shows the banner to a browser that holds a cookie and no token, until it signs out', async () => {
    const browser = await launchBrowser();
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
