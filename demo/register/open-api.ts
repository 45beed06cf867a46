import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';

import {
  acknowledgementNote,
  availability,
  birthRecord,
  invented,
  openedInErrorNote,
  superseded,
  workerAllocation,
} from './shapes.js';
import { uploadFile } from './uploads/read-json.js';

/** What an address does; `status` is that of success. */
interface Operation {
  does: string;
  status?: number;
  /** The shape that the address itself reads its JSON by. */
  body?: GenericSchema;
  mayBeCsv?: boolean;
  mayBeEmpty?: boolean;
  query?: readonly string[];
  /** Which users may ask; nobody has to sign in when it is left out. */
  by?: 'user' | 'localAuthority';
  refuses?: readonly number[];
}

const fhir = '/cpis/FHIR/R4';
const authority = '/local-authorities/{code}';

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
    body: openedInErrorNote,
    refuses: [400, 403, 404, 413, 415],
  },
  'get /local-authorities': { does: 'Codes and names' },
  [`post ${authority}/uploads`]: {
    does: 'Upload records',
    by: 'localAuthority',
    body: uploadFile,
    mayBeCsv: true,
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
    body: workerAllocation,
    refuses: [400, 403, 404],
  },
  [`post ${authority}/births`]: {
    does: 'Record a birth',
    by: 'localAuthority',
    status: 201,
    body: birthRecord,
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
    body: acknowledgementNote,
    mayBeEmpty: true,
    status: 204,
    refuses: [400, 403, 404, 413, 415],
  },
  'get /demographics': { does: 'Sandbox only: the invented people' },
  'put /sandbox/demographics/people': {
    does: 'Sandbox only: add or change a person',
    status: 204,
    body: invented,
    refuses: [400],
  },
  'post /sandbox/demographics/superseded': {
    does: 'Sandbox only: supersede a number',
    status: 204,
    body: superseded,
    refuses: [400, 404, 409],
  },
  'put /sandbox/demographics/available': {
    does: 'Sandbox only: the demographics service is up or down',
    status: 204,
    body: availability,
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

/** As it is sent. What JSON Schema has no word for, such as a check digit, is left to docs/register.md. */
const contentOf = (body: GenericSchema, mayBeCsv: boolean) => ({
  'application/json': {
    schema: toJsonSchema(body, {
      target: 'draft-2020-12',
      typeMode: 'input',
      errorMode: 'ignore',
      // Of characters that other languages' expressions do not know.
      ignoreActions: ['regex'],
    }),
  },
  ...(mayBeCsv && { 'text/csv': {} }),
});

/** `getCareTeam`, `postUploads`, `putAllocatedWorker`: the method and the last words of the address. */
const idOf = (method: string, path: string): string => {
  const words = path.split('/').filter((word) => word !== '' && !word.startsWith('{'));
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const isOne = path.endsWith('{id}');
  return `${method}${isOne ? 'One' : ''}${(words.at(-1) ?? '').replace('.json', '').split('-').map(capital).join('')}`;
};

const problem = {
  type: 'object',
  required: ['title', 'status', 'detail'],
  properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
};

/** RFC 9457; at the FHIR addresses an OperationOutcome, whose shape is FHIR's. */
const refusal = (isFhir: boolean, description: string) => ({
  description,
  content: isFhir
    ? { 'application/fhir+json': { schema: { $ref: 'https://hl7.org/fhir/R4/operationoutcome.schema.json' } } }
    : { 'application/problem+json': { schema: problem } },
});

const describe = (
  method: string,
  path: string,
  { does, status = 200, body, mayBeEmpty = false, mayBeCsv = false, query = [], by, refuses = [] }: Operation,
) => {
  const refused = (description: string) => refusal(path.startsWith(fhir), description);
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
    operationId: idOf(method, path),
    summary: does,
    ...(by !== undefined && { security: [{ [by]: [] }] }),
    parameters: [...inPath, ...inQuery, ...inHeader],
    ...(body && { requestBody: { required: !mayBeEmpty, content: contentOf(body, mayBeCsv) } }),
    responses: {
      [status]: { description: does },
      ...(by !== undefined && { 401: refused('Nobody is signed in') }),
      ...(path.startsWith('/sandbox/') && { 403: refused('Asked by another site’s page') }),
      ...Object.fromEntries(refuses.map((code) => [code, refused('What is wrong, and what to do')])),
      ...(asksNothing.test(path) ? {} : { 503: refused('The database does not answer. Ask again') }),
    },
  };
};

const paths: Record<string, Record<string, object>> = {};
for (const [address, operation] of Object.entries(operations)) {
  const [method = '', path = ''] = address.split(' ');
  paths[path] = { ...paths[path], [method]: describe(method, path, operation) };
}

/** The register's interface in OpenAPI 3.1. The types of what it answers are in demo/shared/register-api.ts. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: 'CP-IS sandbox register', version: '1', description: 'Invented people only.' },
  servers: [{ url: '/' }],
  paths,
  components: {
    securitySchemes: {
      user: { type: 'http', scheme: 'bearer', description: 'A sandbox user, such as demo-ed-nurse' },
      localAuthority: { type: 'http', scheme: 'bearer', description: 'demo-la- and the authority’s GSS code' },
    },
  },
};
