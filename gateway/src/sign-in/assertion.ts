import { type ClientAuth, modifyAssertion, PrivateKeyJwt } from 'openid-client';

import type { SigningKeys } from './signing-keys.js';

/**
 * The application's proof of who it is. The platform's rules differ from the library's defaults: the header must say
 * `typ: JWT`, and the audience is the address of the token service, not the issuer.
 */
export const assertionFor = ({ signing }: SigningKeys, tokenUrl: string): ClientAuth =>
  PrivateKeyJwt(signing, {
    [modifyAssertion]: (header, payload) => {
      header['typ'] = 'JWT';
      payload['aud'] = tokenUrl;
    },
  });
