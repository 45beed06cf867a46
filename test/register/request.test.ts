import { expect } from 'chai';

import { send, type HttpOutcome, type Request } from '../../src/register/request.js';
import { held } from '../fixtures/bundles.js';
import { noticesBrokenBodies } from '../support/page/engine.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';
import type { Script } from '../support/scripts.js';
import { eventually, traceId } from './checks.js';

const ask = (register: ScriptedRegister, request: Partial<Request> = {}): Promise<HttpOutcome> =>
  send({
    url: `${register.baseUrl}/CareTeam`,
    traceId,
    unscheduled: true,
    token: undefined,
    signal: new AbortController().signal,
    ...request,
  });

const answeredWith = async (script: Script): Promise<HttpOutcome> =>
  ask(await ScriptedRegister.answering({ CareTeam: script }));

describe('one request: what HTTP says', () => {
  it('200 with JSON: its body and its date', async () => {
    const outcome = await answeredWith({
      body: { some: ['thing'] },
      headers: { Date: 'Sun, 09 Aug 2026 12:00:00 GMT' },
    });
    expect(outcome).to.deep.equal({
      kind: 'ok',
      body: { some: ['thing'] },
      keyTwice: false,
      kept: false,
      date: Date.parse('2026-08-09T12:00:00Z'),
    });
  });

  const bodies: [title: string, script: Script][] = [
    ['an HTML login page', { body: '<!doctype html><title>Sign in</title>', headers: { 'Content-Type': 'text/html' } }],
    ['an HTML login page that calls itself FHIR', { body: '<!doctype html><title>Sign in</title>' }],
    ['an empty body', { body: '' }],
    ['half a Bundle', { body: JSON.stringify(held()).slice(0, -20) }],
    ['two Bundles', { body: JSON.stringify(held()) + JSON.stringify(held()) }],
    ['a script in place of JSON', { body: `)]}',\n${JSON.stringify(held())}` }],
  ];
  for (const [title, script] of bodies)
    it(`200 with ${title}: a body that no parser accepts`, async () => {
      expect(await answeredWith(script)).to.include({ kind: 'ok', body: undefined });
    });

  it('a byte-order mark before the JSON is accepted', async () => {
    expect(await answeredWith({ body: '\ufeff{}' })).to.deep.include({ kind: 'ok', body: {} });
  });

  it('an unreadable date counts as none', async () => {
    for (const date of ['soon', '', '12:00'])
      expect(await answeredWith({ body: {}, headers: { Date: date } })).to.include({ kind: 'ok', date: undefined });
  });

  const reasons: [status: number, reason: string][] = [
    [201, 'unreadable'],
    [202, 'unreadable'],
    [203, 'unreadable'],
    [204, 'unreadable'],
    [205, 'unreadable'],
    [206, 'unreadable'],
    [226, 'unreadable'],
    [300, 'unreadable'],
    [304, 'unreadable'],
    [400, 'refused'],
    [401, 'signed-out'],
    [402, 'refused'],
    [403, 'access-denied'],
    [404, 'refused'],
    [405, 'refused'],
    [406, 'refused'],
    [408, 'timed-out'],
    [409, 'refused'],
    [410, 'refused'],
    [412, 'refused'],
    [415, 'refused'],
    [418, 'refused'],
    [421, 'refused'],
    [422, 'refused'],
    [429, 'busy'],
    [451, 'refused'],
    [499, 'refused'],
    [500, 'register-error'],
    [501, 'register-error'],
    [502, 'register-error'],
    [503, 'busy'],
    [504, 'timed-out'],
    [505, 'register-error'],
    [507, 'register-error'],
    [511, 'register-error'],
    [599, 'register-error'],
  ];
  for (const [status, reason] of reasons)
    it(`${status}, a whole record in its body: ${reason}`, async () => {
      expect(await answeredWith({ status, body: held() })).to.include({ kind: 'failed', reason });
    });

  for (const status of [301, 302, 303, 307, 308])
    it(`${status}: signed out, and the redirect is never followed`, async () => {
      const register = await ScriptedRegister.answering({ PatientFlag: { body: held() } });
      await register.script({
        CareTeam: { status, headers: { Location: `${register.baseUrl}/PatientFlag` }, body: held() },
      });
      expect(await ask(register)).to.include({ kind: 'failed', reason: 'signed-out' });
      expect(await register.log('PatientFlag')).to.have.lengthOf(0);
      expect(await register.log()).to.have.lengthOf(1);
    });

  it('a redirect to nowhere: signed out', async () => {
    expect(await answeredWith({ status: 302, body: held() })).to.include({ kind: 'failed', reason: 'signed-out' });
  });

  it('a socket that is dropped: unreachable', async () => {
    expect(await answeredWith({ drop: true })).to.include({ kind: 'failed', reason: 'unreachable' });
  });

  it('half a body, and then the socket is dropped: unreachable', async () => {
    expect(await answeredWith({ cut: true, body: held() })).to.include({ kind: 'failed', reason: 'unreachable' });
  });

  it('half a body in chunks, of unannounced length: never an answer', async () => {
    const outcome = await answeredWith({ cut: 'in chunks', body: held() });
    if (noticesBrokenBodies) expect(outcome).to.include({ kind: 'failed', reason: 'unreachable' });
    // No parser accepts it: not checked, unreadable.
    else expect(outcome).to.include({ kind: 'ok', body: undefined });
  });

  it('a missing register: unreachable', async () => {
    const register = await ScriptedRegister.answering({});
    for (const url of ['http://localhost:1/CareTeam', 'http://[', 'http://user:pass@localhost/CareTeam'])
      expect(await ask(register, { url })).to.include({ kind: 'failed', reason: 'unreachable' });
  });

  it('an abort before, during and after the head: timed-out, never a rejection', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: held() } });
    expect(await ask(register, { signal: AbortSignal.abort() })).to.include({ kind: 'failed', reason: 'timed-out' });
    expect(await register.log()).to.have.lengthOf(0);

    const stop = new AbortController();
    const outcome = ask(register, { signal: stop.signal });
    await eventually(async () => (await register.log()).length === 1);
    stop.abort();
    expect(await outcome).to.include({ kind: 'failed', reason: 'timed-out' });
    await eventually(async () => (await register.log())[0]?.aborted === true);
  });

  const million = 'x'.repeat(1_000_000);
  for (const [what, size] of [
    ['as it comes', undefined],
    ['by what it says of itself', '2000001'],
  ] as const)
    it(`a body longer than any answer, ${what}: unreadable, and not tried again`, async () => {
      const headers = size === undefined ? {} : { 'Content-Length': size };
      const body = JSON.stringify({ ...held(), text: million + million });
      const outcome = await answeredWith({
        body: size === undefined ? body : body.padEnd(2_000_001).slice(0, 2_000_001),
        headers,
      });
      expect(outcome).to.deep.equal({ kind: 'failed', reason: 'unreadable' });
    });

  it('a long body within the limit is read completely', async () => {
    const body = { text: 'é'.repeat(900_000) };
    expect(await answeredWith({ body })).to.deep.include({ kind: 'ok', body });
  });

  it('a body that never ends: timed-out when it is aborted', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: '{}', headers: { 'Content-Length': '999' } },
    });
    expect(await ask(register, { signal: AbortSignal.timeout(200) })).to.include({
      kind: 'failed',
      reason: 'timed-out',
    });
  });
});

