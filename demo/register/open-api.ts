/** What an address does; `status` is that of success. */
interface Operation {
  does: string;
  status?: number;
  body?: readonly string[];
  mayBeEmpty?: boolean;
  query?: readonly string[];
  /** Which users may ask; nobody has to sign in when it is left out. */
  by?: 'user' | 'localAuthority';
  refuses?: readonly number[];
}

const fhir = '/cpis/FHIR/R4';
const authority = '/local-authorities/{code}';
const json = ['application/json'];

/** The interface of docs/register.md; a test asks for each of these addresses. */
const operations: Readonly<Record<string, Operation>> = {
  [`get ${fhir}/CareTeam`]: {
    does: 'One CareTeam per plan',
    by: 'user',
    query: ['patient:identifier'],
    refuses: [400, 403],
  },
  [`get ${fhir}/AuditEvent`]: {
    does: 'The 25 newest accesses',
    by: 'user',
    query: ['patient:identifier'],
    refuses: [400, 403],
  },
  [`get ${fhir}/PatientFlag`]: {
    does: 'The same plans, silently, for scheduled care',
    by: 'user',
    query: ['patient', 'code'],
    refuses: [400, 403],
  },
  [`get ${fhir}/metadata`]: { does: 'CapabilityStatement' },
  'post /opened-in-error': {
    does: 'Say that a view of one’s own was opened in error',
    by: 'user',
    body: json,
    refuses: [400, 403, 404, 413, 415],
  },
  'get /local-authorities': { does: 'Codes and names' },
  [`post ${authority}/uploads`]: {
    does: 'Upload records',
    by: 'localAuthority',
    body: [...json, 'text/csv'],
    refuses: [400, 403, 413, 415, 503],
  },
  [`get ${authority}/to-correct`]: { does: 'Records that could not be taken', by: 'localAuthority', refuses: [403] },
  [`delete ${authority}/to-correct/{id}`]: {
    does: 'Take a record off the list',
    by: 'localAuthority',
    status: 204,
    refuses: [403, 404],
  },
  [`get ${authority}/children`]: { does: 'Its own children', by: 'localAuthority', refuses: [403] },
  [`get ${authority}/children/{id}`]: {
    does: 'One child: plans and accesses',
    by: 'localAuthority',
    refuses: [403, 404],
  },
  [`put ${authority}/children/{id}/allocated-worker`]: {
    does: 'Whether a social worker is allocated',
    by: 'localAuthority',
    status: 204,
    body: json,
    refuses: [400, 403, 404],
  },
  [`post ${authority}/births`]: {
    does: 'Record a birth',
    by: 'localAuthority',
    status: 201,
    body: json,
    refuses: [400, 403, 409, 422],
  },
  [`get ${authority}/notifications`]: {
    does: 'The inbox',
    by: 'localAuthority',
    query: ['after', 'limit', 'unacknowledged'],
    refuses: [400, 403],
  },
  [`get ${authority}/notifications/stream`]: {
    does: 'The inbox as server-sent events',
    by: 'localAuthority',
    query: ['after'],
    refuses: [400, 403, 429],
  },
  [`post ${authority}/notifications/{id}/acknowledgement`]: {
    does: 'Acknowledge a notification',
    by: 'localAuthority',
    body: json,
    mayBeEmpty: true,
    status: 204,
    refuses: [400, 403, 404, 413, 415],
  },
  'get /demographics': { does: 'Sandbox only: the invented people' },
  'put /sandbox/demographics/people': {
    does: 'Sandbox only: add or change a person',
    status: 204,
    body: json,
    refuses: [400],
  },
  'post /sandbox/demographics/superseded': {
    does: 'Sandbox only: supersede a number',
    status: 204,
    body: json,
    refuses: [400, 404, 409],
  },
  'put /sandbox/demographics/available': {
    does: 'Sandbox only: the demographics service is up or down',
    status: 204,
    body: json,
    refuses: [400],
  },
  'get /sandbox/accesses': { does: 'Sandbox only: every access row' },
  'post /sandbox/purge': { does: 'Sandbox only: the nightly purge, now' },
  'post /sandbox/reset': { does: 'Sandbox only: the first records again', status: 204 },
  'get /health': { does: 'Whether the database answers', refuses: [503] },
  'get /openapi.json': { does: 'This' },
};

/** Answered without the database. */
const asksNothing = /\/(?:metadata|openapi\.json|available)$/;

const describe = (
  path: string,
  { does, status = 200, body, mayBeEmpty = false, query = [], by, refuses = [] }: Operation,
) => {
  const errors = path.startsWith(fhir) ? 'An OperationOutcome' : 'application/problem+json';
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map((name) => ({
    name,
    in: 'query',
    required: path.startsWith(fhir),
    schema: { type: 'string' },
  }));
  const headers = path.startsWith(fhir) && by !== undefined ? ['TraceID', 'IsUnscheduledAccessEvent'] : [];
  const inHeader = headers.map((name) => ({ name, in: 'header', schema: { type: 'string' } }));
  return {
    summary: does,
    ...(by !== undefined && { security: [{ [by]: [] }] }),
    parameters: [...inPath, ...inQuery, ...inHeader],
    ...(body && {
      requestBody: { required: !mayBeEmpty, content: Object.fromEntries(body.map((type) => [type, {}])) },
    }),
    responses: {
      [status]: { description: does },
      ...(by !== undefined && { 401: { description: errors } }),
      ...(path.startsWith('/sandbox/') && { 403: { description: 'Asked by another site’s page' } }),
      ...Object.fromEntries(refuses.map((code) => [code, { description: errors }])),
      ...(asksNothing.test(path) ? {} : { 503: { description: 'The database does not answer. Ask again' } }),
    },
  };
};

const paths: Record<string, Record<string, object>> = {};
for (const [address, operation] of Object.entries(operations)) {
  const [method = '', path = ''] = address.split(' ');
  paths[path] = { ...paths[path], [method]: describe(path, operation) };
}

/** The register's interface in OpenAPI 3.1. The bodies' types are in demo/shared/register-api.ts. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: 'CP-IS sandbox register', version: '1', description: 'Invented people only.' },
  paths,
  components: {
    securitySchemes: {
      user: { type: 'http', scheme: 'bearer', description: 'A sandbox user, such as demo-ed-nurse' },
      localAuthority: { type: 'http', scheme: 'bearer', description: 'demo-la- and the authority’s GSS code' },
    },
  },
};
