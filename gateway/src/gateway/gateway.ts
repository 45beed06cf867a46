import { readFileSync } from 'node:fs';

import { Fault, faultResponse } from '../faults.js';
import { fromAnywhere, fromOurOrigin, guard } from '../guard.js';
import { createLimit } from '../limit.js';
import { createTokenService } from '../platform/token-service.js';
import { registerRoutes } from '../routes.js';
import { accessBy } from '../session/access.js';
import { sessionIdOf } from '../session/cookies.js';
import { Renewal } from '../session/renewal.js';
import { createSeal } from '../session/seal.js';
import { answered, Sessions } from '../session/sessions.js';
import { discoverIssuer, type Issuer } from '../sign-in/issuer.js';
import { logoutTokenOf } from '../sign-in/logout-token.js';
import { SignIn } from '../sign-in/sign-in.js';
import { textOf } from './text-of.js';
import { SessionEvents } from './events.js';
import type { Route } from './observer.js';
import { json } from './pages.js';
import { SessionRoutes } from './session-routes.js';
import type { GatewaySettings } from './settings.js';
import { sharedLimit } from './shared-limit.js';
import { SignInRoutes } from './sign-in-routes.js';

/** For the page, beside the tag: hears that the session has ended. */
const script = readFileSync(new URL('../../page/session.js', import.meta.url));

type Handler = (request: Request) => Response | Promise<Response>;

/** The whole gateway as one handler, for any server that speaks `Request` and `Response`. */
export interface Gateway {
  /** Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** What is not ready; empty when all is. */
  readonly notReady: () => Promise<readonly ('draining' | 'store' | 'issuer')[]>;
  /** From now on each read is sent to another instance. Resolves when those under way are done. */
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function createGateway(settings: GatewaySettings): Gateway {
  const { publicUrl, basePath, store, keys, observer, now, policy } = settings;
  const seal = createSeal(settings.sealKeys);
  const service = createTokenService({ ...settings.platform, deadlineMs: settings.tokenDeadlineMs, keys, now });
  const sessions = new Sessions({ ...settings, seal, ended: (by, count) => observer.ended(by, count) });
  const renewal = new Renewal({ ...settings, seal, sessions, service, renewed: (...how) => observer.renewed(...how) });

  let discovering: Promise<Issuer> | undefined;
  const issuer = (): Promise<Issuer> => {
    discovering ??= discoverIssuer({ ...settings.cis2, timeoutMs: settings.tokenDeadlineMs }, keys).catch(
      (error: unknown) => {
        discovering = undefined;
        throw error;
      },
    );
    return discovering;
  };

  const signIn = new SignIn({ issuer, service, seal, policy, publicUrl, callbackPath: `${basePath}/callback`, now });
  const signInRoutes = new SignInRoutes({ signIn, sessions, observer, publicUrl, signInPath: `${basePath}/sign-in` });
  const sessionRoutes = new SessionRoutes(sessions, signIn, settings);
  const events = new SessionEvents(sessions);
  const logouts = createLimit({ perMinute: 3000, reserve: 0, now });

  const loggedOut = async (request: Request): Promise<Response> => {
    logouts(true);
    const form = new URLSearchParams(await textOf(request, 65_536));
    const { issuer: expected, clientId } = settings.cis2;
    const token = await issuer()
      .then((found) => logoutTokenOf(form.get('logout_token') ?? '', found, { issuer: expected, clientId, now: now() }))
      .catch(() => {
        throw new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
      });
    if (token === undefined) return json(400, { error: 'invalid_request' });
    // First the sessions: a logout whose end failed may be sent again.
    await sessions.endAll(token);
    const first = await answered(store.once(token.jti, now() + 600_000));
    return first ? json(200, {}) : json(400, { error: 'invalid_request' });
  };

  type Way = readonly [method: 'GET' | 'POST', may: (headers: Headers, publicUrl: string) => void, handler: Handler];
  const ways: Readonly<Record<Exclude<Route, 'none'>, Way>> = {
    'sign-in': ['GET', fromAnywhere, (request) => signInRoutes.begin(request)],
    callback: ['GET', fromAnywhere, (request) => signInRoutes.callback(request)],
    session: ['GET', guard, (request) => sessionRoutes.session(request)],
    'session/storage-key': ['GET', guard, (request) => sessionRoutes.storageKey(request)],
    'session/events': ['GET', guard, ({ headers }) => events.stream(sessionIdOf(headers))],
    'session/active': ['POST', fromOurOrigin, (request) => sessionRoutes.active(request)],
    role: ['POST', fromOurOrigin, (request) => sessionRoutes.role(request)],
    'sign-out': ['POST', fromOurOrigin, (request) => sessionRoutes.signOut(request)],
    'back-channel-logout': ['POST', () => undefined, loggedOut],
    'jwks.json': ['GET', () => undefined, () => json(200, keys.published)],
    'session.js': ['GET', () => undefined, () => new Response(script, { headers: scriptHeaders })],
  };
  const wayOf = (path: string): Exclude<Route, 'none'> | undefined => {
    const name = path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : '';
    return Object.hasOwn(ways, name) ? (name as Exclude<Route, 'none'>) : undefined;
  };

  const read = registerRoutes({
    ...settings,
    tokenFor: accessBy(sessions, renewal, store, now),
    limit: sharedLimit(settings),
    record: (record, access) => observer.read(record, access),
  });

  const other = async (request: Request, path: string): Promise<Response> => {
    const began = now();
    const route = wayOf(path);
    let fault: Fault | undefined;
    let response: Response;
    try {
      if (route === undefined) throw new Fault('NOT_FOUND');
      const [method, may, handler] = ways[route];
      if (request.method !== method) throw new Fault('METHOD_NOT_ALLOWED');
      may(request.headers, publicUrl);
      response = await handler(request);
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault('GATEWAY_FAULT');
      response = faultResponse(fault);
    }
    const { status } = response;
    observer.route({ route: route ?? 'none', status, ...(fault && { fault: fault.code }), ms: now() - began });
    return response;
  };

  let draining = false;
  let underWay = 0;
  let drained = (): void => undefined;
  const sweeping = setInterval(() => void sessions.sweep().catch(() => undefined), 60_000);
  sweeping.unref();

  return {
    fetch: async (request) => {
      const path = new URL(request.url).pathname;
      const isRead = path.startsWith(`${basePath}/FHIR/R4/`);
      if (draining && isRead) return faultResponse(new Fault('DRAINING', { retryAfter: '1' }));
      underWay += 1;
      try {
        return await (isRead ? read(request) : other(request, path));
      } finally {
        underWay -= 1;
        if (underWay === 0) drained();
      }
    },
    notReady: async () => {
      const works = (asked: Promise<unknown>): Promise<boolean> => asked.then(() => true).catch(() => false);
      const [storeWorks, issuerKnown] = await Promise.all([works(store.ready()), works(issuer())]);
      return [
        ...(draining ? (['draining'] as const) : []),
        ...(storeWorks ? [] : (['store'] as const)),
        ...(issuerKnown ? [] : (['issuer'] as const)),
      ];
    },
    drain: () => {
      draining = true;
      events.closeAll();
      return underWay === 0 ? Promise.resolve() : new Promise((resolve) => (drained = resolve));
    },
    close: async () => {
      clearInterval(sweeping);
      events.closeAll();
      await store.close();
    },
  };
}

const scriptHeaders = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
};
