import { Hono, type Context } from 'hono';

import { history } from './accesses.js';
import { capabilityStatement } from './capability.js';
import { auditEvent, careTeam, fhirResponse, include, match, practitionerRole, searchset } from './fhir.js';
import { openRecord } from './open-record.js';
import { flagBundle, patientFlagRead } from './patient-flags.js';
import { checkRead } from './read.js';
import { getOnly } from './refusal.js';
import { londonDay } from '../shared/time.js';
import type { RegisterParts } from './parts.js';

export const fhirBase = '/cpis/FHIR/R4';

/** The consumer side of the CP-IS FHIR API, and the Patient Flags API beside it. */
export const healthCareRoutes = (register: RegisterParts): Hono => {
  const routes = new Hono();

  // HEAD is refused too. Hono would run it as a GET, and an access would be recorded although nothing was shown.
  routes.use('*', async ({ req }, next) => {
    if (req.method !== 'GET') throw getOnly();
    await next();
  });

  routes.get('/CareTeam', async (context) => {
    const read = checkRead(context.req.raw);
    const plans = await openRecord(register, read, 'CareTeam', (record) => record.plans());
    const entries = plans.map((plan) => match(careTeam(plan, read.nhsNumber)));
    return fhirResponse(searchset(addressOf(context), 'CareTeam', read.nhsNumber, entries));
  });

  routes.get('/AuditEvent', async (context) => {
    const read = checkRead(context.req.raw);
    const accesses = history(await openRecord(register, read, 'AuditEvent', (record) => record.accesses()));
    const viewers = new Map(accesses.map((access) => [access.roleId, practitionerRole(access)]));
    const entries = [
      ...accesses.map((access) => match(auditEvent(access, read.nhsNumber))),
      ...[...viewers.values()].map(include),
    ];
    return fhirResponse(searchset(addressOf(context), 'AuditEvent', read.nhsNumber, entries));
  });

  routes.get('/PatientFlag', async (context) => {
    const read = patientFlagRead(context.req.raw);
    const plans = await openRecord(register, read, 'PatientFlag', (record) => record.plans());
    return fhirResponse(flagBundle(addressOf(context), read.nhsNumber, plans, londonDay(register.now())));
  });

  routes.get('/metadata', (context) => fhirResponse(capabilityStatement(addressOf(context), register.now())));
  return routes;
};

const addressOf = ({ req }: Context): string => new URL(req.url).origin + fhirBase;
