import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { Fault } from '../faults.js';
import type { Tokens, TokenService } from '../platform/token-service.js';
import type { Failure, Lease, Store } from '../stores/store.js';
import type { Seal } from './seal.js';
import type { Session } from './session.js';
import { answered, type Opened, type Sessions } from './sessions.js';

export interface RenewalOptions {
  readonly store: Store;
  readonly seal: Seal;
  readonly sessions: Sessions;
  readonly service: TokenService;
  readonly now: () => number;
  readonly renewed: (how: 'refresh' | 'exchange' | 'failed', fault?: Fault) => void;
}

/** The holder keeps its lease alive. When a holder is killed, its lease is soon free. */
const leaseMs = 3000;
const heartbeatMs = 1000;
const lookEvery = 60;
/** How long a failed renewal is also the answer for those who ask after it. */
const failureMs = 1000;
const none: Failure = { code: 'TOKEN_SERVICE_DOWN', until: 0 };

/**
 * Renews a session's tokens once, however many requests and instances ask. Whoever holds the lease renews; the others
 * wait for the next version. Only `invalid_grant`, with no valid ID token left, ends a session.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  readonly #underWay = new Map<string, Promise<Opened | undefined>>();

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** The session with newer tokens than these, or undefined when it has ended. Rejects with a Fault. */
  after({ row: { id, version } }: Opened): Promise<Opened | undefined> {
    const name = `${version} ${id}`;
    const known = this.#underWay.get(name);
    if (known) return known;
    const begun = this.#renewed(id, version).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, begun);
    return begun;
  }

  async #renewed(id: string, version: number): Promise<Opened | undefined> {
    const { store, sessions, now } = this.#options;
    const lease: Lease = { id, version, holder: randomUUID() };
    for (;;) {
      const opened = await sessions.open(id);
      if (opened?.row.version !== version) return opened;
      const { renewingUntil } = opened.row;
      const failure = opened.row.failure ?? none;
      if (failure.until > now()) throw new Fault(failure.code, failure);
      if (renewingUntil <= now() && (await answered(store.lease(lease, now(), now() + leaseMs)))) {
        await this.#win(opened, lease);
        continue;
      }
      await pause(lookEvery);
    }
  }

  /** Leaves a new version, an ended session, or the Fault that the others will see too. */
  async #win({ row: { id }, session }: Opened, lease: Lease): Promise<void> {
    const { store, seal, sessions, now, renewed } = this.#options;
    const heartbeat = setInterval(() => {
      store.lengthen(lease, now() + leaseMs).catch(() => undefined);
    }, heartbeatMs);
    try {
      const tokens = await this.#newTokens(session);
      // Writes nothing if the lease was lost, because its next holder's tokens are newer.
      await answered(store.renew(lease, await seal.seal({ ...session, tokens }, id)));
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
      renewed('failed', fault);
      if (fault.code === 'SIGNED_OUT') {
        await sessions.end(id, 'invalid_grant', lease);
        return;
      }
      const { code, retryAfter } = fault;
      await answered(store.release(lease, { code, retryAfter, until: now() + failureMs }));
      throw fault;
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #newTokens({ tokens: { refreshToken }, idToken, idTokenUntil }: Session): Promise<Tokens> {
    const { service, now, renewed } = this.#options;
    if (service.refreshes && refreshToken !== undefined)
      try {
        const tokens = await service.refresh(refreshToken);
        renewed('refresh');
        return tokens;
      } catch (error) {
        // The token was used up, perhaps by an instance that was killed before it could store the new one.
        if (!(error instanceof Fault && error.code === 'SIGNED_OUT')) throw error;
      }
    if (idTokenUntil <= now()) throw new Fault('SIGNED_OUT');
    const tokens = await service.exchange(idToken);
    renewed('exchange');
    return tokens;
  }
}
