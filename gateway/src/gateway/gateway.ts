import { readFileSync } from 'node:fs';

import { partsOf } from '../asked.js';
import { Fault, faultReply, faultResponse, type Reply, responseOf } from '../faults.js';
import { fromAnywhere, fromOurOrigin, guard } from '../guard.js';
import { createLimit } from '../limit.js';
import { createTokenService } from '../platform/token-service.js';
import { headsOf } from '../heads.js';
import { createReads, type Question, type Reads } from '../reads.js';
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

/** The page loads this beside the tag, to hear when the session has ended. */
const script = readFileSync(new URL('../../page/session.js', import.meta.url));

type Handler = (request: Request) => Response | Promise<Response>;

/** What the gateway is waiting for. For CIS2, `address` is the configured address that does not answer as it should. */
export type Waited = { readonly what: 'draining' | 'store' } | { readonly what: 'issuer'; readonly address: string };

/** The parts used of a request of Node's own server. Declared here, so that the handler alone needs no Node types. */
export interface Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
}

/** The parts used of its response. */
export interface Outgoing {
  readonly destroyed: boolean;
  writeHead(status: number, headers: Reply['headers']): { end(body: Reply['body']): unknown };
  destroy(): unknown;
}

/** The whole gateway as one handler, for any server that speaks `Request` and `Response`. */
export interface Gateway {
  /** Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for Node's own server, but only for reads. False when it is not a read; then nothing was done. */
  readonly answers: (incoming: Incoming, outgoing: Outgoing) => boolean;
  /** What is not ready. Empty when everything is. */
  readonly notReady: () => Promise<readonly Waited[]>;
  /** Sends every further read to another instance. Resolves when the reads under way are done. */
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const createGateway = (settings: GatewaySettings): Gateway => new WholeGateway(settings);

type Way = readonly [method: 'GET' | 'POST', may: (headers: Headers, publicUrl: string) => void, handler: Handler];
type Named = Exclude<Route, 'none'>;

class WholeGateway implements Gateway {
  readonly #settings: GatewaySettings;
  readonly #events: SessionEvents;
  readonly #ways: Readonly<Record<Named, Way>>;
  readonly #reads: Reads<Question>;
  readonly #issuer: () => Promise<Issuer>;
  readonly #sweeping: NodeJS.Timeout;
  #draining = false;
  #underWay = 0;
  #drained = (): void => undefined;

