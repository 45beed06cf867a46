import type { Access, TokenFor } from '../options.js';
import type { Question } from '../reads.js';
import { sessionIdOf } from './cookies.js';
import type { Renewal } from './renewal.js';
import { answered, type Opened, type Sessions } from './sessions.js';
import type { Store } from '../stores/store.js';

/** Access with who is asking, for the audit. */
export interface SessionAccess extends Access {
  readonly sessionId: string;
  readonly uid: string;
  readonly roleCode: string;
  readonly role: { readonly id: string; readonly organisation: string };
}

/** With more than this left, the token is used as it is. */
const fresh = 120_000;
/** With less than this left, the token might expire on its way. */
const stale = 10_000;

/** The signed-in user of a request, known by the session's cookie. */
export function accessBy(
  sessions: Sessions,
  renewal: Renewal,
  store: Store,
  now: () => number,
): TokenFor<SessionAccess, Question> {
  const accessOf = ({ row: { id }, session: { tokens, may, role, uid } }: Opened): SessionAccess => ({
    accessToken: tokens.accessToken,
    may,
    role: { id: role.id, organisation: role.organisation.ods },
    sessionId: id,
    uid,
    roleCode: role.code,
    ended: sessions.endingOf(id),
    still: async () => (await answered(store.read(id))) !== undefined,
    refused: () => sessions.end(id, 'refused'),
  });
  return async ({ headers }, { rejected }) => {
    const id = sessionIdOf(headers);
    const opened = id === undefined ? undefined : await sessions.open(id);
    if (opened === undefined) return undefined;
    await sessions.seen(opened.row);
    const left = opened.session.tokens.accessUntil - now();
    if (left > stale && opened.session.tokens.accessToken !== rejected) {
      // This request need not wait, so a failure is not its concern. The next request that must wait will report it.
      if (left <= fresh) renewal.after(opened).catch(() => undefined);
      return accessOf(opened);
    }
    const renewed = await renewal.after(opened);
    return renewed && accessOf(renewed);
  };
}
