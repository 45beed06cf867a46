import {
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  customFetch,
  genericGrantRequest,
  refreshTokenGrant,
  ResponseBodyError,
  type ClientAuth,
  type TokenEndpointResponse,
} from 'openid-client';

import { Fault, messageIdOf } from '../faults.js';
import { overHttp } from '../sign-in/over-http.js';
import { assertionFor } from '../sign-in/assertion.js';
import type { SigningKeys } from '../sign-in/signing-keys.js';

/** A user's tokens at the national platform. Times are in milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessUntil: number;
  readonly refreshToken?: string | undefined;
}

/** The national platform's token service. Each method rejects only with a Fault. */
export interface TokenService {
  /** A new pair for an ID token of CIS2. SIGNED_OUT when the ID token is no longer valid. */
  exchange(idToken: string): Promise<Tokens>;
  /** A new pair for a refresh token, which may be used once. SIGNED_OUT when it is no longer valid. */
  refresh(refreshToken: string): Promise<Tokens>;
  /** False when there is no client secret: then each renewal is an exchange. */
  readonly refreshes: boolean;
}

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const subjectTokenType = 'urn:ietf:params:oauth:token-type:id_token';

export interface TokenServiceOptions {
  readonly tokenUrl: string;
  readonly apiKey: string;
  readonly apiSecret?: string | undefined;
  readonly deadlineMs: number;
  readonly keys: SigningKeys;
  readonly now: () => number;
}

export function createTokenService({
  tokenUrl,
  apiKey,
  apiSecret,
  deadlineMs,
  keys,
  now,
}: TokenServiceOptions): TokenService {
  const client = (auth: ClientAuth): Configuration => {
    const metadata = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
    const configuration = new Configuration(metadata, apiKey, {}, auth);
    configuration.timeout = deadlineMs / 1000;
    configuration[customFetch] = asTheLibraryReads;
    if (tokenUrl.startsWith('http:')) overHttp(configuration);
    return configuration;
  };
  const exchanging = client(assertionFor(keys, tokenUrl));
  const refreshing = apiSecret === undefined ? undefined : client(ClientSecretPost(apiSecret));
  const granted = async (asked: Promise<TokenEndpointResponse>): Promise<Tokens> => {
    const began = now();
    const { access_token, expires_in, refresh_token } = await asked.catch(rethrown);
    if (expires_in === undefined || !/^[\x21-\x7e]+$/.test(access_token)) throw new Fault('TOKEN_SERVICE_REFUSES');
    return {
      accessToken: access_token,
      accessUntil: began + expires_in * 1000,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    };
  };
  return {
    exchange: (idToken) =>
      granted(genericGrantRequest(exchanging, grant, { subject_token: idToken, subject_token_type: subjectTokenType })),
    refresh: (refreshToken) =>
      refreshing === undefined
        ? Promise.reject(new Fault('SIGNED_OUT'))
        : granted(refreshTokenGrant(refreshing, refreshToken)),
    refreshes: refreshing !== undefined,
  };
}

/**
 * A busy or broken service is a Fault at once. `WWW-Authenticate` is removed from a refusal, so that the library reads
 * the body and not the challenge.
 */
const asTheLibraryReads: CustomFetch = async (url, { body: form, ...options }) => {
  const answer = await fetch(url, { ...options, body: form instanceof URLSearchParams ? form : null });
  const body = await answer.text();
  if (answer.status === 429 || answer.status >= 500) {
    const retryAfter = answer.headers.get('Retry-After') ?? '1';
    throw new Fault('TOKEN_SERVICE_DOWN', { retryAfter, messageId: messageIdOf(body) });
  }
  const headers = new Headers(answer.headers);
  headers.delete('WWW-Authenticate');
  return new Response(body, { status: answer.status, headers });
};

const codes = { invalid_grant: 'SIGNED_OUT', unauthorized_client: 'ASSURANCE_TOO_LOW' } as const;

/**
 * Turns what the library threw into a Fault. The library's error may hold tokens in its cause, so it goes no further.
 */
function rethrown(error: unknown): never {
  const causes = [error, causeOf(error), causeOf(causeOf(error))];
  const fault = causes.find((cause) => cause instanceof Fault);
  if (fault) throw fault;
  if (error instanceof ResponseBodyError) {
    const code = Object.hasOwn(codes, error.error) ? codes[error.error as keyof typeof codes] : 'TOKEN_SERVICE_REFUSES';
    throw new Fault(code, { messageId: messageIdOf(JSON.stringify(error.cause)) });
  }
  const named = causes.map((cause) => (cause instanceof Error ? cause.name : ''));
  if (named.includes('TimeoutError')) throw new Fault('NO_ANSWER_IN_TIME');
  // A TypeError from fetch is a failed connection. Anything else is an answer that no token service gives.
  if (error instanceof TypeError) throw new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
  throw new Fault('TOKEN_SERVICE_REFUSES');
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
