import { Hono } from 'hono';
import { createHash, randomUUID } from 'node:crypto';

import { fhirEncounter, fhirPatients } from '../shared/fhir-patient.js';

interface Launch {
  readonly patient: string;
  readonly encounter: string;
  /** The Encounter's status. */
  readonly status: string;
  challenge?: string;
}

const app = '/demo/smart/';

/**
 * As much of an EPR as a SMART launch needs. `GET /ehr/launch?person=3` starts the app with a patient in context,
 * authorisation asks nobody, and the token reads only that patient and encounter. `&status=finished` launches a stay
 * that is over. People are known by their place in `people()`, because an NHS number never appears in an address.
 */
export function ehr(today: () => string): Hono {
  const launches = new Map<string, Launch>();
  const codes = new Map<string, Launch>();
  const tokens = new Map<string, Launch>();
  const routes = new Hono().basePath('/ehr');

  routes.get('/launch', (context) => {
    const patient = `person-${context.req.query('person') ?? ''}`;
    if (!fhirPatients(today()).has(patient)) return context.text('No such person', 404);
    const launch = randomUUID();
    launches.set(launch, { patient, encounter: randomUUID(), status: context.req.query('status') ?? 'in-progress' });
    const to = new URL(app, context.req.url);
    to.search = new URLSearchParams({ iss: here(context.req.url, '/ehr/fhir'), launch }).toString();
    return context.redirect(to.href);
  });

  routes.get('/fhir/.well-known/smart-configuration', ({ req, json }) => json(configuration(req.url)));

  routes.get('/authorize', (context) => {
    const { redirect_uri: redirect = '', state = '', launch = '', code_challenge: challenge } = context.req.query();
    const launched = launches.get(launch);
    launches.delete(launch);
    if (launched === undefined || challenge === undefined || redirect !== here(context.req.url, app))
      return context.text('Not authorised', 400);
    const code = randomUUID();
    codes.set(code, { ...launched, challenge });
    return context.redirect(`${redirect}?${new URLSearchParams({ code, state }).toString()}`);
  });

  routes.post('/token', async (context) => {
    const { code = '', code_verifier: verifier = '' } = await context.req.parseBody<Record<string, string>>();
    const launched = codes.get(code);
    codes.delete(code);
    if (launched?.challenge !== createHash('sha256').update(verifier).digest('base64url'))
      return context.json({ error: 'invalid_grant' }, 400);
    const token = randomUUID();
    tokens.set(token, launched);
    return context.json(granted(token, launched), 200, { 'Cache-Control': 'no-store' });
  });

  routes.get('/fhir/:type/:id', (context) => {
    const launched = tokens.get(/^Bearer (.+)$/.exec(context.req.header('Authorization') ?? '')?.[1] ?? '');
    if (launched === undefined) return context.json({ resourceType: 'OperationOutcome' }, 401);
    const { type, id } = context.req.param();
    const { patient, encounter, status } = launched;
    if (type === 'Patient' && id === patient) return context.json(fhirPatients(today()).get(patient));
    if (type === 'Encounter' && id === encounter) return context.json(fhirEncounter(encounter, patient, status));
    return context.json({ resourceType: 'OperationOutcome' }, 403);
  });
  return routes;
}

const here = (url: string, path: string): string => new URL(path, url).href;

const scopes = ['launch', 'patient/Patient.read', 'patient/Encounter.read'];

/** Its SMART configuration, for a request to this address. */
const configuration = (url: string) => ({
  authorization_endpoint: here(url, '/ehr/authorize'),
  token_endpoint: here(url, '/ehr/token'),
  capabilities: ['launch-ehr', 'client-public', 'context-ehr-patient', 'context-ehr-encounter', 'permission-patient'],
  code_challenge_methods_supported: ['S256'],
  grant_types_supported: ['authorization_code'],
  scopes_supported: scopes,
});

const granted = (token: string, { patient, encounter }: Launch) => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: 3600,
  scope: scopes.join(' '),
  patient,
  encounter,
  need_patient_banner: true,
});
