import { Fault } from '../faults.js';
import type { Limit } from '../limit.js';
import { answered } from '../session/sessions.js';
import type { GatewaySettings } from './settings.js';

/** The application's limit, counted in the store for all instances together. */
export const sharedLimit =
  ({
    store,
    limitPerMinute,
    limitReserve,
    now,
  }: Pick<GatewaySettings, 'store' | 'limitPerMinute' | 'limitReserve' | 'now'>): Limit =>
  async (first) => {
    const allowed = first ? limitPerMinute : Math.floor(limitPerMinute * (1 - limitReserve));
    const wait = await answered(store.take(allowed, now()));
    if (wait !== undefined)
      throw new Fault('LIMIT_REACHED', { retryAfter: String(Math.max(1, Math.ceil(wait / 1000))) });
  };
