import { hash } from 'node:crypto';

import { Fault } from './faults.js';
import type { Heads } from './heads.js';
import type { Resource } from './record.js';

/** A read as the tag asked for it, with every part checked. */
export interface Asked {
  readonly resource: Resource;
  readonly query: string;
  readonly traceId: string;
  readonly alerts: boolean;
  /**
   * The same for one TraceID and resource, so that the platform sees a repeat as a repeat. A UUID, version 8 (RFC
   * 9562).
   */
  readonly requestId: string;
}

/** The parameters that a read must have: each once, in this form, and no others. */
interface Form {
  /** The patient parameter's name, and the text before the ten digits of the number. */
  readonly patient: readonly [name: string, before: string];
  readonly others: Readonly<Record<string, string>>;
}

const identifier = ['patient:identifier', 'https://fhir.nhs.uk/Id/nhs-number|'] as const;
const forms: Readonly<Record<Resource, Form>> = {
  CareTeam: { patient: identifier, others: {} },
  AuditEvent: {
    patient: identifier,
    others: { _include: 'AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED' },
  },
  PatientFlag: { patient: ['patient', ''], others: { code: 'child-protection-information-system-flag' } },
};

/** The text of a query before and after its number. Made once. */
const around = ({ patient: [name, before], others }: Form): readonly [before: string, after: string] => [
  String(new URLSearchParams({ [name]: before })),
  Object.entries(others)
    .map((other) => `&${String(new URLSearchParams([other]))}`)
    .join(''),
];
const queries: Readonly<Record<Resource, readonly [before: string, after: string]>> = {
  CareTeam: around(forms.CareTeam),
  AuditEvent: around(forms.AuditEvent),
  PatientFlag: around(forms.PatientFlag),
};

const resources = {
  cpis: ['CareTeam', 'AuditEvent'],
  'patient-flags': ['PatientFlag'],
} as const satisfies Record<string, readonly Resource[]>;

export const resourcesAt = (base: string, api: keyof typeof resources): ReadonlyMap<string, Resource> =>
  new Map(resources[api].map((resource) => [`${base}/FHIR/R4/${resource}`, resource]));

/**
 * The path and the query of a request's address. The address is already absolute and normalised, so slicing it is
 * enough and costs less than parsing a URL.
 */
export function partsOf(url: string): readonly [path: string, query: string] {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  const query = url.indexOf('?', path);
  return query < 0 ? [url.slice(path), ''] : [url.slice(path, query), url.slice(query + 1)];
}

/** Throws a Fault when anything is missing, malformed, repeated or unknown. */
export function askedOf(resource: Resource, search: string, headers: Heads): Asked {
  const [before, after] = queries[resource];
  const query = `${before}${numberOf(forms[resource], search)}${after}`;
  const traceId = headers.get('TraceID') ?? '';
  const unscheduled = headers.get('IsUnscheduledAccessEvent') ?? '';
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(traceId) || !/^(true|false)$/.test(unscheduled))
    throw new Fault('REQUEST_MALFORMED');
  const alerts = unscheduled === 'true';
  if (alerts && resource === 'PatientFlag') throw new Fault('REQUEST_MALFORMED');
  return { resource, query, traceId, alerts, requestId: requestIdOf(traceId, resource) };
}

/** The ten digits, when the query has every parameter once and nothing more. */
function numberOf({ patient: [name, before], others }: Form, search: string): string {
  const parts = search.split('&').map(parted);
  const told = new Map(parts);
  const number = told.get(name)?.slice(before.length) ?? '';
  const whole =
    parts.length === told.size &&
    told.size === 1 + Object.keys(others).length &&
    told.get(name) === before + number &&
    /^\d{10}$/.test(number) &&
    Object.entries(others).every(([other, value]) => told.get(other) === value);
  if (!whole) throw new Fault('REQUEST_MALFORMED');
  return number;
}

function parted(part: string): [name: string, value: string] {
  const at = part.indexOf('=');
  try {
    return [decodeURIComponent(part.slice(0, at)), decodeURIComponent(part.slice(at + 1))];
  } catch {
    throw new Fault('REQUEST_MALFORMED');
  }
}

function requestIdOf(traceId: string, resource: Resource): string {
  const hex = hash('sha256', `${traceId.toLowerCase()}\n${resource}`);
  const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
