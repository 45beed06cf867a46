import { decodeProtectedHeader } from 'jose';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import * as v from 'valibot';

import type { Tokens, TokenService } from '../platform/token-service.js';
import type { Seal } from '../session/seal.js';
import {
  type Identity,
  type IdTokenClaims,
  idTokenClaimsOf,
  identityOf,
  type Policy,
  SignInRefused,
} from './claims.js';
import type { Issuer } from './issuer.js';

const purpose = 'sign-in';
/** The same as its cookie's. */
const lifeMs = 600_000;
/** How recently the user must have shown their card, in seconds. */
const maxAge = 300;

const begunShape = v.object({
  state: v.string(),
  nonce: v.string(),
  verifier: v.string(),
  returnTo: v.string(),
  /** The session that this sign-in replaces. */
  instead: v.optional(v.string()),
  until: v.number(),
});

export interface Completed {
  readonly idToken: string;
  readonly claims: IdTokenClaims;
  readonly identity: Identity;
  readonly tokens: Tokens;
}

/** The sign-in that a browser had begun before it came back from CIS2. */
export type Begun = v.InferOutput<typeof begunShape>;

export interface SignInOptions {
  readonly issuer: () => Promise<Issuer>;
  readonly service: TokenService;
  readonly seal: Seal;
  readonly policy: Policy;
  readonly publicUrl: string;
  readonly callbackPath: string;
  readonly now: () => number;
}

/** Sign-in at CIS2: code, PKCE, nonce, `private_key_jwt`, and the platform's first tokens. */
export class SignIn {
  readonly #options: SignInOptions;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Where to send the browser, and the sealed cookie that it must bring back. Rejects while CIS2 has not answered. */
  async begin(
    returnTo: string,
    { instead, changeRole }: { instead?: string | undefined; changeRole: boolean },
  ): Promise<{ location: URL; sealed: string }> {
    const { issuer, seal, policy, publicUrl, callbackPath, now } = this.#options;
    const { configuration } = await issuer();
    const verifier = randomPKCECodeVerifier();
    const begun: Begun = {
      state: randomState(),
      nonce: randomNonce(),
      verifier,
      returnTo,
      instead,
      until: now() + lifeMs,
    };
    const scopes = [
      'openid',
      'profile',
      'nationalrbacaccess',
      'associatedorgs',
      changeRole ? 'changedrole' : 'selectedrole',
    ];
    const location = buildAuthorizationUrl(configuration, {
      redirect_uri: `${publicUrl}${callbackPath}`,
      scope: scopes.join(' '),
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: String(maxAge),
      acr_values: policy.acr.join(' '),
    });
    return { location, sealed: await seal.seal(begun, purpose) };
  }

  /** The sign-in that this browser began here, if it is not too long ago. */
  async begun(sealed: string | undefined): Promise<Begun | undefined> {
    const parsed = v.safeParse(
      begunShape,
      sealed === undefined ? undefined : await this.#options.seal.open(sealed, purpose),
    );
    return parsed.success && parsed.output.until > this.#options.now() ? parsed.output : undefined;
  }

  /**
   * Makes every check of the sign-in. Rejects with SignInRefused, a Fault of the token service, or the library's error.
   */
  async complete(search: string, { state, nonce, verifier }: Begun): Promise<Completed> {
    const { issuer, service, policy, publicUrl, callbackPath } = this.#options;
    const { configuration } = await issuer();
    const answer = await authorizationCodeGrant(configuration, new URL(`${callbackPath}${search}`, publicUrl), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      maxAge,
      idTokenExpected: true,
    });
    const idToken = answer.id_token ?? '';
    if (!['RS256', 'RS512'].includes(decodeProtectedHeader(idToken).alg ?? ''))
      throw new SignInRefused('CLAIMS_UNREADABLE');
    const claims = idTokenClaimsOf(answer.claims(), policy);
    const userInfo = await fetchUserInfo(configuration, answer.access_token, claims.sub);
    const identity = identityOf(claims, userInfo, policy);
    return { idToken, claims, identity, tokens: await service.exchange(idToken) };
  }

  /** The address for ending the session at CIS2 too, or undefined when CIS2 offers none. */
  async endSessionAt(idToken: string): Promise<URL | undefined> {
    const { configuration } = await this.#options.issuer();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.#options.publicUrl}/`,
    });
  }
}
