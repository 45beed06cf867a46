import { jwtVerify } from 'jose';
import * as v from 'valibot';

import type { Issuer } from './issuer.js';

const event = 'http://schemas.openid.net/event/backchannel-logout';

const shape = v.object({
  iss: v.string(),
  iat: v.number(),
  jti: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  sid: v.optional(v.pipe(v.string(), v.minLength(1))),
  sub: v.optional(v.pipe(v.string(), v.minLength(1))),
  events: v.object({ [event]: v.record(v.string(), v.unknown()) }),
  // Prohibited by OpenID Connect Back-Channel Logout 1.0, 2.4, so that an ID token cannot pass as a logout token.
  nonce: v.optional(v.never()),
});

/** Whom CIS2 has signed out. `iat` is in seconds. */
export interface LogoutToken {
  readonly jti: string;
  readonly iat: number;
  readonly sid?: string | undefined;
  readonly sub?: string | undefined;
}

/**
 * Undefined unless it is a current logout token from this issuer, addressed to us. Rejects when CIS2's keys cannot be
 * fetched.
 */
export async function logoutTokenOf(
  text: string,
  { keys }: Issuer,
  { issuer, clientId, now }: { issuer: string; clientId: string; now: number },
): Promise<LogoutToken | undefined> {
  const verified = await jwtVerify(text, keys, {
    audience: clientId,
    algorithms: ['RS256', 'RS512'],
    maxTokenAge: 300,
    clockTolerance: 5,
    currentDate: new Date(now),
  }).catch((error: unknown) => {
    if (ofTheToken.test(codeOf(error))) return undefined;
    throw error;
  });
  if (verified === undefined) return undefined;
  const { payload, protectedHeader } = verified;
  if (!['jwt', 'logout+jwt'].includes(protectedHeader.typ?.toLowerCase() ?? '')) return undefined;
  const parsed = v.safeParse(shape, payload);
  if (!parsed.success || issuerOf(parsed.output.iss) !== issuerOf(issuer)) return undefined;
  const { jti, iat, sid, sub } = parsed.output;
  return sid === undefined && sub === undefined ? undefined : { jti, iat, sid, sub };
}

/** jose's codes for what is wrong with a token. Its other codes are about fetching the keys. */
const ofTheToken = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING_KEY|JWKS_MULTIPLE)/;
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** CIS2 writes the host of its logout tokens' issuer in upper or lower case. */
const issuerOf = (text: string): string => text.replace(/^https?:\/\/[^/]+/i, (host) => host.toLowerCase());
