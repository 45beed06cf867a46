import type { Options } from '../options.js';
import type { Policy } from '../sign-in/claims.js';
import type { SigningKeys } from '../sign-in/signing-keys.js';
import type { Store } from '../stores/store.js';
import type { Observer } from './observer.js';

/** Everything that a gateway is made of. `settingsFrom` reads it from the environment. */
export interface GatewaySettings extends Required<
  Pick<
    Options,
    'publicUrl' | 'basePath' | 'registerUrl' | 'registerApi' | 'deadlineMs' | 'limitPerMinute' | 'limitReserve'
  >
> {
  readonly cis2: { readonly issuer: string; readonly clientId: string };
  readonly policy: Policy;
  readonly keys: SigningKeys;
  readonly platform: { readonly tokenUrl: string; readonly apiKey: string; readonly apiSecret?: string | undefined };
  readonly store: Store;
  readonly sealKeys: readonly Uint8Array[];
  readonly idleMs: number;
  readonly lifeMs: number;
  readonly tokenDeadlineMs: number;
  /** Whether signing out ends the session at CIS2 too. */
  readonly endSession: boolean;
  readonly observer: Observer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
