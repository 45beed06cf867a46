import { expect } from 'chai';
import { importPKCS8 } from 'jose';
import {
  Configuration,
  genericGrantRequest,
  modifyAssertion,
  PrivateKeyJwt,
  refreshTokenGrant,
  type ModifyAssertionFunction,
} from 'openid-client';

import type { Fault } from '../src/faults.js';
import { createTokenService, type TokenService } from '../src/platform/token-service.js';
import { overHttp } from '../src/sign-in/over-http.js';
import { edRole, pem, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const type = 'urn:ietf:params:oauth:token-type:id_token';

describe('the platform’s token rules', () => {
  const whole = new Whole();
  let idToken = '';
  let service: TokenService;
  setUp(async (keep) => {
    await keep(whole);
    await whole.start();
    // The first sign-in's own ID token, as the token service receives it.
    const app = whole.platform.app;
    const original = app.fetch;
    app.fetch = async (request, ...more) => {
      const text = await request.clone().text();
      idToken ||= new URLSearchParams(text).get('subject_token') ?? '';
      return original(request, ...more);
    };
    await whole.browser().signIn(edRole.id);
    const { platform, keys, now } = whole.settings;
    service = createTokenService({ ...platform, keys, now, deadlineMs: 20_000 });
  });
  beforeEach(() => {
    whole.platform.instead = () => undefined;
    whole.platform.refusals.length = 0;
    whole.platform.approvedAal = 3;
  });

  /** The library with its defaults, apart from what is given. */
  const library = async (given: { modify?: ModifyAssertionFunction; alg?: string } = {}): Promise<Configuration> => {
    const { tokenUrl, apiKey } = whole.settings.platform;
    const key = { key: await importPKCS8(pem, given.alg ?? 'RS512'), kid: whole.settings.keys.signing.kid };
    const auth = PrivateKeyJwt(key, given.modify && { [modifyAssertion]: given.modify });
    const made = new Configuration({ issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl }, apiKey, {}, auth);
    overHttp(made);
    return made;
  };
  const asked = async (configuration: Configuration, form: Record<string, string> = {}): Promise<string> => {
    const given = { subject_token: idToken, subject_token_type: type, ...form };
    await genericGrantRequest(configuration, exchange, given).catch(() => undefined);
    return whole.platform.refusals[0] ?? 'granted';
  };
  const right: ModifyAssertionFunction = (header, payload) => {
    header['typ'] = 'JWT';
    payload['aud'] = whole.settings.platform.tokenUrl;
  };

  it('are kept by the gateway: a token for ten minutes, and another by refreshing', async () => {
    const tokens = await service.exchange(idToken);
    expect(tokens.accessUntil - Date.now()).to.be.within(590_000, 599_000);
    const again = await service.refresh(tokens.refreshToken!);
    expect(again.accessToken).not.to.equal(tokens.accessToken);
    expect(whole.platform.refusals).to.deep.equal([]);
  });

  it('are kept by the library with the right header and audience', async () => {
    expect(await asked(await library({ modify: right }))).to.equal('granted');
  });

  type Broken = readonly [default_: string, says: string, ask: () => Promise<string>];
  const changed = (change: ModifyAssertionFunction) => async () =>
    asked(
      await library({
        modify: (header, payload) => {
          right(header, payload);
          change(header, payload);
        },
      }),
    );
  const broken: readonly Broken[] = [
    [
      'the library’s default header',
      '‘typ’',
      async () => asked(await library({ modify: (_, payload) => right({ alg: '' }, payload) })),
    ],
    [
      'the library’s default audience',
      '‘aud’',
      async () => asked(await library({ modify: (header) => (header['typ'] = 'JWT') })),
    ],
    ['the usual RS256', '‘alg’', async () => asked(await library({ modify: right, alg: 'RS256' }))],
    ['a kid that is not said', '‘kid’', changed((header) => delete header['kid'])],
    ['another issuer', '‘iss’', changed((_, payload) => (payload['iss'] = 'x'))],
    ['an hour’s life', '‘exp’', changed((_, payload) => (payload['exp'] = Date.now() / 1000 + 3600))],
    ['no jti', '‘jti’', changed((_, payload) => delete payload['jti'])],
    [
      'an access token for a subject',
      'subject_token_type',
      async () =>
        asked(await library({ modify: right }), {
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        }),
    ],
    [
      'an ID token that was changed',
      'signature',
      async () => asked(await library({ modify: right }), { subject_token: idToken.replace(/.{20}$/, 'A'.repeat(20)) }),
    ],
  ];
  for (const [what, says, ask] of broken)
    it(`refuse ${what}`, async () => {
      expect(await ask()).to.contain(says);
    });

  it('refuse an assertion that was used before', async () => {
    const jti = changed((_, payload) => (payload['jti'] = 'once'));
    expect(await jti()).to.equal('granted');
    expect(await jti()).to.contain('jti');
  });

  it('refuse a refresh with only the library’s default proof, because that needs the secret', async () => {
    const { refreshToken } = await service.exchange(idToken);
    await refreshTokenGrant(await library({ modify: right }), refreshToken!).catch(() => undefined);
    expect(whole.platform.refusals[0]).to.contain('client_secret');
  });

  it('hide the refusal from the library behind a challenge, but the gateway reads it', async () => {
    whole.platform.forgetRefresh();
    const configuration = await library({ modify: right });
    whole.platform.approvedAal = 2;
    const error: unknown = await genericGrantRequest(configuration, exchange, {
      subject_token: idToken,
      subject_token_type: type,
    }).catch((thrown: unknown) => thrown);
    expect(error).not.to.have.property('error');
    expect(await faultOf(service.exchange(idToken))).to.equal('ASSURANCE_TOO_LOW');
  });

  const faultOf = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'none',
      (fault: unknown) => (fault as Fault).code,
    );
  const say =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    () =>
      new Response(body, { status, headers: { 'Content-Type': 'application/json', ...headers } });
  const error = (name: string) => JSON.stringify({ error: name, error_description: 'about 9995124467' });
  type Answer = readonly [what: string, code: string, instead: () => Response | Promise<Response>];
  const answers: readonly Answer[] = [
    ['invalid_grant', 'SIGNED_OUT', say(401, error('invalid_grant'))],
    ['unauthorized_client', 'ASSURANCE_TOO_LOW', say(401, error('unauthorized_client'))],
    ['invalid_client: our key', 'TOKEN_SERVICE_REFUSES', say(401, error('invalid_client'))],
    ['invalid_request: our clock or configuration', 'TOKEN_SERVICE_REFUSES', say(400, error('invalid_request'))],
    ['an error named as an object’s own', 'TOKEN_SERVICE_REFUSES', say(400, error('constructor'))],
    ['a page', 'TOKEN_SERVICE_REFUSES', say(404, '<p>', { 'Content-Type': 'text/html' })],
    ['a 200 without a token', 'TOKEN_SERVICE_REFUSES', say(200, '{}')],
    ['a 200 without an end', 'TOKEN_SERVICE_REFUSES', say(200, '{"access_token":"a","token_type":"Bearer"}')],
    [
      'a token that is no header text',
      'TOKEN_SERVICE_REFUSES',
      say(200, '{"access_token":"a\\r\\nb","token_type":"Bearer","expires_in":"599"}'),
    ],
    ['429', 'TOKEN_SERVICE_DOWN', say(429, '{}', { 'Retry-After': '9' })],
    ['500', 'TOKEN_SERVICE_DOWN', say(500, error('invalid_grant'))],
    ['503', 'TOKEN_SERVICE_DOWN', say(503, '')],
    ['nothing in time', 'NO_ANSWER_IN_TIME', () => new Promise<Response>(() => undefined)],
  ];
  for (const [what, code, instead] of answers)
    it(`give each refusal a code of its own: ${what} is ${code}`, async () => {
      whole.platform.instead = instead;
      expect(await faultOf(service.exchange(idToken))).to.equal(code);
    });

  it('give a code when no token service is there', async () => {
    const { platform, keys, now } = whole.settings;
    const away = createTokenService({
      ...platform,
      tokenUrl: 'http://localhost:1/token',
      keys,
      now,
      deadlineMs: 20_000,
    });
    expect(await faultOf(away.exchange(idToken))).to.equal('TOKEN_SERVICE_DOWN');
  });

  it('pass on how long to wait, and the platform’s name for the failure', async () => {
    whole.platform.instead = say(503, '{"message_id":"rrt-0123456789-geu2"}', { 'Retry-After': '9' });
    const fault = await service.exchange(idToken).catch((thrown: unknown) => thrown as Fault);
    expect(fault).to.include({ retryAfter: '9', messageId: 'rrt-0123456789-geu2' });
  });
});
