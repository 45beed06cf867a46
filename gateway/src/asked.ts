import { createHash } from 'node:crypto';

import { Fault } from './faults.js';
import type { Resource } from './record.js';

/** A read as the tag asked it, every part checked. */
export interface Asked {
  readonly resource: Resource;
  readonly query: string;
  readonly traceId: string;
  readonly alerts: boolean;
  /** One per TraceID and resource, so that the platform sees a repeat as a repeat. A UUID, version 8 (RFC 9562). */
  readonly requestId: string;
}

const identifier = /^https:\/\/fhir\.nhs\.uk\/Id\/nhs-number\|\d{10}$/;

/** The parameters of each read: each of them once, in this form, and no other. */
const parameters: Readonly<Record<Resource, Readonly<Record<string, RegExp>>>> = {
  CareTeam: { 'patient:identifier': identifier },
  AuditEvent: {
    'patient:identifier': identifier,
    _include: /^AuditEvent:entity-type=http:\/\/terminology\.hl7\.org\/CodeSystem\/v3-RoleClass\|ASSIGNED$/,
  },
  PatientFlag: { patient: /^\d{10}$/, code: /^child-protection-information-system-flag$/ },
};

const resources = {
  cpis: ['CareTeam', 'AuditEvent'],
  'patient-flags': ['PatientFlag'],
} as const satisfies Record<string, readonly Resource[]>;

export const resourceOf = (path: string, base: string, api: keyof typeof resources): Resource | undefined =>
  resources[api].find((resource) => path === `${base}/FHIR/R4/${resource}`);

/** Throws a Fault when anything is missing, malformed, twice there or unknown. */
export function askedOf(resource: Resource, search: URLSearchParams, headers: Headers): Asked {
  const forms = parameters[resource];
  const query = new URLSearchParams();
  for (const [name, value] of search) {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (query.has(name) || form?.test(value) !== true) throw new Fault('REQUEST_MALFORMED');
    query.set(name, value);
  }
  const traceId = headers.get('TraceID') ?? '';
  const unscheduled = headers.get('IsUnscheduledAccessEvent') ?? '';
  const whole = Object.keys(forms).every((name) => query.has(name));
  if (!whole || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(traceId) || !/^(true|false)$/.test(unscheduled))
    throw new Fault('REQUEST_MALFORMED');
  const alerts = unscheduled === 'true';
  if (alerts && resource === 'PatientFlag') throw new Fault('REQUEST_MALFORMED');
  return { resource, query: query.toString(), traceId, alerts, requestId: requestIdOf(traceId, resource) };
}

function requestIdOf(traceId: string, resource: Resource): string {
  const bytes = createHash('sha256').update(`${traceId.toLowerCase()}\n${resource}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
