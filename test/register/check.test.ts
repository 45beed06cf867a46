import { expect } from 'chai';

import type { TokenSource } from '../../src/contract/register-service.js';
import { checkRegister } from '../../src/register/check.js';
import {
  accesses,
  careTeam,
  flagBundle,
  flagged,
  held,
  nhsNumber,
  none,
  otherNumber,
  searchSet,
} from '../fixtures/bundles.js';
import { planOfTeam } from '../fixtures/plans.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';
import type { Script } from '../support/scripts.js';
import { eventually, inWords, newsOf, questionOf, traceId } from './checks.js';

const seen = accesses([{ at: '2026-01-01T10:00:00Z' }, { at: '2026-02-01T10:00:00Z' }]);
const failed = (reason: string, mayHaveLeft: boolean) => [
  { kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft } },
];
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] };
const loginPage: Script = { body: '<!doctype html><title>Sign in</title>', headers: { 'Content-Type': 'text/html' } };

/** The body as text, with this member first, so that a later member has the same key. */
const saidTwice = (body: object, member: string): string => JSON.stringify(body).replace('{', `{${member},`);

describe('a check: plans, then visits', () => {
  it('a record held: the plans, and the visits as they come', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held({}, {}) }, AuditEvent: { body: seen } });
    expect(inWords(await newsOf(register))).to.deep.equal(['held 2', 'visits 2']);
    expect((await register.log()).map(({ resource }) => resource)).to.deep.equal(['CareTeam', 'AuditEvent']);
  });

  it('the plans are told before the visits are asked for', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { hold: true, body: seen },
    });
    const told: string[] = [];
    const done = checkRegister(
      questionOf(register),
      undefined,
      new AbortController().signal,
      (news) => told.push(...inWords([news])),
      () => 0,
    );
    await eventually(async () => (await register.log('AuditEvent')).length === 1);
    expect(told).to.deep.equal(['held 1']);
    await register.release();
    await done;
    expect(told).to.deep.equal(['held 1', 'visits 2']);
  });

  it('none: nobody asks who has looked', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() }, AuditEvent: { body: seen } });
    expect(inWords(await newsOf(register))).to.deep.equal(['none']);
    expect(await register.log('AuditEvent')).to.have.lengthOf(0);
  });

  it('only ended plans, or an incomplete answer, are a record held too', async () => {
    for (const body of [held({ end: '2025-12-31' }), { ...held(), total: 2 }]) {
      const register = await ScriptedRegister.answering({ CareTeam: { body }, AuditEvent: { body: seen } });
      expect(inWords(await newsOf(register))).to.deep.equal(['held 1', 'visits 2']);
    }
  });

  it('an empty history is shown, empty', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: searchSet('AuditEvent', []) },
    });
    expect(inWords(await newsOf(register))).to.deep.equal(['held 1', 'visits 0']);
  });

  it('Patient Flags: one request, and never an AuditEvent', async () => {
    const scripts: Scripts = { PatientFlag: { body: flagBundle(...flagged()) }, AuditEvent: { body: seen } };
    const register = await ScriptedRegister.answering(scripts);
    const open = { registerApi: 'patient-flags', attendance: 'scheduled' } as const;
    expect(inWords(await newsOf(register, { open }))).to.deep.equal(['held 1']);
    await register.script({
      PatientFlag: { body: { resourceType: 'Bundle', type: 'searchset', total: 0, entry: [] } },
    });
    expect(inWords(await newsOf(register, { open }))).to.deep.equal(['none']);
    expect((await register.log()).map(({ resource }) => resource)).to.deep.equal(['PatientFlag', 'PatientFlag']);
  });
});

describe('a check: what is sent', () => {
  const identified = `patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`;
  const included = '_include=AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED';

  it('the addresses of the consumer guide', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body: seen } });
    await newsOf(register);
    const urls = (await register.log()).map(({ url }) => decodeURIComponent(url).replace(register.baseUrl, ''));
    expect(urls).to.deep.equal([`/CareTeam?${identified}`, `/AuditEvent?${identified}&${included}`]);
    const [, auditEvent] = await register.log();
    const parameters = [...new URL(auditEvent!.url, location.href).searchParams];
    expect(parameters.map(([name]) => name)).to.deep.equal(['patient:identifier', '_include']);
  });

  it('the address of the Patient Flags API', async () => {
    const register = await ScriptedRegister.answering({ PatientFlag: { body: flagBundle(...flagged()) } });
    await newsOf(register, { open: { registerApi: 'patient-flags', attendance: 'scheduled' } });
    expect((await register.log()).map(({ url }) => url.replace(register.baseUrl, ''))).to.deep.equal([
      `/PatientFlag?patient=${nhsNumber}&code=child-protection-information-system-flag`,
    ]);
  });

  for (const attendance of ['unscheduled', 'scheduled'] as const)
    it(`${attendance}: both requests say so, under one TraceID and one token`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body: seen } });
      let asked = 0;
      await newsOf(register, { open: { attendance }, token: async () => `token-${++asked}` });
      const log = await register.log();
      expect(log).to.have.lengthOf(2);
      for (const { headers } of log)
        expect(headers).to.include({
          traceid: traceId,
          isunscheduledaccessevent: String(attendance === 'unscheduled'),
          authorization: 'Bearer token-1',
        });
    });
});

