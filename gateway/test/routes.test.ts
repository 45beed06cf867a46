import { expect } from 'chai';

import { registerRoutes } from '../src/index.js';
import { accessOf, byThePage, Chain, history, search, told } from './support.js';
import { setUp } from '../../test/support/node/setting-up.js';

const canary = '9995124467';
const fhir = { 'Content-Type': 'application/fhir+json' };

describe('the register’s routes', () => {
  const chain = new Chain();
  setUp(async (keep) => (await keep(chain)).start());
  beforeEach(() => chain.reset());

  const asked = { ...byThePage, ...told };

  it('pass on the register’s answer, and tell the register what it must know and nothing of the browser', async () => {
    const answer = await chain.ask(search, {
      ...asked,
      Cookie: '__Host-epr=1',
      Authorization: 'Bearer page',
      'X-Other': '1',
    });
    expect(answer.status).to.equal(200);
    expect((JSON.parse(answer.text) as { total: number }).total).to.equal(3);
    expect(answer.headers['cache-control']).to.equal('no-store');
    const headers = Object.fromEntries(chain.arrived[0]!.headers);
    expect(headers).to.include({
      authorization: 'Bearer demo-ed-nurse',
      traceid: told.TraceID,
      isunscheduledaccessevent: 'true',
      'x-correlation-id': told.TraceID,
      'nhsd-session-urid': '555043304334',
      'nhsd-end-user-organisation-ods': 'RRV',
    });
    expect(headers).not.to.have.any.keys('cookie', 'x-other', 'sec-fetch-site');
  });

  it('repeat the X-Request-ID of a repeat, and give each resource its own', async () => {
    for (const path of [search, search, history]) await chain.ask(path, asked);
    const [first, again, other] = chain.arrived.map(({ headers }) => headers.get('X-Request-ID'));
    expect(first).to.match(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(again).to.equal(first);
    expect(other).not.to.equal(first);
  });

  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(asked).filter(([other]) => other !== name));
  type Refused = readonly [
    why: string,
    status: number,
    code: string,
    path: string,
    headers: Record<string, string>,
    method?: 'POST' | 'HEAD' | 'OPTIONS',
  ];
  const forged = (site: string, mode: string, dest: string): Record<string, string> => ({
    ...asked,
    'Sec-Fetch-Site': site,
    'Sec-Fetch-Mode': mode,
    'Sec-Fetch-Dest': dest,
  });
  const refused: readonly Refused[] = [
    ['an address was typed', 403, 'OTHER_SITE', search, forged('none', 'navigate', 'document')],
    ['our own page frames it', 403, 'OTHER_SITE', search, forged('same-origin', 'navigate', 'iframe')],
    ['our own page links to it', 403, 'OTHER_SITE', search, forged('same-origin', 'navigate', 'document')],
    ['our own page shows it as an image', 403, 'OTHER_SITE', search, forged('same-origin', 'no-cors', 'image')],
    ['our own page runs it as a script', 403, 'OTHER_SITE', search, forged('same-origin', 'cors', 'script')],
    [
      'our own page asks no-cors, as a prefetch does',
      403,
      'OTHER_SITE',
      search,
      forged('same-origin', 'no-cors', 'empty'),
    ],
    ['another site asks', 403, 'OTHER_SITE', search, forged('cross-site', 'cors', 'empty')],
    ['a sibling site asks', 403, 'OTHER_SITE', search, forged('same-site', 'cors', 'empty')],
    ['another origin is named', 403, 'OTHER_SITE', search, { ...asked, Origin: 'https://else.example' }],
    ['another host is named', 403, 'OTHER_SITE', search, { ...asked, Host: 'else.example' }],
    ['the site is not said', 400, 'HEADER_MISSING', search, without('Sec-Fetch-Site')],
    ['the mode is not said', 400, 'HEADER_MISSING', search, without('Sec-Fetch-Mode')],
    ['the destination is not said', 400, 'HEADER_MISSING', search, without('Sec-Fetch-Dest')],
    ['it has no TraceID', 400, 'REQUEST_MALFORMED', search, without('TraceID')],
    ['its TraceID is no UUID', 400, 'REQUEST_MALFORMED', search, { ...asked, TraceID: `${told.TraceID}0` }],
    ['attendance is not said', 400, 'REQUEST_MALFORMED', search, without('IsUnscheduledAccessEvent')],
    ['attendance is neither', 400, 'REQUEST_MALFORMED', search, { ...asked, IsUnscheduledAccessEvent: 'True' }],
    ['it asks for two patients', 400, 'REQUEST_MALFORMED', `${search}&${search.split('?')[1]!}`, asked],
    ['it asks for more', 400, 'REQUEST_MALFORMED', `${search}&_count=1`, asked],
    ['it asks for everyone', 400, 'REQUEST_MALFORMED', 'CareTeam', asked],
    ['a parameter is named as an object’s own', 400, 'REQUEST_MALFORMED', `${search}&constructor=1`, asked],
    ['the number is malformed', 400, 'REQUEST_MALFORMED', search.slice(0, -1), asked],
    ['the history lacks its include', 400, 'REQUEST_MALFORMED', history.split('&')[0]!, asked],
    ['it is a POST', 405, 'METHOD_NOT_ALLOWED', search, asked, 'POST'],
    ['it is a preflight', 405, 'METHOD_NOT_ALLOWED', search, asked, 'OPTIONS'],
    ['it is another resource', 404, 'NOT_FOUND', `Patient?identifier=${canary}`, asked],
    ['it is the other register', 404, 'NOT_FOUND', `PatientFlag?patient=${canary}`, asked],
    ['it climbs', 404, 'NOT_FOUND', 'CareTeam/../Patient', asked],
  ];
  for (const [why, status, code, path, headers, method] of refused)
    it(`refuse, without asking the register, when ${why}`, async () => {
      const answer = await chain.ask(path, headers, method);
      expect([answer.status, chain.arrived.length, chain.records[0]?.fault]).to.deep.equal([status, 0, code]);
      expect(answer.text).to.contain(code).and.not.to.contain(canary);
    });

  it('refuse a HEAD, which would be an access that nobody sees', async () => {
    expect([(await chain.ask(search, asked, 'HEAD')).status, chain.arrived.length]).to.deep.equal([405, 0]);
  });

  type Role = readonly [author: string, unscheduled: string, status: number, fault: string | undefined];
  const roles: readonly Role[] = [
    ['demo-ed-nurse', 'true', 200, undefined],
    ['demo-ed-nurse', 'false', 200, undefined],
    ['demo-gp', 'false', 200, undefined],
    ['demo-gp', 'true', 403, 'ROLE_MAY_NOT_ALERT'],
    ['demo-no-access', 'false', 403, 'ROLE_MAY_NOT_VIEW'],
  ];
  for (const [author, unscheduled, status, fault] of roles)
    it(`answer ${author} ${status} to ${unscheduled}, and a refusal is never sent on`, async () => {
      chain.tokenFor = () => Promise.resolve(accessOf(author));
      const answer = await chain.ask(search, { ...asked, IsUnscheduledAccessEvent: unscheduled });
      expect([answer.status, chain.records[0]?.fault]).to.deep.equal([status, fault]);
      expect(chain.arrived).to.have.lengthOf(status === 200 ? 1 : 0);
    });

  const body = JSON.stringify({ diagnostics: `about ${canary}` });
  const say =
    (status: number, headers: Record<string, string> = fhir, text: string | null = body) =>
    () =>
      new Response(text, { status, headers });
  type Failure = readonly [what: string, status: number, instead: () => Response, fault?: string];
  const words = (text: string): string => JSON.stringify({ issue: [{ diagnostics: text }] });
  const failures: readonly Failure[] = [
    ...[400, 403, 404, 405, 408, 429, 500, 502, 503].map((status): Failure => [
      `answers ${status}`,
      status,
      say(status),
      'REGISTER_ANSWERED',
    ]),
    ['sends elsewhere', 502, say(302, { Location: 'http://127.0.0.1:1/' }, null), 'REGISTER_FAULT'],
    ['answers with nothing', 502, say(204, {}, null), 'REGISTER_FAULT'],
    ['answers in part', 502, say(206), 'REGISTER_FAULT'],
    ['answers a page', 502, say(200, { 'Content-Type': 'text/html' }), 'REGISTER_FAULT'],
    ['compresses unasked', 502, say(200, { ...fhir, 'Content-Encoding': 'gzip' }), 'REGISTER_FAULT'],
    ['answers more than 2 MB', 502, say(200, fhir, ' '.repeat(2_200_000)), 'REGISTER_FAULT'],
    [
      'refuses the role',
      403,
      say(401, fhir, words('selected_roleid is missing in your token')),
      'REGISTER_REFUSES_ROLE',
    ],
    ['knows several roles', 403, say(401, fhir, words('Multiple roles found in user info')), 'REGISTER_REFUSES_ROLE'],
    ['cannot find the user', 403, say(500, fhir, words('unable to retrieve user info')), 'REGISTER_REFUSES_ROLE'],
  ];
  for (const [what, status, instead, fault] of failures)
    it(`answer ${status}, once and in their own words, when the register ${what}`, async () => {
      chain.instead = instead;
      const answer = await chain.ask(search, asked);
      expect([answer.status, chain.records[0]?.fault, chain.arrived.length]).to.deep.equal([status, fault, 1]);
      expect(answer.text).not.to.contain(canary);
    });

  it('keep the register’s Retry-After, its Date and its Age', async () => {
    chain.instead = say(503, { 'Retry-After': '7' });
    expect((await chain.ask(search, asked)).headers['retry-after']).to.equal('7');
    chain.instead = say(503, { 'Retry-After': 'bientôt' });
    const unwritable = await chain.ask(search, asked);
    expect([unwritable.status, unwritable.headers['retry-after']]).to.deep.equal([503, undefined]);
    const date = 'Sun, 22 Nov 2026 21:42:00 GMT';
    chain.instead = say(200, { ...fhir, Date: date, Age: '60' }, '{}');
    expect((await chain.ask(search, asked)).headers).to.include({ date, age: '60' });
  });

  it('renew a refused token once, and repeat with the same TraceID and X-Request-ID', async () => {
    const rejected: (string | undefined)[] = [];
    chain.tokenFor = (_, asking) => {
      rejected.push(asking.rejected);
      return Promise.resolve({
        ...accessOf('demo-ed-nurse'),
        accessToken: asking.rejected === undefined ? 'old' : 'demo-ed-nurse',
      });
    };
    expect((await chain.ask(search, asked)).status).to.equal(200);
    expect(rejected).to.deep.equal([undefined, 'old']);
    for (const name of ['TraceID', 'X-Request-ID'])
      expect(new Set(chain.arrived.map(({ headers }) => headers.get(name)))).to.have.lengthOf(1);
  });

  it('answer that the user is signed out after a second refusal, and do not ask a third time', async () => {
    let count = 0;
    chain.tokenFor = () => Promise.resolve({ ...accessOf('demo-ed-nurse'), accessToken: `old-${(count += 1)}` });
    expect([(await chain.ask(search, asked)).status, chain.arrived.length]).to.deep.equal([401, 2]);
  });

  it('answer that the user is signed out at once when the renewal gives the same token or none', async () => {
    const unknown = { ...accessOf('demo-ed-nurse'), accessToken: 'unknown' };
    for (const renewed of [unknown, undefined]) {
      chain.arrived.length = 0;
      chain.tokenFor = (_, { rejected }) => Promise.resolve(rejected === undefined ? unknown : renewed);
      expect([(await chain.ask(search, asked)).status, chain.arrived.length]).to.deep.equal([401, 1]);
    }
  });

  it('say that nobody is signed in, or that the token service is down, without asking', async () => {
    chain.tokenFor = () => Promise.resolve(undefined);
    expect((await chain.ask(search, asked)).status).to.equal(401);
    chain.tokenFor = () => Promise.reject(new Error(canary));
    expect(await chain.ask(search, asked)).to.nested.include({ status: 503, 'headers.retry-after': '1' });
    expect(chain.arrived).to.have.lengthOf(0);
  });

  it('answer 504 when the register or the token is not in time, and ask nothing afterwards', async () => {
    chain.configure({ deadlineMs: 2000 });
    chain.instead = () => new Promise<Response>(() => undefined);
    expect((await chain.ask(search, asked)).status).to.equal(504);
    let late: (() => void) | undefined;
    chain.tokenFor = () => new Promise((resolve) => (late = () => resolve(accessOf('demo-ed-nurse'))));
    chain.instead = () => undefined;
    expect((await chain.ask(search, asked)).status).to.equal(504);
    late?.();
    await chain.ask(search, without('TraceID'));
    expect(chain.arrived).to.have.lengthOf(1);
  });

  it('answer 502 when the register is not there', async () => {
    chain.configure({ registerUrl: 'http://127.0.0.1:1/cpis/FHIR/R4' });
    expect((await chain.ask(search, asked)).status).to.equal(502);
  });

  it('keep the limit of a rolling minute, and its last part for the first question', async () => {
    let now = 0;
    chain.configure({ limitPerMinute: 5, limitReserve: 0.2, now: () => now });
    const statuses = async (...paths: string[]): Promise<number[]> => {
      const each: number[] = [];
      for (const path of paths) each.push((await chain.ask(path, asked)).status);
      return each;
    };
    expect(await statuses(history, history, history, history, history)).to.deep.equal([200, 200, 200, 200, 429]);
    now = 30_000;
    expect(await statuses(search, search)).to.deep.equal([200, 429]);
    expect((await chain.ask(search, asked)).headers['retry-after']).to.equal('30');
    now = 60_000;
    expect(await statuses(search)).to.deep.equal([200]);
  });

  it('ask Patient Flags only silently', async () => {
    chain.configure({ registerApi: 'patient-flags' });
    const path = `PatientFlag?patient=${canary}&code=child-protection-information-system-flag`;
    expect([(await chain.ask(path, asked)).status, chain.arrived.length]).to.deep.equal([400, 0]);
    expect((await chain.ask(path, { ...asked, IsUnscheduledAccessEvent: 'false' })).status).to.equal(200);
  });

  it('record no number, name, token or cookie of any read', async () => {
    await chain.ask(search, { ...asked, Cookie: 'canary-cookie' });
    chain.instead = say(400);
    await chain.ask(search, asked);
    expect(JSON.stringify(chain.records)).not.to.match(/9995124467|demo-ed-nurse|canary-cookie/);
  });

  it('name every mistake in their options at once', () => {
    const wrong = () =>
      registerRoutes({
        publicUrl: 'http://epr.example',
        registerUrl: 'ftp://x/',
        basePath: 'cpis/',
        deadlineMs: 10_000,
        limitPerMinute: 0,
        limitReserve: 2,
        tokenFor: () => Promise.resolve(undefined),
      });
    for (const name of ['publicUrl', 'registerUrl', 'basePath', 'deadlineMs', 'limitPerMinute', 'limitReserve'])
      expect(wrong).to.throw(new RegExp(name));
  });
});
