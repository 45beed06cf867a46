import { expect } from 'chai';

import { readRetryAfter, waitBeforeRetry } from '../../src/register/retry.js';
import { accesses, held, none } from '../fixtures/bundles.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';
import type { Script } from '../support/scripts.js';
import { inWords, newsOf, type CheckFacts } from './checks.js';

/** What a check tells, and what the register saw of it. */
async function run(scripts: Scripts, facts: CheckFacts = {}) {
  const register = await ScriptedRegister.answering(scripts);
  const news = inWords(await newsOf(register, facts));
  return { news, log: await register.log() };
}

const then = (first: Script, second: Script): Script => ({ ...first, then: second });

describe('the one retry', () => {
  const passing: readonly [name: string, script: Script][] = [
    ['a dead connection', { drop: true }],
    ['half a body', { body: none(), cut: true }],
    ['408', { status: 408 }],
    ['429', { status: 429 }],
    ['503', { status: 503 }],
    ['503 with Retry-After: 0', { status: 503, headers: { 'Retry-After': '0' } }],
  ];
  for (const [name, script] of passing)
    it(`${name}, then an answer: the answer, with the same TraceID`, async () => {
      const { news, log } = await run({ CareTeam: then(script, { body: none() }) });
      expect(news).to.deep.equal(['none']);
      expect(log).to.have.lengthOf(2);
      expect(new Set(log.map(({ headers }) => headers['traceid'])).size).to.equal(1);
    });

  it('is made only once', async () => {
    const { news, log } = await run({ CareTeam: { status: 503 } });
    expect(news).to.deep.equal(['busy']);
    expect(log).to.have.lengthOf(2);
  });

  it('is one for the whole check: if the plans used it, the visits have none', async () => {
    const { news, log } = await run({
      CareTeam: then({ status: 503 }, { body: held() }),
      AuditEvent: then({ status: 503 }, { body: accesses([]) }),
    });
    expect(news).to.deep.equal(['held 1', 'visits failed']);
    expect(log).to.have.lengthOf(3);
  });

  it('is not made when the question is itself the retry, because its worker was lost', async () => {
    const { news, log } = await run({ CareTeam: then({ status: 503 }, { body: none() }) }, { isRetry: true });
    expect(news).to.deep.equal(['busy']);
    expect(log).to.have.lengthOf(1);
  });

  it('is left for the visits when the plans did not need it', async () => {
    const { news } = await run({
      CareTeam: { body: held() },
      AuditEvent: then({ drop: true }, { body: accesses([]) }),
    });
    expect(news).to.deep.equal(['held 1', 'visits 0']);
  });

  for (const status of [400, 403, 404, 500, 502, 504])
    it(`is not made after ${status}`, async () => {
      const { log } = await run({ CareTeam: then({ status }, { body: none() }) });
      expect(log).to.have.lengthOf(1);
    });

  it('is not made when Retry-After would not fit into the time left', async () => {
    const { news, log } = await run({
      CareTeam: then({ status: 429, headers: { 'Retry-After': '60' } }, { body: none() }),
    });
    expect(news).to.deep.equal(['busy']);
    expect(log).to.have.lengthOf(1);
  });

  it('is made once after a 401, with another token', async () => {
    const tokens = ['old', 'new'];
    const { news, log } = await run(
      { CareTeam: then({ status: 401 }, { body: none() }) },
      { token: () => Promise.resolve(tokens.shift() ?? '') },
    );
    expect(news).to.deep.equal(['none']);
    expect(log.map(({ headers }) => headers['authorization'])).to.deep.equal(['Bearer old', 'Bearer new']);
  });

  it('a 401 with both tokens: signed out', async () => {
    let count = 0;
    const { news, log } = await run(
      { CareTeam: { status: 401 } },
      { token: () => Promise.resolve(`token-${++count}`) },
    );
    expect(news).to.deep.equal(['signed-out']);
    expect(log).to.have.lengthOf(2);
  });

  const helpless: readonly [name: string, facts: CheckFacts][] = [
    ['the same token again', { token: () => Promise.resolve('same') }],
    ['no token to be had', {}],
  ];
  for (const [name, facts] of helpless)
    it(`a 401 and ${name}: signed out at once`, async () => {
      const { news, log } = await run({ CareTeam: then({ status: 401 }, { body: none() }) }, facts);
      expect(news).to.deep.equal(['signed-out']);
      expect(log).to.have.lengthOf(1);
    });

  it('is not made when nobody waits any more', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { status: 503 } });
    const leaving = new AbortController();
    const asked = newsOf(register, { signal: leaving.signal });
    while ((await register.log()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await asked;
    expect(await register.log()).to.have.lengthOf(1);
  });
});

describe('Retry-After', () => {
  const date = Date.parse('2026-11-22T21:42:00Z');
  const headers: readonly [header: string | null, milliseconds: number | undefined][] = [
    [null, undefined],
    ['0', 0],
    ['2', 2000],
    [' 2 ', 2000],
    ['Sun, 22 Nov 2026 21:42:03 GMT', 3000],
    ['Sun, 22 Nov 2026 21:41:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [header, milliseconds] of headers)
    it(`${JSON.stringify(header)} is ${milliseconds ?? 'nothing said'}`, () => {
      expect(readRetryAfter(header, date, 0)).to.equal(milliseconds);
    });

  it('is the shortest wait, extended at random by at most a second, and never past the deadline', () => {
    expect(waitBeforeRetry(2000, 10_000, 0)).to.equal(2000);
    expect(waitBeforeRetry(2000, 10_000, 0.999)).to.be.within(2000, 3000);
    expect(waitBeforeRetry(undefined, 10_000, 0.5)).to.equal(500);
    expect(waitBeforeRetry(2000, 2000, 0)).to.equal(undefined);
    expect(waitBeforeRetry(undefined, 400, 0.5)).to.equal(undefined);
  });
});
