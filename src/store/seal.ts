import type { SealingKey } from '../contract/register-service.js';
import { hexOf } from '../domain/hex.js';

/** Bytes as stored, which only the host's key opens. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * Names (HMAC-SHA-256) and seals (AES-GCM, a fresh nonce each time) with one host key. The naming key is a fixed text
 * sealed under a nonce of its own: it is as secret as the host's key, so no second key is needed.
 */
export class Seal {
  readonly #key: CryptoKey;
  readonly #naming: CryptoKey;

  private constructor(key: CryptoKey, naming: CryptoKey) {
    this.#key = key;
    this.#naming = naming;
  }

  /** Rejects unless the key is an AES-GCM key that encrypts and decrypts. */
  static async of(key: SealingKey): Promise<Seal> {
    const aes = key as CryptoKey;
    const secret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, aes, utf8('naming key'));
    const naming = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return new Seal(aes, naming);
  }

  /** A name for these words that reveals nothing of them without the key. */
  async name(words: readonly string[]): Promise<string> {
    const mac = await crypto.subtle.sign('HMAC', this.#naming, utf8(JSON.stringify(words)));
    return hexOf(new Uint8Array(mac));
  }

  /** Seals a value under its name, so that it opens under no other. */
  async seal(name: string, value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(name) },
      this.#key,
      utf8(JSON.stringify(value)),
    );
    return { iv, bytes };
  }

  /** Rejects unless the bytes were sealed under this name with this key. */
  async open(name: string, { iv, bytes }: Sealed): Promise<unknown> {
    const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(name) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, this.#key, bytes))) as unknown;
  }
}