  constructor(settings: GatewaySettings) {
    const { publicUrl, basePath, store, keys, observer, now, policy } = settings;
    const seal = createSeal(settings.sealKeys);
    const service = createTokenService({ ...settings.platform, deadlineMs: settings.tokenDeadlineMs, keys, now });
    const sessions = new Sessions({ ...settings, seal, ended: (by, count) => observer.ended(by, count) });
    const renewal = new Renewal({
      ...settings,
      seal,
      sessions,
      service,
      renewed: (...how) => observer.renewed(...how),
    });
    const issuer = discovering(settings);
    const callbackPath = `${basePath}/callback`;
    const signIn = new SignIn({ issuer, service, seal, policy, publicUrl, callbackPath, now });
    this.#settings = settings;
    this.#issuer = issuer;
    this.#events = new SessionEvents(sessions);
    this.#ways = {
      ...signInWays(new SignInRoutes({ signIn, sessions, observer, publicUrl, signInPath: `${basePath}/sign-in` })),
      ...sessionWays(new SessionRoutes(sessions, signIn, settings)),
      'session/events': ['GET', guard, ({ headers }) => this.#events.stream(sessionIdOf(headers))],
      'back-channel-logout': ['POST', () => undefined, backChannelLogout(settings, sessions, issuer)],
      'jwks.json': ['GET', () => undefined, () => json(200, keys.published)],
      'session.js': ['GET', () => undefined, () => new Response(script, { headers: scriptHeaders })],
    };
    this.#reads = createReads({
      ...settings,
      tokenFor: accessBy(sessions, renewal, store, now),
      limit: sharedLimit(settings),
      record: (record, access) => observer.read(record, access),
    });
    this.#sweeping = setInterval(() => void sessions.sweep().catch(() => undefined), 60_000);
    this.#sweeping.unref();
  }

  fetch = async (request: Request): Promise<Response> => {
    const [path] = partsOf(request.url);
    if (path.startsWith(`${this.#settings.basePath}/FHIR/R4/`)) return responseOf(await this.#read(request));
    return this.#counted(() => this.#other(request, path));
  };

  answers = (incoming: Incoming, outgoing: Outgoing): boolean => {
    const { url = '', rawHeaders } = incoming;
    if (incoming.method !== 'GET' || !this.#reads.isAt(url.slice(0, url.indexOf('?')))) return false;
    const question = { method: 'GET', url: `${this.#settings.publicUrl}${url}`, headers: headsOf(rawHeaders) };
    this.#read(question)
      .then(({ status, headers, body }) => {
        // The browser may have gone.
        if (!outgoing.destroyed) outgoing.writeHead(status, headers).end(body);
      })
      .catch(() => outgoing.destroy());
    return true;
  };

  #read(question: Question): Promise<Reply> {
    if (this.#draining) return Promise.resolve(faultReply(new Fault('DRAINING', { retryAfter: '1' })));
    return this.#counted(() => this.#reads.answer(question));
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#drained();
    }
  }

  notReady = async (): Promise<readonly Waited[]> => {
    const works = (asked: Promise<unknown>): Promise<boolean> => asked.then(() => true).catch(() => false);
    const [storeWorks, issuerKnown] = await Promise.all([works(this.#settings.store.ready()), works(this.#issuer())]);
    return [
      ...(this.#draining ? [{ what: 'draining' } as const] : []),
      ...(storeWorks ? [] : [{ what: 'store' } as const]),
      ...(issuerKnown ? [] : [{ what: 'issuer', address: this.#settings.cis2.issuer } as const]),
    ];
  };

  drain = (): Promise<void> => {
    this.#draining = true;
    this.#events.closeAll();
    return this.#underWay === 0 ? Promise.resolve() : new Promise((resolve) => (this.#drained = resolve));
  };

  close = async (): Promise<void> => {
    clearInterval(this.#sweeping);
    this.#events.closeAll();
    await this.#settings.store.close();
  };

  #routeOf(path: string): Named | undefined {
    const { basePath } = this.#settings;
    const name = path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : '';
    return Object.hasOwn(this.#ways, name) ? (name as Named) : undefined;
  }

  async #other(request: Request, path: string): Promise<Response> {
    const { now, observer, publicUrl } = this.#settings;
    const began = now();
    const route = this.#routeOf(path);
    let fault: Fault | undefined;
    let response: Response;
    try {
      if (route === undefined) throw new Fault('NOT_FOUND');
      const [method, may, handler] = this.#ways[route];
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
  }
}

const signInWays = (routes: SignInRoutes) =>
  ({
    'sign-in': ['GET', fromAnywhere, (request) => routes.begin(request)],
    callback: ['GET', fromAnywhere, (request) => routes.callback(request)],
  }) satisfies Partial<Record<Named, Way>>;

const sessionWays = (routes: SessionRoutes) =>
  ({
    session: ['GET', guard, (request) => routes.session(request)],
    'session/storage-key': ['GET', guard, (request) => routes.storageKey(request)],
    'session/active': ['POST', fromOurOrigin, (request) => routes.active(request)],
    role: ['POST', fromOurOrigin, (request) => routes.role(request)],
    'sign-out': ['POST', fromOurOrigin, (request) => routes.signOut(request)],
  }) satisfies Partial<Record<Named, Way>>;

/** Discovers CIS2 once, and tries again after a failure. */
function discovering({ cis2, tokenDeadlineMs: timeoutMs, keys }: GatewaySettings): () => Promise<Issuer> {
  let found: Promise<Issuer> | undefined;
  return () =>
    (found ??= discoverIssuer({ ...cis2, timeoutMs }, keys).catch((error: unknown) => {
      found = undefined;
      throw error;
    }));
}

/** The address at which CIS2 ends sessions. */
function backChannelLogout(settings: GatewaySettings, sessions: Sessions, issuer: () => Promise<Issuer>): Handler {
  const { store, now } = settings;
  const { issuer: expected, clientId } = settings.cis2;
  const logouts = createLimit({ perMinute: 3000, reserve: 0, now });
  return async (request) => {
    logouts(true);
    const form = new URLSearchParams(await textOf(request, 65_536));
    const token = await issuer()
      .then((found) => logoutTokenOf(form.get('logout_token') ?? '', found, { issuer: expected, clientId, now: now() }))
      .catch(() => {
        throw new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
      });
    if (token === undefined) return json(400, { error: 'invalid_request' });
    // The sessions are ended first, so that a logout that failed to end them may be sent again.
    await sessions.endAll(token);
    const first = await answered(store.once(token.jti, now() + 600_000));
    return first ? json(200, {}) : json(400, { error: 'invalid_request' });
  };
}

const scriptHeaders = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
};
