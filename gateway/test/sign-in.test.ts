import { expect } from 'chai';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

import { returnPathOf } from '../src/gateway/return-path.js';
import { signingKeysOf } from '../src/index.js';
import { search } from './support.js';
import { aal2Doctor, edRole, newPem, pem, policy, receptionist, schoolRole, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

const otherKeys = async (): Promise<{ keys: JWK[] }> => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { keys: [{ ...(await exportJWK(publicKey)), kid: 'cis2-0', alg: 'RS256', use: 'sig' }] };
};

describe('sign-in by CIS2', () => {
  const whole = new Whole();
  setUp(async (keep) => (await keep(whole)).start());
  beforeEach(() => {
    whole.cis2.idTokenInstead = {};
    whole.cis2.idTokenSigned = {};
    whole.cis2.userInfoInstead = {};
    whole.cis2.answersInstead = {};
    whole.platform.instead = () => undefined;
    whole.told.signIns.length = 0;
    whole.told.ended.length = 0;
    whole.configure();
  });

  it('ends in a session that says who, in which role, and what the role may do; and the register answers', async () => {
    const browser = whole.browser();
    await browser.signIn(edRole.id);
    const session = await browser.session();
    expect(session).to.deep.include({
      signedIn: true,
      name: 'LEWIS Hannah (Ms)',
      role: { name: 'Staff nurse', organisation: 'Whittington Hospital' },
      may: { view: true, alert: true },
    });
    expect(session['user']).to.match(/^[\w-]{43}$/);
    expect((await browser.read(search)).status).to.equal(200);
    expect(whole.told.signIns).to.deep.equal(['signed-in']);
  });

  it('asks for a code, with a new PKCE challenge, nonce and state each time, and for a fresh sign-in', async () => {
    const asked = await Promise.all([1, 2].map(() => whole.browser().page('/cpis/sign-in')));
    const [first, second] = asked.map(({ headers }) => new URL(headers.get('Location') ?? '').searchParams);
    expect(Object.fromEntries(first!)).to.include({
      response_type: 'code',
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: '300',
      acr_values: 'AAL3_ANY',
      scope: 'openid profile nationalrbacaccess associatedorgs selectedrole',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first!.get(name)).to.have.length.of.at.least(32);
      expect(first!.get(name)).not.to.equal(second!.get(name));
    }
  });

  it('gives a cookie that no script reads, no other site’s request carries and no other host may set', async () => {
    const browser = whole.browser();
    const begun = await browser.page('/cpis/sign-in');
    expect(begun.headers.getSetCookie()[0]).to.match(
      /^__Host-cpis-signin=[\w.-]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=600$/,
    );
    const back = await browser.finish(begun, edRole.id);
    const [session, forgotten] = back.headers.getSetCookie();
    expect(session).to.match(/^__Host-cpis=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(forgotten).to.match(/^__Host-cpis-signin=; .*Max-Age=0$/);
  });

  it('moves on through a page of its own, because a redirect from CIS2 would not bring the Strict cookie', async () => {
    const back = await whole.browser().signIn(edRole.id, '/cpis/sign-in?return=%2Fward%3Fbed%3D3');
    expect(back.status).to.equal(200);
    expect(back.text).to.contain('http-equiv="refresh" content="0;url=/ward?bed=3"');
    expect(back.headers.get('Referrer-Policy')).to.equal('no-referrer');
    expect(back.headers.get('Cache-Control')).to.equal('no-store');
  });

  for (const path of [
    '//else.example/',
    '/\\else.example',
    'https://else.example/',
    'javascript:alert(1)',
    '/\t/else.example',
    '/ward\r\nSet-Cookie: a=b',
    'ward',
    '',
  ])
    it(`goes back to / and not to ${JSON.stringify(path)}`, () => {
      expect(returnPathOf(path, 'https://epr.example')).to.equal('/');
    });

  it('goes back to a path of our own, with its query and fragment', () => {
    expect(returnPathOf('/ward/../bed?x=1#y', 'https://epr.example')).to.equal('/bed?x=1#y');
  });

  type Weak = readonly [why: string, claims: Record<string, unknown>, code: string];
  const weak: readonly Weak[] = [
    ['an authenticator where a smartcard is demanded', { authentication_assurance_level: '2' }, 'ASSURANCE_TOO_LOW'],
    ['an identity that was checked less', { id_assurance_level: '2' }, 'ASSURANCE_TOO_LOW'],
    ['a level that is not said', { authentication_assurance_level: undefined }, 'ASSURANCE_TOO_LOW'],
    ['a level that is no number', { authentication_assurance_level: '3 or so' }, 'CLAIMS_UNREADABLE'],
    ['no selected role', { selected_roleid: undefined }, 'CLAIMS_UNREADABLE'],
    ['a role that is not the user’s', { selected_roleid: '123' }, 'ROLE_UNKNOWN'],
  ];
  for (const [why, claims, code] of weak)
    it(`makes no session for ${why}`, async () => {
      whole.cis2.idTokenInstead = claims;
      const browser = whole.browser();
      const back = await browser.signIn(edRole.id);
      expect([back.status, whole.told.signIns, browser.cookies.size]).to.deep.equal([403, [code], 0]);
    });

  it('makes no session for another way of signing in than the one requested', async () => {
    const browser = whole.browser();
    const begun = await browser.page('/cpis/sign-in');
    const location = begun.headers.get('Location')!.replace('acr_values=AAL3_ANY', 'acr_values=AAL2_OR_AAL3_ANY');
    const back = await browser.page(await browser.atCis2(location, edRole.id));
    expect([back.status, whole.told.signIns]).to.deep.equal([403, ['ASSURANCE_TOO_LOW']]);
  });

  it('makes no session for a doctor whose card is of a weaker kind, whatever CIS2’s configuration allowed', async () => {
    await whole.browser().signIn(aal2Doctor.id);
    expect(whole.told.signIns).to.deep.equal(['ASSURANCE_TOO_LOW']);
    whole.configure({ policy: { ...policy, minAal: 2 } });
    const back = await whole.browser().signIn(aal2Doctor.id);
    expect([back.status, whole.told.signIns[1]]).to.deep.equal([403, 'ASSURANCE_TOO_LOW']);
  });

  it('names the role without the activities, and makes no session', async () => {
    const browser = whole.browser();
    const back = await browser.signIn(receptionist.id);
    expect(back.status).to.equal(403);
    expect(back.text).to.contain('Your role may not use CP-IS').and.contain('Receptionist at Whittington Hospital');
    expect(browser.cookies.size).to.equal(0);
    expect(await browser.session()).to.deep.equal({ signedIn: false });
  });

  it('lets B0170 view but not alert, and says so before anything is asked', async () => {
    const browser = whole.browser();
    await browser.signIn(schoolRole.id);
    expect((await browser.session())['may']).to.deep.equal({ view: true, alert: false });
    expect((await browser.read(search, { unscheduled: true })).status).to.equal(403);
    expect((await browser.read(search, { unscheduled: false })).status).to.equal(200);
  });

  type Forged = readonly [why: string, status: number, code: string, act: () => Promise<{ status: number }>];
  const begunAndBack = async () => {
    const browser = whole.browser();
    const begun = await browser.page('/cpis/sign-in');
    return { browser, url: await browser.atCis2(begun.headers.get('Location')!, edRole.id) };
  };
  const forged: readonly Forged[] = [
    ['that another browser had begun', 400, 'NOT_BEGUN', async () => whole.browser().page((await begunAndBack()).url)],
    [
      'with another state',
      502,
      'CIS2_REFUSED',
      async () => {
        const { browser, url } = await begunAndBack();
        return browser.page(url.replace(/state=[^&]*/, 'state=x'));
      },
    ],
    [
      'with another issuer',
      502,
      'CIS2_REFUSED',
      async () => {
        const { browser, url } = await begunAndBack();
        return browser.page(url.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Felse.example'));
      },
    ],
    [
      'with the code of another browser’s sign-in',
      502,
      'CIS2_REFUSED',
      async () => {
        const mine = await begunAndBack();
        const other = await begunAndBack();
        const code = new URL(other.url).searchParams.get('code')!;
        return mine.browser.page(mine.url.replace(/code=[^&]*/, `code=${code}`));
      },
    ],
    [
      'that the user called off',
      403,
      'CIS2_REFUSED',
      async () => {
        const browser = whole.browser();
        return browser.page(await browser.atCis2((await browser.page('/cpis/sign-in')).headers.get('Location')!, ''));
      },
    ],
    [
      'that was begun too long ago',
      400,
      'NOT_BEGUN',
      async () => {
        const { browser, url } = await begunAndBack();
        whole.skew = 601_000;
        return browser.page(url).finally(() => (whole.skew = 0));
      },
    ],
  ];
  for (const [why, status, code, act] of forged)
    it(`makes no session of a sign-in ${why}`, async () => {
      expect([(await act()).status, whole.told.signIns]).to.deep.equal([status, [code]]);
    });

  it('makes no session of an ID token that CIS2’s keys did not sign', async () => {
    whole.cis2.answersInstead = { jwks: await otherKeys() };
    const back = await whole.browser().signIn(edRole.id);
    expect([back.status, whole.told.signIns]).to.deep.equal([502, ['CIS2_REFUSED']]);
  });

  for (const [what, claims] of [
    ['another application', { aud: 'else' }],
    ['another sign-in', { nonce: 'else' }],
    ['another issuer', { iss: 'https://else.example' }],
    ['a sign-in of an hour ago', { auth_time: Math.floor(Date.now() / 1000) - 3600 }],
    ['a time that has passed', { exp: 1000 }],
  ] as const)
    it(`makes no session of an ID token for ${what}`, async () => {
      whole.cis2.idTokenSigned = claims;
      const back = await whole.browser().signIn(edRole.id);
      expect([back.status, whole.told.signIns]).to.deep.equal([502, ['CIS2_REFUSED']]);
    });

  it('makes no session of another user’s roles', async () => {
    whole.cis2.answersInstead = { me: { sub: '555000000102', nhsid_nrbac_roles: [] } };
    await whole.browser().signIn(edRole.id);
    expect(whole.told.signIns).to.deep.equal(['CIS2_REFUSED']);
  });

  it('cannot be used twice', async () => {
    const { browser, url } = await begunAndBack();
    expect((await browser.page(url)).status).to.equal(200);
    expect((await browser.page(url)).status).to.equal(400);
  });

  it('has the first token before it makes a session', async () => {
    whole.platform.instead = () => new Response('{}', { status: 503 });
    const browser = whole.browser();
    const back = await browser.signIn(edRole.id);
    expect([back.status, browser.cookies.size]).to.deep.equal([503, 0]);
  });

  it('replaces the session before it, under a new name', async () => {
    const browser = whole.browser();
    await browser.signIn(edRole.id);
    const before = browser.cookies.get('__Host-cpis')!;
    await browser.signIn(edRole.id);
    expect(browser.cookies.get('__Host-cpis')).not.to.equal(before);
    const old = whole.browser();
    old.cookies.set('__Host-cpis', before);
    expect(await old.session()).to.deep.equal({ signedIn: false });
    expect(whole.told.ended).to.deep.equal(['replaced']);
  });

  it('changes the role at CIS2: another user to the tag, and the old session is over', async () => {
    const browser = whole.browser();
    await browser.signIn(edRole.id);
    const { user } = await browser.session();
    const asked = await browser.ask('role?return=/ward', {}, { method: 'POST' });
    const { location } = JSON.parse(asked.text) as { location: string };
    expect(new URL(location).searchParams.get('scope')).to.contain('changedrole');
    browser.cookies.set('__Host-cpis-signin', /=([^;]+)/.exec(asked.headers.getSetCookie()[0]!)![1]!);
    const old = whole.browser();
    old.cookies.set('__Host-cpis', browser.cookies.get('__Host-cpis')!);
    await browser.page(await browser.atCis2(location, schoolRole.id));
    const session = await browser.session();
    expect(session['may']).to.deep.equal({ view: true, alert: false });
    expect(session['user']).not.to.equal(user);
    expect(await old.session()).to.deep.equal({ signedIn: false });
  });

  it('ends the session when the new role may not use CP-IS', async () => {
    const browser = whole.browser();
    await browser.signIn(edRole.id);
    whole.cis2.userInfoInstead = { nhsid_nrbac_roles: [] };
    await browser.signIn(edRole.id);
    expect(await browser.session()).to.deep.equal({ signedIn: false });
  });

  it('does not take a frame, an image or a script for a page, and refuses another host’s name', async () => {
    const headers = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
    const browser = whole.browser();
    for (const path of ['sign-in', 'callback']) {
      expect((await browser.ask(path, headers)).status).to.equal(403);
      expect(
        (await browser.ask(path, { ...headers, 'Sec-Fetch-Dest': 'document', Host: 'else.example' })).status,
      ).to.equal(403);
    }
  });

  it('begins nothing with an issuer that is written differently', async () => {
    for (const issuer of [`${whole.cis2.issuer}/`, whole.cis2.issuer.replace('localhost', 'LOCALHOST')]) {
      whole.configure({ cis2: { ...whole.settings.cis2, issuer } });
      expect((await whole.browser().page('/cpis/sign-in')).status).to.equal(503);
      expect(await whole.gateways[0]!.notReady()).to.deep.equal([{ what: 'issuer', address: issuer }]);
    }
  });

  it('publishes its keys without their secret, and signs with the first of two', async () => {
    const both = await signingKeysOf([newPem(), pem]);
    whole.configure({ keys: both });
    const { keys } = JSON.parse((await whole.browser().ask('jwks.json')).text) as { keys: (JWK & { kid: string })[] };
    expect(keys).to.have.lengthOf(2);
    for (const key of keys) {
      expect(key).to.have.all.keys('kty', 'n', 'e', 'kid', 'alg', 'use');
      expect(key).to.include({ alg: 'RS512', use: 'sig', kid: await calculateJwkThumbprint(key) });
    }
    expect(both.signing.kid).to.equal(keys[0]!.kid);
  });
});
