import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { history, recordAccess } from './accesses.js';
import { capabilityStatement } from './capability.js';
import type { Database } from './database/database.js';
import { auditEvent, careTeam, include, match, practitionerRole, searchset } from './fhir.js';
import { pg9Windows, returnedPlans, type Windows } from './plans.js';
import { checkRead, type Read } from './read.js';
import { isNew, restore, type Records } from './records.js';
import { fault, getOnly, notFound, operationOutcome, Refusal } from './refusal.js';
import { sandboxRoutes } from './sandbox.js';
import { demoRecords } from './seed/index.js';
import { londonDay } from './time.js';
import { users } from './users.js';

export interface RegisterOptions {
  database: Database;
  /** The register's clock: milliseconds since 1970. */
  now: () => number;
  /** What a new register holds, and a reset one, beside the sandbox's users; the demo's people by default. */
  seed?: (now: number) => Records;
  /** How long an ended plan is still returned; PG9's 12 months by default. */
  windows?: Windows;
}

export interface Register {
  /** Serves `/cpis/FHIR/R4/…` and `/sandbox/…`; anything else is 404. */
  app: Hono;
  /** Empties the register and seeds it again, relative to its clock. */
  reset: () => Promise<void>;
}

const base = '/cpis/FHIR/R4';

/**
 * The sandbox register: the consumer side of the CP-IS FHIR API over invented people, for demo, tests and integrators.
 *
 * - `GET /cpis/FHIR/R4/CareTeam` one CareTeam per plan (CP-IS consumer guide, Data mapping)
 * - `GET /cpis/FHIR/R4/AuditEvent` who has looked from unscheduled care
 * - `GET /cpis/FHIR/R4/metadata` CapabilityStatement, without a token
 *
 * Refusals are OperationOutcomes: 401, then 403 ACCESS_DENIED, then 400 PRECONDITION_FAILED and INVALID_SEARCH_DATA.
 * A refused request records nothing. No error repeats what a request held.
 */
export const createRegister = async (options: RegisterOptions): Promise<Register> => {
  const { database, now, seed = demoRecords, windows = pg9Windows } = options;
  const reset = async () => {
    const records = seed(now());
    await restore(database, { ...records, practitioners: [...users, ...records.practitioners] });
  };
  if (await isNew(database)) await reset();

  const app = new Hono();

  app.use('*', async (context, next) => {
    await next();
    context.res.headers.set('Date', new Date(now()).toUTCString());
    context.res.headers.set('Cache-Control', 'no-store');
  });

  // HEAD is refused too: Hono would run it as a GET, and a look that shows nothing would be recorded.
  app.use(`${base}/*`, async ({ req }, next) => {
    if (req.method !== 'GET') throw getOnly();
    await next();
  });

  app.get(`${base}/CareTeam`, async (context) => {
    const { nhsNumber } = await admit(context.req.raw);
    const plans = await returnedPlans(database, nhsNumber, londonDay(now()), windows);
    const entries = plans.map((plan) => match(careTeam(plan, nhsNumber)));
    return fhir(searchset(addressOf(context), 'CareTeam', nhsNumber, entries));
  });

  app.get(`${base}/AuditEvent`, async (context) => {
    const { nhsNumber } = await admit(context.req.raw);
    const accesses = await history(database, nhsNumber);
    const viewers = new Map(accesses.map((access) => [access.roleId, practitionerRole(access)]));
    const entries = [
      ...accesses.map((access) => match(auditEvent(access, nhsNumber))),
      ...[...viewers.values()].map(include),
    ];
    return fhir(searchset(addressOf(context), 'AuditEvent', nhsNumber, entries));
  });

  app.get(`${base}/metadata`, (context) => fhir(capabilityStatement(addressOf(context), now())));
  app.route('/sandbox', sandboxRoutes({ database, reset }));
  app.notFound(() => refuse(notFound()));
  app.onError((error) => {
    if (error instanceof Refusal) return refuse(error);
    // A driver's message can quote the row it failed on, so only the kind of error is told.
    console.error(`Register fault: ${error.name}`);
    return refuse(fault());
  });

  /** Checks a request and, in unscheduled care, records it: the read that follows already shows it. */
  const admit = async (request: Request): Promise<Read> => {
    const read = checkRead(request);
    if (read.unscheduled) {
      await recordAccess(database, {
        author: read.user.author,
        nhsNumber: read.nhsNumber,
        traceId: read.traceId,
        at: now(),
      });
    }
    return read;
  };

  return { app, reset };
};

const addressOf = ({ req }: Context): string => new URL(req.url).origin + base;

const fhir = (resource: object, status: ContentfulStatusCode = 200): Response =>
  new Response(JSON.stringify(resource), { status, headers: { 'Content-Type': 'application/fhir+json' } });

const refuse = (refusal: Refusal): Response => {
  const response = fhir(operationOutcome(refusal), refusal.status);
  if (refusal.status === 401) response.headers.set('WWW-Authenticate', 'Bearer');
  if (refusal.status === 405) response.headers.set('Allow', 'GET');
  return response;
};
