import type { JWTPayload, ProtectedHeaderParameters } from 'jose';

export interface Asked {
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
  readonly asked: {
    readonly grant: string;
    readonly subjectTokenType: string;
    readonly assertionType: string;
    readonly apiKey: string;
    readonly tokenUrl: string;
    readonly issuer: string;
    readonly clientId: string;
    readonly now: number;
    readonly idTokensAt: number;
    readonly used: ReadonlySet<string>;
  };
}

/** A rule of the national platform's token service, and what the service answers when it is broken. */
export interface Rule {
  readonly says: string;
  readonly status: 400 | 401;
  readonly error: string;
  readonly kept: (given: Asked) => boolean;
}

const rule = (status: 400 | 401, error: string, says: string, kept: Rule['kept']): Rule => ({
  status,
  error,
  says,
  kept,
});

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idToken = 'urn:ietf:params:oauth:token-type:id_token';
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Rules for the form and for the application's own assertion. */
export const assertionRules: readonly Rule[] = [
  rule(400, 'invalid_request', 'grant_type is invalid', ({ asked }) => asked.grant === tokenExchange),
  rule(400, 'invalid_request', 'subject_token_type is invalid', ({ asked }) => asked.subjectTokenType === idToken),
  rule(400, 'invalid_request', 'client_assertion_type is invalid', ({ asked }) => asked.assertionType === jwtBearer),
  rule(400, 'invalid_request', 'Invalid ‘alg’ header in client_assertion JWT', ({ header }) => header.alg === 'RS512'),
  rule(400, 'invalid_request', 'Missing ‘kid’ header in client_assertion JWT', ({ header }) => Boolean(header.kid)),
  rule(400, 'invalid_request', 'Invalid ‘typ’ header in client_assertion JWT', ({ header }) => header.typ === 'JWT'),
  rule(
    400,
    'invalid_request',
    'Missing or non-matching ‘iss’/‘sub’ claims in client_assertion JWT',
    ({ claims, asked }) => claims.iss === asked.apiKey && claims.sub === asked.apiKey,
  ),
  rule(
    401,
    'invalid_request',
    'Missing or invalid ‘aud’ claim in client_assertion JWT',
    ({ claims, asked }) => claims.aud === asked.tokenUrl,
  ),
  rule(
    400,
    'invalid_request',
    'Invalid ‘exp’ claim in client_assertion JWT: more than 5 minutes in future',
    ({ claims, asked }) => typeof claims.exp === 'number' && claims.exp > asked.now && claims.exp <= asked.now + 310,
  ),
  rule(
    400,
    'invalid_request',
    'Missing or non-unique ‘jti’ claim in client_assertion JWT',
    ({ claims, asked }) => typeof claims.jti === 'string' && !asked.used.has(claims.jti),
  ),
];

/** Rules for CIS2's ID token. */
export const subjectRules: readonly Rule[] = [
  rule(400, 'invalid_request', 'Missing ‘kid’ header in subject_token JWT', ({ header }) => Boolean(header.kid)),
  rule(400, 'invalid_request', 'Invalid ‘typ’ header in subject_token JWT', ({ header }) => header.typ === 'JWT'),
  rule(400, 'invalid_request', 'Invalid ‘alg’ header in subject_token JWT', ({ header }) =>
    ['RS256', 'RS512'].includes(header.alg ?? ''),
  ),
  rule(401, 'invalid_grant', 'subject_token is expired', ({ claims, asked }) => (claims.exp ?? 0) > asked.idTokensAt),
  rule(
    400,
    'invalid_request',
    'Invalid ‘iss’ claim in subject_token JWT',
    ({ claims, asked }) => claims.iss === asked.issuer,
  ),
  rule(
    400,
    'invalid_request',
    'Invalid ‘aud’ claim in subject_token JWT',
    ({ claims, asked }) => claims.aud === asked.clientId,
  ),
];
