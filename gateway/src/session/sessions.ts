import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import * as v from 'valibot';

import { Fault } from '../faults.js';
import type { Tokens } from '../platform/token-service.js';
import type { Identity, IdTokenClaims } from '../sign-in/claims.js';
import type { Lease, Row, Store } from '../stores/store.js';
import { idOf, newSecret } from './cookies.js';
import type { Seal } from './seal.js';
import { type Session, sessionShape } from './session.js';

export interface Opened {
  readonly row: Row;
  readonly session: Session;
}

export type EndedBy = 'user' | 'cis2' | 'idle' | 'over' | 'invalid_grant' | 'refused' | 'replaced' | 'unreadable';

export interface SessionsOptions {
  readonly store: Store;
  readonly seal: Seal;
  readonly idleMs: number;
  readonly lifeMs: number;
  readonly now: () => number;
  readonly ended: (by: EndedBy, count: number) => void;
}

/** How often a session's last use is stored. Doing it at each read would be too often. */
const seenEvery = 30_000;

/**
 * The sessions of signed-in users. A store that does not answer is a Fault: it does not mean that nobody is signed in.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #endings = new Map<string, AbortController>();
  /** Sessions that were unsealed here and still match what the store holds. */
  readonly #opened = new Map<string, { readonly sealed: string; readonly session: Session }>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    options.store.onEnded((id) => this.#forget(id));
  }

  /** @returns the cookie's value, or undefined when CIS2 has ended the session meanwhile */
  async create({
    idToken,
    claims,
    identity,
    tokens,
  }: {
    readonly idToken: string;
    readonly claims: IdTokenClaims;
    readonly identity: Identity;
    readonly tokens: Tokens;
  }): Promise<string | undefined> {
    const { store, seal, lifeMs, now } = this.#options;
    const secret = newSecret();
    const id = idOf(secret);
    const session: Session = {
      ...identity,
      // The same person in another role is another user to the tag, because what one role was told is not for the
      // other.
      user: seal.tag(`user\n${claims.sub}\n${identity.role.id}`),
      roles: identity.roles.map((role) => ({ ...role, activities: [...role.activities] })),
      role: { ...identity.role, activities: [...identity.role.activities] },
      idToken,
      idTokenUntil: claims.exp * 1000,
      storageKey: randomBytes(32).toString('base64url'),
      tokens,
    };
    const made = await answered(
      store.create({
        id,
        sealed: await seal.seal(session, id),
        sidTag: claims.sid === undefined ? undefined : seal.tag(sidText(claims.sid)),
        subTag: seal.tag(subText(claims.sub)),
        issuedAt: claims.iat,
        seenAt: now(),
        endsAt: now() + lifeMs,
      }),
    );
    return made ? secret : undefined;
  }

  /** Undefined when there is none, or when it is idle or over. An idle session, or one that is over, is ended. */
  async open(id: string): Promise<Opened | undefined> {
    const { store, seal, idleMs, now } = this.#options;
    const row = await answered(store.read(id));
    if (row === undefined) {
      this.#forget(id);
      return undefined;
    }
    const by = row.endsAt <= now() ? 'over' : row.seenAt + idleMs <= now() ? 'idle' : undefined;
    if (by !== undefined) return this.end(id, by).then(() => undefined);
    const known = this.#opened.get(id);
    if (known?.sealed === row.sealed) return { row, session: known.session };
    const parsed = v.safeParse(sessionShape, await seal.open(row.sealed, id));
    if (!parsed.success) return this.end(id, 'unreadable').then(() => undefined);
    this.#opened.set(id, { sealed: row.sealed, session: parsed.output });
    return { row, session: parsed.output };
  }

  /** Notes that the session's user is at work. */
  async seen({ id, seenAt }: Row): Promise<void> {
    const { store, now } = this.#options;
    if (now() - seenAt >= seenEvery) await answered(store.seen(id, now()));
  }

  /** When a lease is given, ends the session only while the lease is held. */
  async end(id: string, by: EndedBy, lease?: Lease): Promise<void> {
    const { store, ended } = this.#options;
    if (await answered(store.end(id, lease))) ended(by, 1);
  }

  /** Ends what CIS2 says: one session of its own, or all sessions of a user that began before. */
  async endAll({ sid, sub, iat }: { sid?: string | undefined; sub?: string | undefined; iat: number }): Promise<void> {
    const { store, seal, lifeMs, now, ended } = this.#options;
    const text = sid !== undefined ? sidText(sid) : sub !== undefined ? subText(sub) : undefined;
    const out = { tags: text === undefined ? [] : seal.tags(text), issuedAt: iat };
    ended('cis2', await answered(store.endAll(out, now() + lifeMs)));
  }

  /** Aborted when the session ends, at any instance. */
  endingOf(id: string): AbortSignal {
    const known = this.#endings.get(id);
    if (known) return known.signal;
    const controller = new AbortController();
    // There is one listener for each read that the session has under way.
    setMaxListeners(0, controller.signal);
    this.#endings.set(id, controller);
    return controller.signal;
  }

  /** Ends unused sessions, and forgets here those that are gone from the store. */
  async sweep(): Promise<void> {
    const { store, idleMs, now } = this.#options;
    await answered(store.sweep(now(), now() - idleMs));
    for (const id of new Set([...this.#endings.keys(), ...this.#opened.keys()]))
      if ((await answered(store.read(id))) === undefined) this.#forget(id);
  }

  #forget(id: string): void {
    this.#endings.get(id)?.abort();
    this.#endings.delete(id);
    this.#opened.delete(id);
  }
}

const sidText = (sid: string): string => `sid\n${sid}`;
const subText = (sub: string): string => `sub\n${sub}`;

/** A store's answer. A failure becomes a Fault without the store's words, which may hold an address or a value. */
export const answered = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch(() => {
    throw new Fault('STORE_DOWN', { retryAfter: '1' });
  });