describe('a check: the token', () => {
  const sources: [title: string, source: unknown][] = [
    ['rejects', () => Promise.reject(new Error('no session'))],
    ['rejects as an abort does', () => Promise.reject(new DOMException('gone', 'AbortError'))],
    [
      'throws',
      () => {
        throw new Error('no session');
      },
    ],
    ['is empty', async () => ''],
    ['has a line break in it', async () => 'to\nken'],
    ['has letters no header can carry', async () => 'tokén✓'],
    ['is undefined', async () => undefined],
    ['is null', async () => null],
    ['is an object', async () => ({ access_token: 'x' })],
    ['is a number', async () => 5],
  ];
  for (const [title, source] of sources)
    it(`that ${title}: signed out, and no request is sent`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
      expect(await newsOf(register, { token: source as TokenSource })).to.deep.equal(failed('signed-out', false));
      expect(await register.log()).to.have.lengthOf(0);
    });

  it('that never arrives: timed-out, and no request is sent', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const token: TokenSource = () => new Promise(() => undefined);
    expect(await newsOf(register, { token, timeout: 0.1 })).to.deep.equal(failed('timed-out', false));
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('that arrives after the deadline: no request is sent', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    let give: (token: string) => void = () => undefined;
    const token: TokenSource = () => new Promise((resolve) => (give = resolve));
    expect(await newsOf(register, { token, timeout: 0.1 })).to.deep.equal(failed('timed-out', false));
    give('late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('that arrives before the deadline’s timer, in a tab suspended past the deadline: no request is sent', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const before = performance.now.bind(performance);
    // As when a computer wakes: the clock has gone on, but the timers have not.
    const token: TokenSource = () => {
      performance.now = () => before() + 60_000;
      return Promise.resolve('token');
    };
    try {
      const [news] = await newsOf(register, { token });
      expect(inWords([news!])).to.deep.equal(['timed-out']);
    } finally {
      performance.now = before;
    }
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('that is returned at once, and not as a promise, is accepted', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    expect(inWords(await newsOf(register, { token: (() => 'plain') as unknown as TokenSource }))).to.deep.equal([
      'none',
    ]);
  });

  it('absent: no Authorization', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    await newsOf(register);
    expect((await register.log())[0]!.headers).to.not.have.property('authorization');
  });
});

