import * as answers from './answers.js';
import { describe, fhir, type Operation } from './open-api-operation.js';
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

const authority = '/local-authorities/{code}';

/** The interface that docs/register.md describes. A test asks for each of these addresses. */
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
    answer: answers.openedInError,
    does: 'Say that a view of one’s own was opened in error',
    by: 'user',
    body: openedInErrorNote,
    refuses: [400, 403, 404],
  },
  'get /local-authorities': { answer: answers.authorities, does: 'Codes and names' },
  [`post ${authority}/uploads`]: {
    answer: answers.uploadResult,
    does: 'Upload records',
    by: 'localAuthority',
    body: uploadFile,
    mayBeCsv: true,
    saysWhy: [400, 503],
    refuses: [400, 403, 503],
  },
  [`get ${authority}/to-correct`]: {
    answer: answers.toCorrect,
    does: 'Records that could not be taken',
    by: 'localAuthority',
    refuses: [403],
  },
  [`delete ${authority}/to-correct/{id}`]: {
    does: 'Take a record off the list',
    by: 'localAuthority',
    status: 204,
    refuses: [403, 404],
  },
  [`get ${authority}/children`]: {
    answer: answers.children,
    does: 'Its own children',
    by: 'localAuthority',
    refuses: [403],
  },
  [`get ${authority}/children/{id}`]: {
    answer: answers.child,
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
    answer: answers.birth,
    does: 'Record a birth',
    by: 'localAuthority',
    status: 201,
    body: birthRecord,
    refuses: [400, 403, 409, 422],
  },
  [`get ${authority}/notifications`]: {
    answer: answers.notifications,
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
    refuses: [400, 403, 404],
  },
  'get /demographics': { answer: answers.people, does: 'Sandbox only: the invented people' },
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
  'get /health': { answer: answers.health, does: 'Whether the database answers', refuses: [503] },
  'get /openapi.json': { does: 'This' },
};

const paths: Record<string, Record<string, object>> = {};
for (const [address, operation] of Object.entries(operations)) {
  const [method = '', path = ''] = address.split(' ');
  paths[path] = { ...paths[path], [method]: describe(method, path, operation) };
}

/** The register's interface in OpenAPI 3.1. */
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
