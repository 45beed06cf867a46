import { calculateJwkThumbprint, exportJWK, importPKCS8, type JWK } from 'jose';
import { createPrivateKey, createPublicKey } from 'node:crypto';

/** RS512 keys. The first signs, and all are published, so that both are known while a key is changed. */
export interface SigningKeys {
  readonly signing: { readonly key: CryptoKey; readonly kid: string };
  readonly published: { readonly keys: readonly JWK[] };
}

/** @throws when a text is not the PEM of an RSA key of at least 2048 bits; the error repeats none of it */
export async function signingKeysOf(pems: readonly string[]): Promise<SigningKeys> {
  const keys = await Promise.all(
    pems.map(async (pem) => {
      const key = createPrivateKey(pem);
      if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
        throw new Error('not an RSA key of 2048 bits or more');
      const jwk = await exportJWK(createPublicKey(key));
      const kid = await calculateJwkThumbprint(jwk);
      const signing = await importPKCS8(key.export({ type: 'pkcs8', format: 'pem' }).toString(), 'RS512');
      return { signing, kid, jwk: { ...jwk, kid, alg: 'RS512', use: 'sig' } };
    }),
  );
  const [first] = keys;
  if (first === undefined) throw new Error('no key');
  return { signing: { key: first.signing, kid: first.kid }, published: { keys: keys.map(({ jwk }) => jwk) } };
}
