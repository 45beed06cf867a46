import type { SealingKey } from '../contract/register-service.js';
import { hexOf } from '../domain/hex.js';

/** Bytes that only the host's key opens, as they are stored. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * What one host key does: it names (HMAC-SHA-256) and it seals (AES-GCM, a fresh nonce for each). The naming key is the
 * seal, under a nonce of its own, of a fixed text: it is as secret as the host's key and needs no second one.
 */
export class Seal {
  readonly #key: CryptoKey;
  readonly #naming: CryptoKey;

  private constructor(key: CryptoKey, naming: CryptoKey) {
    this.#key = key;
    this.#naming = naming;
  }

  /** Rejects when the key is not one for AES-GCM that encrypts and decrypts. */
  static async of(key: SealingKey): Promise<Seal> {
    const aes = key as CryptoKey;
    const secret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, aes, utf8('naming key'));
    const naming = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return new Seal(aes, naming);
  }

  /** A name for these words that says nothing of them to one without the key. */
  async name(words: readonly string[]): Promise<string> {
    const mac = await crypto.subtle.sign('HMAC', this.#naming, utf8(JSON.stringify(words)));
    return hexOf(new Uint8Array(mac));
  }

  /** Seals a value under its name, so that it opens nowhere else. */
  async seal(name: string, value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(name) },
      this.#key,
      utf8(JSON.stringify(value)),
    );
    return { iv, bytes };
  }

  /** Rejects when the bytes are not what was sealed under this name with this key. */
  async open(name: string, { iv, bytes }: Sealed): Promise<unknown> {
    const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(name) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, this.#key, bytes))) as unknown;
  }
}
