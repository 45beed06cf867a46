import { compactDecrypt, CompactEncrypt } from 'jose';
import { createHash, createHmac } from 'node:crypto';

/** Seals what is stored or given to the browser: AES-256-GCM as a JWE, bound to its purpose. */
export interface Seal {
  /** @param purpose what it is for and whose it is: it opens only for the same purpose */
  seal(value: unknown, purpose: string): Promise<string>;
  /** Undefined unless it was sealed here, for this purpose, with a key that is still known. */
  open(sealed: string, purpose: string): Promise<unknown>;
  /** A name for something that does not reveal it, made with the first key. */
  tag(text: string): string;
  /** The same with every key, so that what was tagged before a change of key is still found. */
  tags(text: string): readonly string[];
}

/** @param keys 32 bytes each: the first seals, and all of them open */
export function createSeal(keys: readonly Uint8Array[]): Seal {
  const named = keys.map((key) => ({ key, kid: createHash('sha256').update(key).digest('hex').slice(0, 8) }));
  const first = named[0];
  if (first === undefined || keys.some(({ byteLength }) => byteLength !== 32))
    throw new Error('A sealing key is 32 bytes, and there is at least one.');
  const tagWith = ({ key }: { key: Uint8Array }, text: string): string =>
    createHmac('sha256', key).update(`tag\n${text}`).digest('base64url');
  return {
    seal: (value, purpose) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid, purpose })
        .encrypt(first.key),
    open: async (sealed, purpose) => {
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(
          sealed,
          ({ kid }) => {
            const found = named.find((one) => one.kid === kid);
            if (found === undefined) throw new Error('unknown key');
            return found.key;
          },
          { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
        );
        if (protectedHeader['purpose'] !== purpose) return undefined;
        return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
      } catch {
        return undefined;
      }
    },
    tag: (text) => tagWith(first, text),
    tags: (text) => named.map((one) => tagWith(one, text)),
  };
}
