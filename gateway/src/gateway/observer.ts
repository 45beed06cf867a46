import type { Fault, FaultCode } from '../faults.js';
import type { ReadRecord } from '../record.js';
import type { SessionAccess } from '../session/access.js';
import type { EndedBy } from '../session/sessions.js';
import type { Refusal } from '../sign-in/claims.js';

/** A route of the gateway that is not a read. */
export type Route =
  | 'sign-in'
  | 'callback'
  | 'session'
  | 'session/storage-key'
  | 'session/events'
  | 'session/active'
  | 'session.js'
  | 'role'
  | 'sign-out'
  | 'back-channel-logout'
  | 'jwks.json'
  | 'none';

export type SignedIn = 'signed-in' | Refusal | FaultCode | 'CIS2_REFUSED' | 'NOT_BEGUN' | 'LOGGED_OUT';

/**
 * Told what happened, in fields that come from closed lists: nothing about a child, no name, no token, no cookie. Must
 * not throw.
 */
export interface Observer {
  /** If it returns a promise, the answer waits for it. */
  read(record: ReadRecord, access: SessionAccess | undefined): unknown;
  route(record: {
    readonly route: Route;
    readonly status: number;
    readonly fault?: FaultCode;
    readonly ms: number;
  }): void;
  signIn(how: SignedIn, who?: { readonly uid: string; readonly roleId: string; readonly organisation: string }): void;
  ended(by: EndedBy, count: number): void;
  renewed(how: 'refresh' | 'exchange' | 'failed', fault?: Fault): void;
}