describe('one request: what is sent', () => {
  const headersOf = async (request: Partial<Request> = {}): Promise<Readonly<Record<string, string>>> => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: {} } });
    await ask(register, request);
    const [entry] = await register.log();
    return entry!.headers;
  };

  it('the TraceID, and what kind of answer is wanted', async () => {
    expect(await headersOf()).to.include({ traceid: traceId, accept: 'application/fhir+json' });
  });

  for (const unscheduled of [true, false])
    it(`IsUnscheduledAccessEvent: ${unscheduled}`, async () => {
      expect(await headersOf({ unscheduled })).to.include({ isunscheduledaccessevent: String(unscheduled) });
    });

  it('the token as a bearer, and no Authorization without one', async () => {
    expect(await headersOf({ token: 'demo-ed-nurse' })).to.include({ authorization: 'Bearer demo-ed-nurse' });
    expect(await headersOf()).to.not.have.property('authorization');
  });

  it('nothing of the page’s own address', async () => {
    expect(await headersOf()).to.not.have.property('referer');
  });

  it('a cacheable answer is asked for again, not conditionally, and is stored in no cache', async () => {
    const headers = { 'Cache-Control': 'max-age=3600', ETag: '"1"' };
    const register = await ScriptedRegister.answering({ CareTeam: { body: {}, headers } });
    await ask(register);
    await ask(register);
    const log = await register.log();
    expect(log).to.have.lengthOf(2);
    expect(log[1]!.headers).to.not.have.any.keys('if-none-match', 'if-modified-since');
    // A cached answer would be served without a request.
    await fetch(`${register.baseUrl}/CareTeam`, { cache: 'force-cache' });
    expect(await register.log()).to.have.lengthOf(3);
  });

  it('the page’s own cookies, which may identify the user', async () => {
    document.cookie = 'session=of-the-page; path=/';
    expect((await headersOf())['cookie']).to.contain('session=of-the-page');
    document.cookie = 'session=; path=/; max-age=0';
  });
});
