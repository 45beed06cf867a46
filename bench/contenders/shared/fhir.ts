/** The parts of the two searches that are shown. They are trusted without any check. */
export interface Bundle<Resource> {
  readonly entry?: readonly { readonly resource: Resource; readonly search?: { readonly mode?: string } }[];
}

export interface CareTeam {
  readonly resourceType: 'CareTeam';
  readonly category: readonly { readonly coding: readonly { readonly code: string }[] }[];
  readonly name: string;
  readonly period: { readonly start: string; readonly end?: string };
  readonly telecom: readonly { readonly use: string; readonly value: string }[];
}

export interface AuditEvent {
  readonly resourceType: 'AuditEvent';
  readonly recorded: string;
  readonly agent: readonly {
    readonly requestor: boolean;
    readonly who: { readonly reference?: string };
  }[];
}

export interface PractitionerRole {
  readonly resourceType: 'PractitionerRole';
  readonly id: string;
  readonly practitioner: { readonly display: string };
  readonly organization: { readonly display: string };
  readonly code: readonly { readonly coding: readonly { readonly display: string }[] }[];
}

export type CareTeams = Bundle<CareTeam>;
export type Accesses = Bundle<AuditEvent | PractitionerRole>;

const patient = (nhsNumber: string): string =>
  `patient:identifier=${encodeURIComponent(`https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`)}`;

const viewers = encodeURIComponent(
  'AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED',
);

export const careTeamQuery = (nhsNumber: string): string => patient(nhsNumber);
export const auditEventQuery = (nhsNumber: string): string => `${patient(nhsNumber)}&_include=${viewers}`;

export const headersOf = (setting: string): Record<string, string> => ({
  TraceID: crypto.randomUUID(),
  IsUnscheduledAccessEvent: String(setting === 'emergency-department'),
});

/** One search as `fhirclient` makes it: a path, headers, JSON back, an error for everything else. */
export async function search<Result>(
  url: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Result> {
  const accept = { Accept: 'application/fhir+json', ...headers };
  const response = await fetch(url, { headers: accept, cache: 'no-store', ...(signal && { signal }) });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return (await response.json()) as Result;
}
