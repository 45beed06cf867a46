import { expect } from 'chai';

import type { Store } from '../src/index.js';
import { createMemoryStore } from '../src/index.js';
import { search } from './support.js';
import type { TestBrowser } from './test-browser.js';
import { edRole, nurse, receptionist, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('CIS2 signs out', () => {
  const whole = new Whole();
  const store: Store = createMemoryStore();
  let browser: TestBrowser;
  setUp(async (keep) => (await keep(whole)).start([store, store]));
  beforeEach(async () => {
    whole.platform.registerInstead = () => undefined;
    browser = whole.browser();
    await browser.signIn(edRole.id);
    whole.told.ended.length = 0;
  });

  const tell = async (token: string, instance = 0) => {
    const body = new URLSearchParams({ logout_token: token });
    const answer = await fetch(`http://127.0.0.1:${whole.portOf(instance)}/cpis/back-channel-logout`, {
      method: 'POST',
      body,
    });
    return { status: answer.status, cache: answer.headers.get('Cache-Control') };
  };
  const signedIn = async (): Promise<unknown> => (await browser.session())['signedIn'];

  it('when the card is taken out: the session, its tokens and its storage key are gone', async () => {
    expect(await whole.cis2.pullCard(nurse.uid)).to.deep.equal([200]);
    expect(await signedIn()).to.equal(false);
    expect((await browser.read(search)).status).to.equal(401);
    expect((await browser.ask('session/storage-key')).status).to.equal(401);
    expect(whole.told.ended).to.deep.equal(['cis2']);
  });

  it('and signs nobody else out', async () => {
    await whole.cis2.pullCard(receptionist.id);
    expect(await signedIn()).to.equal(true);
  });

  it('and the answer is kept in no cache', async () => {
    expect(await tell(await whole.cis2.logoutToken(nurse.uid))).to.deep.equal({ status: 200, cache: 'no-store' });
  });

  type Row = readonly [what: string, given: Parameters<Whole['cis2']['logoutToken']>[1]];
  const refused: readonly Row[] = [
    ['another application’s token', { claims: { aud: 'else' } }],
    ['another issuer’s token', { claims: { iss: 'http://else.example/openam/oauth2' } }],
    ['an issuer whose path is written otherwise', { claims: { iss: 'http://localhost:1/OPENAM/oauth2' } }],
    ['a token of ten minutes ago', { claims: { iat: seconds() - 600 } }],
    ['a token of the future', { claims: { iat: seconds() + 86_400 } }],
    ['a token without its time', { claims: { iat: undefined } }],
    ['a token that has expired', { claims: { exp: seconds() - 60 } }],
    ['a token without an id', { claims: { jti: undefined } }],
    ['a token that names nobody', { claims: { sub: undefined, sid: undefined } }],
    ['an ID token: it has a nonce', { claims: { nonce: 'n' } }],
    ['a token without the event', { claims: { events: undefined } }],
    ['a token with another event', { claims: { events: { 'http://else.example': {} } } }],
    ['an event that is no object', { claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': 1 } } }],
    ['a token of another type', { header: { typ: 'at+jwt' } }],
    ['a key that is not CIS2’s', { header: { kid: 'else' } }],
  ];
  for (const [what, given] of refused)
    it(`not by ${what}`, async () => {
      expect(await tell(await whole.cis2.logoutToken(nurse.uid, given))).to.deep.equal({
        status: 400,
        cache: 'no-store',
      });
      expect(await signedIn()).to.equal(true);
    });

  it('not by nonsense, nothing, or an unsigned or altered token', async () => {
    const token = await whole.cis2.logoutToken(nurse.uid);
    const [header, claims] = token.split('.');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const text of ['', 'nonsense', `${unsigned}.${claims!}.`, `${header!}.${claims!}.AAAA`])
      expect((await tell(text)).status).to.equal(400);
    expect(await signedIn()).to.equal(true);
  });

  it('by an issuer whose host is written in capitals', async () => {
    const iss = whole.cis2.issuer.replace('localhost', 'LOCALHOST');
    expect((await tell(await whole.cis2.logoutToken(nurse.uid, { claims: { iss } }))).status).to.equal(200);
    expect(await signedIn()).to.equal(false);
  });

  it('by a token of the type logout+jwt', async () => {
    await tell(await whole.cis2.logoutToken(nurse.uid, { header: { typ: 'logout+jwt' } }));
    expect(await signedIn()).to.equal(false);
  });

  it('and a user who shows their card again is signed in, even within the same second', async () => {
    for (let times = 0; times < 3; times += 1) {
      await whole.cis2.pullCard(nurse.uid);
      expect(await signedIn()).to.equal(false);
      await browser.signIn(edRole.id);
      expect(await signedIn()).to.equal(true);
    }
  });

  it('by the user alone: every session of theirs that began before ends', async () => {
    const second = whole.browser();
    await second.signIn(edRole.id);
    const token = await whole.cis2.logoutToken(nurse.uid, { claims: { sid: undefined } });
    expect((await tell(token)).status).to.equal(200);
    expect([await signedIn(), (await second.session())['signedIn']]).to.deep.equal([false, false]);
    // Times in tokens are whole seconds, so a sign-in within this second would count as earlier than the logout.
    await new Promise((resolve) => setTimeout(resolve, 1100));
  });

  it('not by the user alone, when the token is from before the sign-in', async () => {
    const token = await whole.cis2.logoutToken(nurse.uid, { claims: { sid: undefined, iat: seconds() - 100 } });
    expect((await tell(token)).status).to.equal(200);
    expect(await signedIn()).to.equal(true);
  });

  it('once with each token', async () => {
    const token = await whole.cis2.logoutToken(nurse.uid);
    expect((await tell(token)).status).to.equal(200);
    expect((await tell(token, 1)).status).to.equal(400);
  });

  it('even after its keys have changed', async () => {
    await whole.cis2.changeKey();
    whole.configure();
    expect((await tell(await whole.cis2.logoutToken(nurse.uid))).status).to.equal(200);
    expect(await signedIn()).to.equal(false);
  });

  it('at one instance, and a read under way at another is given up: its answer is never delivered', async () => {
    let arrived = (): void => undefined;
    const there = new Promise<void>((resolve) => (arrived = resolve));
    let gone = (): void => undefined;
    const givenUp = new Promise<void>((resolve) => (gone = resolve));
    whole.platform.registerInstead = (request) =>
      new Promise<Response>((resolve) => {
        arrived();
        request.signal.addEventListener('abort', () => {
          gone();
          resolve(new Response(null, { status: 503 }));
        });
      });
    const read = browser.read(search, { instance: 1 });
    await there;
    await whole.cis2.pullCard(nurse.uid);
    expect((await read).status).to.equal(401);
    await givenUp;
  });

  it('and an answer that has arrived is not delivered, even to an instance that did not hear of the end', async () => {
    // Stands for a lost connection by which instances tell each other.
    const deaf = createMemoryStore();
    const readRow = deaf.read.bind(deaf);
    const ends = new Set<string>();
    whole.configure({
      store: Object.assign(deaf, {
        onEnded: () => undefined,
        read: (id: string) => (ends.has('all') ? Promise.resolve(undefined) : readRow(id)),
      }),
    });
    const other = whole.browser();
    await other.signIn(edRole.id);
    whole.platform.registerInstead = () => {
      ends.add('all');
      return undefined;
    };
    expect((await other.read(search)).status).to.equal(401);
    whole.configure();
  });

  it('while a sign-in is under way, and no session is made', async () => {
    whole.told.signIns.length = 0;
    whole.platform.made = async () => {
      await whole.cis2.pullCard(nurse.uid);
    };
    const late = whole.browser();
    const back = await late.signIn(edRole.id);
    whole.platform.made = () => undefined;
    expect([back.status, whole.told.signIns, late.cookies.size]).to.deep.equal([403, ['LOGGED_OUT'], 0]);
  });

  describe('and the page hears it', () => {
    const events = async (instance = 0) => {
      const abort = new AbortController();
      const { request } = await import('undici');
      const answer = await request(`http://127.0.0.1:${whole.portOf(instance)}/cpis/session/events`, {
        signal: abort.signal,
        headers: {
          Host: new URL(whole.origin).host,
          'Sec-Fetch-Site': 'same-origin',
          'Sec-Fetch-Mode': 'cors',
          'Sec-Fetch-Dest': 'empty',
          Cookie: `__Host-cpis=${browser.cookies.get('__Host-cpis') ?? ''}`,
        },
      });
      return { type: answer.headers['content-type'], text: answer.body.text(), abort };
    };

    it('at once, at another instance, and the stream finishes', async () => {
      const { type, text } = await events(1);
      expect(type).to.equal('text/event-stream');
      await whole.cis2.pullCard(nurse.uid);
      expect(await text).to.contain('event: ended');
    });

    it('when the user signs out elsewhere', async () => {
      const { text } = await events(1);
      await browser.ask('sign-out', {}, { method: 'POST' });
      expect(await text).to.contain('event: ended');
    });

    it('at once where there is no session', async () => {
      browser.cookies.clear();
      expect(await (await events()).text).to.contain('event: ended');
    });

    it('but not when the instance stops: the page asks another', async () => {
      const { text } = await events(1);
      await whole.gateways[1]!.drain();
      expect(await text).not.to.contain('ended');
      whole.configure();
    });
  });
});
