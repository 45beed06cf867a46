import { Hono } from 'hono';

import { audit } from './audit.js';
import { authorityRoutes } from './authorities/routes.js';
import { createBell } from './bell.js';
import { DatabaseUnavailable, type Database } from './database/database.js';
import { createDemographics, everyone } from './demographics.js';
import { fhirResponse } from './fhir.js';
import { fhirBase, healthCareRoutes } from './health-care-routes.js';
import { createHealth } from './health.js';
import { jsonBody } from './json-body.js';
import { defaultRetention, type Purged, type Retention } from './keeping.js';
import { boundedBody } from './limits.js';
import { openApi } from './open-api.js';
import { sayOpenedInError } from './opened-in-error.js';
import type { RegisterParts } from './parts.js';
import { pg9Windows, type Windows } from './plans.js';
import { Problem, problemResponse } from './problem.js';
import { isNew, restore, type Records } from './records.js';
import { busy, fault, notFound, operationOutcome, Refusal } from './refusal.js';
import { runPurge, sandboxRoutes } from './sandbox.js';
import { demoRecords } from './seed/index.js';
import { openedInErrorNote } from './shapes.js';
import { mayRead, userOf, users } from './users.js';

export interface RegisterOptions {
  database: Database;
  /** The register's clock: milliseconds since 1970. */
  now: () => number;
  /** The records of a new or reset register, besides the sandbox's users. By default, the demo's people. */
  seed?: (now: number) => Records;
  /** How long an ended plan is still returned. By default, PG9's 12 months. */
  windows?: Windows;
  /** How long accesses and notifications are kept. */
  retention?: Retention;
}

export interface Register {
  /** Serves the addresses of `registerPaths`. Anything else is 404. */
  app: Hono;
  /** Empties the register, except for its audit, and seeds it again, relative to its clock. */
  reset: () => Promise<void>;
  /** The nightly purge. */
  purge: () => Promise<Purged>;
}

/** The paths that a server with more on its origin passes to the register, as Hono writes them. */
export const registerPaths: readonly string[] = [
  '/cpis/*',
  '/local-authorities',
  '/local-authorities/*',
  '/opened-in-error',
  '/sandbox/*',
  '/demographics',
  '/health',
  '/openapi.json',
];

/**
 * The sandbox register: a CP-IS register of invented people, for demo, tests and integrators. Its whole interface is in
 * docs/register.md.
 *
 * FHIR addresses refuse with OperationOutcomes (401, then 403 ACCESS_DENIED, then 400 PRECONDITION_FAILED and
 * INVALID_SEARCH_DATA), all others with problem+json. A refused request stores nothing. No error repeats what a request
 * held.
 */
export const createRegister = async (options: RegisterOptions): Promise<Register> => {
  const { database, now, seed = demoRecords, windows = pg9Windows, retention = defaultRetention } = options;
  const parts: RegisterParts = {
    database,
    now,
    windows,
    retention,
    demographics: createDemographics(),
    bell: createBell(database),
  };
  const reset = async () => {
    const records = seed(now());
    await restore(database, { ...records, practitioners: [...users, ...records.practitioners] });
    await audit(database, { at: now(), actor: 'register', action: 'reset' });
    parts.demographics.available = true;
  };
  if (await isNew(database)) await reset();

  const app = new Hono();

  app.use('*', boundedBody, async (context, next) => {
    await next();
    context.res.headers.set('Date', new Date(now()).toUTCString());
    context.res.headers.set('Cache-Control', 'no-store');
  });

  // Hono runs HEAD as GET: it would record an access although nothing was shown, and begin a stream that nobody reads.
  app.use('*', async ({ req: { method, path } }, next) => {
    if (method === 'HEAD' && speaksProblems(path) && path !== '/health') throw new Problem(405, 'Ask with GET.');
    await next();
  });
  app.route(fhirBase, healthCareRoutes(parts));
  app.route('/local-authorities', authorityRoutes(parts));
  app.route('/sandbox', sandboxRoutes(parts, reset));

  app.post('/opened-in-error', async (context) => {
    const user = userOf(context.req.header('authorization'));
    if (user === undefined) throw new Problem(401, 'A bearer token of a sandbox user is required.');
    if (!mayRead(user, true))
      throw new Problem(403, 'Only a user who may make unscheduled reads has any to take back.');
    const { nhsNumber, traceId, note } = await jsonBody(context.req.raw, openedInErrorNote);
    const said = { nhsNumber, ...(traceId !== undefined && { traceId }), ...(note !== undefined && { note }) };
    return context.json(await sayOpenedInError(parts, user, said));
  });

  app.get('/demographics', async (context) => context.json(await everyone(database)));
  app.get('/openapi.json', (context) => context.json(openApi));
  const check = createHealth(database);
  app.get('/health', async (context) => {
    await check();
    return context.json({ status: 'ok' });
  });

  app.notFound(({ req }) =>
    speaksProblems(req.path) ? problemResponse(new Problem(404, 'Nothing is at this address.')) : refuse(notFound()),
  );
  app.onError((error, { req }) => errorResponse(error, speaksProblems(req.path)));

  return { app, reset, purge: () => runPurge(parts) };
};

const speaksProblems = (path: string): boolean =>
  /^\/(?:local-authorities|opened-in-error|sandbox|demographics|health|openapi\.json)(?:\/|$)/.test(path);

/** @param problems whether the address answers with problem+json rather than an OperationOutcome */
const errorResponse = (error: Error, problems: boolean): Response => {
  if (error instanceof Refusal) return refuse(error);
  if (error instanceof Problem) return problemResponse(error);
  // A driver's message can quote the row it failed on, so only the kind of error is logged.
  console.error(`Register fault: ${error.name}`);
  if (error instanceof DatabaseUnavailable)
    return problems
      ? problemResponse(new Problem(503, 'The register’s database does not answer. Ask again.'))
      : refuse(busy());
  return problems ? problemResponse(new Problem(500, 'The register has a fault. Try again.')) : refuse(fault());
};

const refuse = (refusal: Refusal): Response => {
  const response = fhirResponse(operationOutcome(refusal), refusal.status);
  if (refusal.status === 401) response.headers.set('WWW-Authenticate', 'Bearer');
  if (refusal.status === 503) response.headers.set('Retry-After', '5');
  if (refusal.status === 405) response.headers.set('Allow', 'GET');
  return response;
};
