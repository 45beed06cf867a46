import { AuthorizationResponseError } from 'openid-client';

import { Fault } from '../faults.js';
import { cookieOf, forgotten, sessionCookieOf, sessionIdOf, signInCookie, signInCookieOf } from '../session/cookies.js';
import type { Sessions } from '../session/sessions.js';
import { SignInRefused } from '../sign-in/claims.js';
import type { Completed, SignIn } from '../sign-in/sign-in.js';
import type { Observer, SignedIn } from './observer.js';
import { movesOn, page } from './pages.js';
import { returnPathOf } from './return-path.js';

export interface SignInRoutesOptions {
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly observer: Observer;
  readonly publicUrl: string;
  readonly signInPath: string;
}

/** The browser's two steps of a sign-in. Both answer with a page, so that the user is told in words what went wrong. */
export class SignInRoutes {
  readonly #options: SignInRoutesOptions;

  constructor(options: SignInRoutesOptions) {
    this.#options = options;
  }

  async begin(request: Request): Promise<Response> {
    const { signIn, publicUrl, signInPath } = this.#options;
    const returnTo = returnPathOf(new URL(request.url).searchParams.get('return') ?? undefined, publicUrl);
    try {
      const instead = sessionIdOf(request.headers);
      const { location, sealed } = await signIn.begin(returnTo, { instead, changeRole: false });
      return new Response(null, {
        status: 302,
        headers: {
          Location: location.href,
          'Set-Cookie': signInCookieOf(sealed),
          'Cache-Control': 'no-store',
          'Referrer-Policy': 'no-referrer',
        },
      });
    } catch {
      return page(503, 'Sign-in is not available', 'NHS sign-in does not answer. Try again in a minute.', signInPath);
    }
  }

  async callback(request: Request): Promise<Response> {
    const { signIn, sessions, signInPath } = this.#options;
    const begun = await signIn.begun(cookieOf(request.headers, signInCookie));
    if (begun === undefined) {
      const text = 'It was begun in another browser, or too long ago.';
      return this.#refused('NOT_BEGUN', await page(400, 'You are not signed in', text, signInPath));
    }
    const again = `${signInPath}?return=${encodeURIComponent(begun.returnTo)}`;
    let completed: Completed;
    try {
      completed = await signIn.complete(new URL(request.url).search, begun);
    } catch (error) {
      // The role at CIS2 is no longer the session's role, so the session must not go on.
      if (error instanceof SignInRefused && begun.instead !== undefined) await sessions.end(begun.instead, 'replaced');
      return this.#failed(error, again);
    }
    const secret = await sessions.create(completed);
    if (begun.instead !== undefined) await sessions.end(begun.instead, 'replaced');
    if (secret === undefined) {
      const text = 'Your card was taken out while you signed in.';
      return this.#refused('LOGGED_OUT', await page(403, 'You are not signed in', text, again));
    }
    const { uid, role } = completed.identity;
    this.#options.observer.signIn('signed-in', { uid, roleId: role.id, organisation: role.organisation.ods });
    const response = await movesOn(begun.returnTo);
    response.headers.append('Set-Cookie', sessionCookieOf(secret));
    response.headers.append('Set-Cookie', forgotten(signInCookie));
    return response;
  }

  #refused(how: SignedIn, response: Response): Response {
    this.#options.observer.signIn(how);
    response.headers.append('Set-Cookie', forgotten(signInCookie));
    return response;
  }

  async #failed(error: unknown, again: string): Promise<Response> {
    if (error instanceof SignInRefused) {
      const { code, role } = error;
      if (role) {
        const text = `${role.name || role.code} at ${role.organisation.name}. Choose another role, or ask your RA team.`;
        return this.#refused(code, await page(403, 'Your role may not use CP-IS', text, again));
      }
      const text =
        code === 'ASSURANCE_TOO_LOW'
          ? 'CP-IS needs a stronger sign-in: use your smartcard or security key.'
          : 'NHS sign-in did not say which role you chose. Choose a role, or ask your RA team.';
      return this.#refused(code, await page(403, 'You are not signed in', text, again));
    }
    if (error instanceof Fault && error.code === 'ASSURANCE_TOO_LOW') {
      const text = 'CP-IS needs a stronger sign-in: use your smartcard or security key.';
      return this.#refused(error.code, await page(403, 'You are not signed in', text, again));
    }
    if (error instanceof Fault) {
      const text = 'The national service does not answer. Try again in a minute.';
      return this.#refused(error.code, await page(error.status, 'Sign-in is not available', text, again));
    }
    const text = 'NHS sign-in was not completed.';
    const status = error instanceof AuthorizationResponseError ? 403 : 502;
    return this.#refused('CIS2_REFUSED', await page(status, 'You are not signed in', text, again));
  }
}
