import { expect } from 'chai';
import { randomBytes } from 'node:crypto';

import { createMemoryStore } from '../src/index.js';
import { createSeal } from '../src/session/seal.js';
import { byThePage, search } from './support.js';
import type { TestBrowser } from './test-browser.js';
import { edRole, sealKey, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

describe('a session', () => {
  const whole = new Whole();
  let browser: TestBrowser;
  setUp(async (keep) => (await keep(whole)).start());
  beforeEach(async () => {
    whole.skew = 0;
    whole.configure();
    browser = whole.browser();
    await browser.signIn(edRole.id);
    for (const list of [whole.told.ended, whole.told.reads, whole.told.routes]) list.length = 0;
  });
  const signedIn = async (): Promise<unknown> => (await browser.session())['signedIn'];

  it('is over when its user has been idle, and that is given as the reason', async () => {
    whole.skew = 901_000;
    expect((await browser.read(search)).status).to.equal(401);
    expect(whole.told.ended).to.deep.equal(['idle']);
  });

  it('goes on while its user reads, or is at work', async () => {
    for (const act of [() => browser.read(search), () => browser.ask('session/active', {}, { method: 'POST' })])
      for (let turn = 0; turn < 2; turn += 1) {
        whole.skew += 600_000;
        expect((await act()).status).to.be.below(300);
      }
    expect(await signedIn()).to.equal(true);
  });

  it('is not kept alive by a page that only looks', async () => {
    whole.skew = 600_000;
    expect(await signedIn()).to.equal(true);
    whole.skew = 901_000;
    expect(await signedIn()).to.equal(false);
  });

  it('is over after its hours, however busy', async () => {
    whole.configure({ lifeMs: 1_000_000, idleMs: 900_000 });
    await browser.signIn(edRole.id);
    whole.told.ended.length = 0;
    whole.skew = 600_000;
    await browser.ask('session/active', {}, { method: 'POST' });
    whole.skew = 1_000_001;
    expect((await browser.read(search)).status).to.equal(401);
    expect(whole.told.ended).to.deep.equal(['over']);
  });

  it('has 32 bytes for the tag’s storage key: its own, the same each time, and gone at the end', async () => {
    const { request } = await import('undici');
    const key = async (): Promise<Buffer> => {
      const answer = await request(`${whole.origin}/cpis/session/storage-key`, {
        headers: { ...byThePage, Cookie: `__Host-cpis=${browser.cookies.get('__Host-cpis')!}` },
      });
      return Buffer.from(await answer.body.arrayBuffer());
    };
    const first = await key();
    expect(first).to.have.lengthOf(32);
    expect(await key()).to.deep.equal(first);
    await browser.signIn(edRole.id);
    expect(await key()).not.to.deep.equal(first);
  });

  it('ends when its user signs out, and the cookie is forgotten', async () => {
    const answer = await browser.ask('sign-out', {}, { method: 'POST' });
    expect(answer.headers.getSetCookie()[0]).to.match(/^__Host-cpis=; .*Max-Age=0$/);
    expect(JSON.parse(answer.text)).to.deep.equal({});
    expect(await signedIn()).to.equal(false);
    expect(whole.told.ended).to.deep.equal(['user']);
  });

  it('ends at CIS2 too, where that is configured', async () => {
    whole.configure({ endSession: true });
    const { location } = JSON.parse((await browser.ask('sign-out', {}, { method: 'POST' })).text) as {
      location: string;
    };
    expect(location.startsWith(`${whole.cis2.issuer}/session/end?id_token_hint=`)).to.equal(true);
  });

  it('ends even when CIS2 does not answer', async () => {
    whole.configure({ endSession: true, cis2: { ...whole.settings.cis2, issuer: 'http://localhost:1/' } });
    expect((await browser.ask('sign-out', {}, { method: 'POST' })).status).to.equal(200);
    expect(await signedIn()).to.equal(false);
  });

  it('is nobody’s when the cookie is sent twice, is not one of ours or has another name', async () => {
    const secret = browser.cookies.get('__Host-cpis')!;
    for (const cookie of [
      `__Host-cpis=${secret}; __Host-cpis=${secret}`,
      `__Host-cpis=${secret}A`,
      `__Host-cpis=`,
      `cpis=${secret}`,
      `x__Host-cpis=${secret}`,
    ]) {
      browser.cookies.clear();
      const answer = await browser.ask('session', { Cookie: cookie });
      expect(JSON.parse(answer.text), cookie.replace(secret, 'secret')).to.deep.equal({ signedIn: false });
    }
  });

  const gets = ['session', 'session/storage-key', 'session/events'];
  const posts = ['session/active', 'role', 'sign-out'];
  for (const path of [...gets, ...posts])
    it(`gives nothing, and does nothing, at ${path} for another site, for navigation, or without the browser’s headers`, async () => {
      const method = posts.includes(path) ? 'POST' : 'GET';
      const forged: readonly Record<string, string>[] = [
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' },
        { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
        { 'Sec-Fetch-Mode': 'no-cors' },
        { 'Sec-Fetch-Dest': 'script' },
        { Origin: 'https://else.example' },
        { Host: 'else.example' },
      ];
      for (const headers of forged) expect((await browser.ask(path, headers, { method })).status).to.equal(403);
      expect((await browser.ask(path, {}, { method: method === 'GET' ? 'POST' : 'GET' })).status).to.equal(405);
      expect(await signedIn()).to.equal(true);
    });

  it('is not ended by a POST that does not name its origin', async () => {
    const { request } = await import('undici');
    for (const path of posts) {
      const headers = { ...byThePage, Cookie: `__Host-cpis=${browser.cookies.get('__Host-cpis')!}` };
      const answer = await request(`${whole.origin}/cpis/${path}`, { method: 'POST', headers });
      await answer.body.dump();
      expect(answer.statusCode).to.equal(403);
    }
    expect(await signedIn()).to.equal(true);
  });

  it('does not count as signed out when the store does not answer', async () => {
    const unanswered = () => Promise.reject(new Error('at postgres://user:password@host'));
    whole.configure({ store: Object.assign(createMemoryStore(), { read: unanswered }) });
    const read = await browser.read(search);
    expect([read.status, read.headers.get('Retry-After')]).to.deep.equal([503, '1']);
    const session = await browser.ask('session');
    expect(session.status).to.equal(503);
    expect(read.text + session.text).not.to.contain('password');
    expect(whole.told.reads[0]?.fault).to.equal('STORE_DOWN');
  });

  it('has no answer at an unknown path', async () => {
    for (const path of ['', 'constructor', 'session/', 'Session', 'session.js/x'])
      expect((await browser.ask(path)).status, path).to.equal(404);
  });

  it('serves the page its script', async () => {
    const answer = await browser.ask('session.js');
    expect(answer.headers.get('Content-Type')).to.contain('text/javascript');
    expect(answer.text).to.contain('EventSource');
  });
});

describe('a sealed session', () => {
  const seal = createSeal([sealKey]);

  it('reveals nothing without its key', async () => {
    const sealed = await seal.seal({ name: 'LEWIS Hannah', token: 'canary' }, 'a');
    expect(Buffer.from(sealed.replaceAll('.', ''), 'base64url').toString('latin1')).not.to.match(/LEWIS|canary/);
    expect(await createSeal([randomBytes(32)]).open(sealed, 'a')).to.equal(undefined);
  });

  it('does not open in another session’s place, or as a sign-in’s cookie', async () => {
    const sealed = await seal.seal({ a: 1 }, 'session-a');
    expect(await seal.open(sealed, 'session-a')).to.deep.equal({ a: 1 });
    for (const purpose of ['session-b', 'sign-in']) expect(await seal.open(sealed, purpose)).to.equal(undefined);
  });

  it('does not open when any part of it was changed', async () => {
    const sealed = await seal.seal({ a: 1 }, 'a');
    for (const [index] of sealed.split('.').entries()) {
      const parts = sealed.split('.');
      parts[index] = `${parts[index]!.startsWith('A') ? 'B' : 'A'}${parts[index]!.slice(1)}`;
      expect(await seal.open(parts.join('.'), 'a')).to.equal(undefined);
    }
    for (const text of ['', '.', 'a.b.c.d.e', '{}']) expect(await seal.open(text, 'a')).to.equal(undefined);
  });

  it('opens after the key was changed, until the old key is removed', async () => {
    const [before, after] = [randomBytes(32), randomBytes(32)];
    const sealed = await createSeal([before]).seal({ a: 1 }, 'a');
    expect(await createSeal([after, before]).open(sealed, 'a')).to.deep.equal({ a: 1 });
    expect(await createSeal([after]).open(sealed, 'a')).to.equal(undefined);
    expect(createSeal([after, before]).tags('x')).to.include(createSeal([before]).tag('x'));
  });

  it('needs at least one key, and keys of 32 bytes', () => {
    expect(() => createSeal([])).to.throw(/32 bytes/);
    expect(() => createSeal([randomBytes(16)])).to.throw(/32 bytes/);
  });
});
