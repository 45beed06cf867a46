import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { Configuration, discovery, enableNonRepudiationChecks } from 'openid-client';

import { assertionFor } from './assertion.js';
import { overHttp } from './over-http.js';
import type { SigningKeys } from './signing-keys.js';

/** CIS2, discovered. */
export interface Issuer {
  readonly configuration: Configuration;
  /** Its keys. They are fetched again when a token names an unknown key. */
  readonly keys: JWTVerifyGetKey;
}

/**
 * Discovers CIS2. Its issuer is compared as text, so the `:443` in it matters.
 * @throws when it does not answer, or is another issuer
 */
export async function discoverIssuer(
  { issuer, clientId, timeoutMs }: { issuer: string; clientId: string; timeoutMs: number },
  keys: SigningKeys,
): Promise<Issuer> {
  const insecure = issuer.startsWith('http:');
  const timeout = timeoutMs / 1000;
  const found = await discovery(new URL(issuer), clientId, undefined, undefined, {
    timeout,
    ...(insecure && { execute: [overHttp] }),
  });
  const metadata = found.serverMetadata();
  if (metadata.issuer !== issuer)
    throw new Error('The issuer that was discovered is not CIS2_ISSUER, letter by letter.');
  if (metadata.jwks_uri === undefined || metadata.token_endpoint === undefined)
    throw new Error('CIS2’s metadata name no keys or no token endpoint.');
  const configuration = new Configuration(metadata, clientId, {}, assertionFor(keys, metadata.token_endpoint));
  configuration.timeout = timeout;
  // The library trusts the connection by which an ID token came. This makes it check the signature too.
  enableNonRepudiationChecks(configuration);
  if (insecure) overHttp(configuration);
  return { configuration, keys: createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: timeoutMs }) };
}
