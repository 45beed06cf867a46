import { Fault } from '../faults.js';
import { forgotten, sessionCookie, sessionIdOf, signInCookieOf } from '../session/cookies.js';
import type { Opened, Sessions } from '../session/sessions.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { Role } from '../sign-in/claims.js';
import { json } from './pages.js';
import { returnPathOf } from './return-path.js';

const shown = ({ name, organisation }: Pick<Role, 'name' | 'organisation'>) => ({
  name,
  organisation: organisation.name,
});

/** Lets the page read the session, change its role and end it. */
export class SessionRoutes {
  readonly #sessions: Sessions;
  readonly #signIn: SignIn;
  readonly #publicUrl: string;
  readonly #endSession: boolean;

  constructor(
    sessions: Sessions,
    signIn: SignIn,
    { publicUrl, endSession }: { publicUrl: string; endSession: boolean },
  ) {
    this.#sessions = sessions;
    this.#signIn = signIn;
    this.#publicUrl = publicUrl;
    this.#endSession = endSession;
  }

  #opened({ headers }: Request): Promise<Opened | undefined> {
    const id = sessionIdOf(headers);
    return id === undefined ? Promise.resolve(undefined) : this.#sessions.open(id);
  }

  async #mustBeOpened(request: Request): Promise<Opened> {
    const opened = await this.#opened(request);
    if (opened === undefined) throw new Fault('SIGNED_OUT');
    return opened;
  }

  /** Who is signed in, in which role, and what the role may do. */
  async session(request: Request): Promise<Response> {
    const opened = await this.#opened(request);
    if (opened === undefined) return json(200, { signedIn: false });
    const { user, name, role, roles, may } = opened.session;
    const { endsAt } = opened.row;
    return json(200, {
      signedIn: true,
      user,
      name,
      role: shown(role),
      roles: roles.map(shown),
      may,
      expires: new Date(endsAt).toISOString(),
    });
  }

  /** 32 bytes for the tag's `storageKey`. They are gone when the session ends. */
  async storageKey(request: Request): Promise<Response> {
    const { session } = await this.#mustBeOpened(request);
    return new Response(Buffer.from(session.storageKey, 'base64url'), {
      headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' },
    });
  }

  /** Says that the user is at work, though they open no patient. */
  async active(request: Request): Promise<Response> {
    const { row } = await this.#mustBeOpened(request);
    await this.#sessions.seen(row);
    return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
  }

  /** The address at CIS2 for choosing another role. The present session ends when that is done. */
  async role(request: Request): Promise<Response> {
    const { row } = await this.#mustBeOpened(request);
    const returnTo = returnPathOf(new URL(request.url).searchParams.get('return') ?? undefined, this.#publicUrl);
    const { location, sealed } = await this.#signIn.begin(returnTo, { instead: row.id, changeRole: true });
    return json(200, { location: location.href }, { 'Set-Cookie': signInCookieOf(sealed) });
  }

  /** Ends the session. `location` is given when the user should be signed out of CIS2 too. */
  async signOut(request: Request): Promise<Response> {
    const opened = await this.#opened(request);
    if (opened) await this.#sessions.end(opened.row.id, 'user');
    const location =
      opened && this.#endSession
        ? await this.#signIn.endSessionAt(opened.session.idToken).catch(() => undefined)
        : undefined;
    return json(200, location ? { location: location.href } : {}, { 'Set-Cookie': forgotten(sessionCookie) });
  }
}