describe('a check: every reason a reply can give', () => {
  const reasons: [title: string, script: Script, reason: string][] = [
    ['401', { status: 401, body: outcome }, 'signed-out'],
    ['a redirect', { status: 302, headers: { Location: '/sign-in' } }, 'signed-out'],
    ['403 ACCESS_DENIED', { status: 403, body: outcome }, 'access-denied'],
    ['400 INVALID_SEARCH_DATA', { status: 400, body: outcome }, 'refused'],
    ['404', { status: 404, body: none() }, 'refused'],
    ['429', { status: 429, body: none() }, 'busy'],
    ['503', { status: 503, body: none() }, 'busy'],
    ['408', { status: 408, body: none() }, 'timed-out'],
    ['504', { status: 504, body: none() }, 'timed-out'],
    ['a dropped socket', { drop: true }, 'unreachable'],
    ['half a body', { cut: true, body: held() }, 'unreachable'],
    ['500', { status: 500, body: none() }, 'register-error'],
    ['201 with a none', { status: 201, body: none() }, 'unreadable'],
    ['204', { status: 204 }, 'unreadable'],
    ['206 with a none', { status: 206, body: none() }, 'unreadable'],
    ['304', { status: 304 }, 'unreadable'],
    ['200 with an HTML login page', loginPage, 'unreadable'],
    ['200 with an empty body', { body: '' }, 'unreadable'],
    ['200 with {}', { body: {} }, 'unreadable'],
    ['200 with []', { body: [] }, 'unreadable'],
    ['200 with null', { body: 'null' }, 'unreadable'],
    ['200 with an OperationOutcome', { body: outcome }, 'unreadable'],
    ['200 with half a none', { body: JSON.stringify(none()).slice(0, -1) }, 'unreadable'],
    ['200 with total "0"', { body: { ...none(), total: '0' } }, 'unreadable'],
    ['200 with a total said twice', { body: saidTwice(none(), '"total":1') }, 'unreadable'],
    ['200 with an entry said twice', { body: saidTwice({ ...none(), entry: [] }, '"entry":[{}]') }, 'unreadable'],
    ['200 with a Bundle of another type', { body: { ...none(), type: 'batch-response' } }, 'unreadable'],
    [
      '200 with a none nested beyond reason',
      {
        body: `{"resourceType":"Bundle","type":"searchset","total":0,"entry":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      },
      'unreadable',
    ],
    ['200 with another patient’s record', { body: held({ number: otherNumber }) }, 'wrong-patient'],
    ['200 with another patient’s none', { body: none(otherNumber) }, 'wrong-patient'],
  ];
  for (const [title, script, reason] of reasons)
    it(`${title}: ${reason}, and nobody asks who has looked`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: script, AuditEvent: { body: seen } });
      expect(await newsOf(register)).to.deep.equal(failed(reason, true));
      expect(await register.log('AuditEvent')).to.have.lengthOf(0);
    });

  for (const [title, script, reason] of reasons)
    it(`${title}, by Patient Flags: ${reason}`, async () => {
      const register = await ScriptedRegister.answering({ PatientFlag: script });
      const open = { registerApi: 'patient-flags', attendance: 'scheduled' } as const;
      const [reply] = await newsOf(register, { open });
      // A CareTeam is not a Flag. In this API it is unreadable, and another patient’s is still another patient’s.
      expect(reply).to.deep.equal(failed(reason, true)[0]);
    });

  it('no answer within the timeout: timed-out, and the request is aborted', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    expect(await newsOf(register, { timeout: 0.2 })).to.deep.equal(failed('timed-out', true));
    await eventually(async () => (await register.log())[0]?.aborted === true);
  });

  it('a body that does not end within the timeout: timed-out', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: JSON.stringify(none()), headers: { 'Content-Length': '9999' } },
    });
    expect(await newsOf(register, { timeout: 0.2 })).to.deep.equal(failed('timed-out', true));
  });

  it('nobody waits any more: the request is aborted', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    const stop = new AbortController();
    const done = newsOf(register, { signal: stop.signal });
    await eventually(async () => (await register.log()).length === 1);
    stop.abort();
    await done;
    await eventually(async () => (await register.log())[0]?.aborted === true);
  });
});

describe('a check: the visits fail while the answer stays', () => {
  const failures: [title: string, script: Script][] = [
    ...[201, 204, 302, 400, 401, 403, 404, 408, 429, 500, 503, 504].map((status): (typeof failures)[number] => [
      String(status),
      { status, body: seen, headers: { Location: '/sign-in' } },
    ]),
    ['a dropped socket', { drop: true }],
    ['half a body', { cut: true, body: seen }],
    ['an HTML login page', loginPage],
    ['an empty body', { body: '' }],
    ['{}', { body: {} }],
    ['an OperationOutcome', { body: outcome }],
    ['total 0 with an access', { body: { ...searchSet('AuditEvent', []), total: '0' } }],
    ['plans in place of accesses', { body: held() }],
  ];
  for (const [title, script] of failures)
    it(title, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: script });
      const news = await newsOf(register);
      expect(inWords(news)).to.deep.equal(['held 1', 'visits failed']);
      expect(news[1]).to.deep.equal({ kind: 'visits', visits: { kind: 'failed' } });
    });

  const ofAnother: [title: string, body: unknown][] = [
    [
      'another patient’s number in one access',
      accesses([{ at: '2026-01-01T10:00:00Z' }, { at: '2026-01-02T10:00:00Z', number: otherNumber }]),
    ],
    ['another patient’s empty history', searchSet('AuditEvent', [], otherNumber)],
  ];
  for (const [title, body] of ofAnother)
    it(`${title}: an incident, reported as one, and nothing of it is told`, async () => {
      const register = await ScriptedRegister.answering({ CareTeam: { body: held() }, AuditEvent: { body } });
      const news = await newsOf(register);
      expect(inWords(news)).to.deep.equal(['held 1', 'visits failed']);
      expect(news[1]).to.deep.equal({ kind: 'visits', visits: { kind: 'failed', wrongPatient: true } });
    });

  it('no answer within the timeout', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { hold: true, body: seen },
    });
    expect(inWords(await newsOf(register, { timeout: 5 }))).to.deep.equal(['held 1', 'visits failed']);
    await eventually(async () => (await register.log('AuditEvent'))[0]?.aborted === true);
  });

  it('what a repeated key may have hidden is reported: the plans and the history are incomplete', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: saidTwice(held(), '"total":2') },
      AuditEvent: { body: saidTwice(searchSet('AuditEvent', []), '"total":7') },
    });
    const [reply, history] = await newsOf(register);
    expect(reply).to.have.nested.include({ 'reply.kind': 'held', 'reply.incomplete': true });
    expect(history).to.have.nested.include({ 'visits.kind': 'shown', 'visits.incomplete': true });
  });

  it('a history that is only in part wrong is shown, and says so', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { body: { ...seen, total: 3 } },
    });
    expect((await newsOf(register))[1]).to.nested.include({ 'visits.kind': 'shown', 'visits.incomplete': true });
  });
});

describe('a check: one deadline for the whole of it', () => {
  const real = { setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window) };
  /** Timers that ring only when the test lets them. */
  const timers = new Map<number, { ring: () => void; after: number }>();
  let set = 0;

  beforeEach(() => {
    timers.clear();
    set = 0;
    window.setTimeout = ((ring: () => void, after: number) => {
      timers.set(++set, { ring, after });
      return set;
    }) as unknown as typeof window.setTimeout;
    window.clearTimeout = ((timer: number) => timers.delete(timer)) as typeof window.clearTimeout;
  });
  afterEach(() => {
    Object.assign(window, real);
  });
  const turn = (): Promise<unknown> => new Promise((resolve) => real.setTimeout(resolve, 5));

  it('the token, the plans and the visits share it; it is the question’s timeout, fractions included', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { body: held() },
      AuditEvent: { hold: true, body: seen },
    });
    const done = newsOf(register, { timeout: 7.25, token: async () => 'x' });
    while ((await register.log('AuditEvent')).length === 0) await turn();
    expect([...timers.values()].map(({ after }) => after)).to.deep.equal([7250]);
    expect(set).to.equal(1);
    timers.get(1)!.ring();
    expect(inWords(await done)).to.deep.equal(['held 1', 'visits failed']);
  });

  it('no timer is left once the check is over, however it ended', async () => {
    for (const scripts of [
      { CareTeam: { body: none() } },
      { CareTeam: { status: 500 } },
      { CareTeam: { body: held() }, AuditEvent: { body: seen } },
    ]) {
      await newsOf(await ScriptedRegister.answering(scripts));
      expect(timers.size).to.equal(0);
    }
    expect(set).to.equal(3);
  });
});

describe('a check: clocks', () => {
  const date = 'Sun, 09 Aug 2026 12:00:00 GMT';
  const registersNow = Date.parse(date);
  const scripts = (headers: Record<string, string>): Scripts => ({
    CareTeam: { body: held(), headers },
    AuditEvent: { body: seen, headers },
  });

  for (const [title, ahead] of [
    ['right', 0],
    ['ten minutes fast', 600_000],
    ['ten minutes slow', -600_000],
  ] as const)
    it(`this computer’s clock is ${title}: checked at the register’s time, and by how much it is off`, async () => {
      const register = await ScriptedRegister.answering(scripts({ Date: date }));
      const [reply, visits] = await newsOf(register, { now: registersNow + ahead });
      expect(reply).to.nested.include({ 'reply.checkedAt': registersNow, 'reply.clock': ahead });
      expect(visits).to.nested.include({ 'visits.respondedAt': registersNow });
    });

  it('a none is checked at the register’s time too', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none(), headers: { Date: date } } });
    expect(await newsOf(register, { now: registersNow + 1500 })).to.deep.equal([
      { kind: 'reply', reply: { kind: 'none', nhsNumber, checkedAt: registersNow, clock: 1500 } },
    ]);
  });

  it('a register that does not give the time: this computer’s time, and no claim about its clock', async () => {
    const register = await ScriptedRegister.answering(scripts({ Date: 'soon' }));
    const [reply, visits] = await newsOf(register, { now: 5000 });
    expect(reply).to.nested.include({ 'reply.checkedAt': 5000, 'reply.clock': undefined });
    expect(visits).to.nested.include({ 'visits.respondedAt': 5000 });
  });

  it('a whole answer, as it is told', async () => {
    const body = searchSet('CareTeam', [careTeam()]);
    const register = await ScriptedRegister.answering({
      CareTeam: { body, headers: { Date: date } },
      AuditEvent: { body: searchSet('AuditEvent', []), headers: { Date: date } },
    });
    expect(await newsOf(register, { now: registersNow })).to.deep.equal([
      {
        kind: 'reply',
        reply: {
          kind: 'held',
          nhsNumber,
          plans: [planOfTeam],
          incomplete: false,
          checkedAt: registersNow,
          clock: 0,
        },
      },
      { kind: 'visits', visits: { kind: 'shown', accesses: [], incomplete: false, respondedAt: registersNow } },
    ]);
  });
});
