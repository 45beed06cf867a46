// The resources as NHS England's examples of the CP-IS FHIR API have them, element by element.

import type { AccessRow } from './accesses.js';
import { nhsNumberSystem } from './nhs-number.js';
import type { PlanRow } from './plans.js';
import { offsetDateTime } from '../shared/time.js';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export const snomed = 'http://snomed.info/sct';
const roleClass = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';

export interface Entry {
  resource: { resourceType: string; id: string };
  mode: 'match' | 'include';
}

export const match = (resource: Entry['resource']): Entry => ({ resource, mode: 'match' });
export const include = (resource: Entry['resource']): Entry => ({ resource, mode: 'include' });

/**
 * A searchset Bundle. `total` counts matches. When nothing is found there is no `entry` at all.
 * @param base absolute address of the API, without a final slash
 */
export const searchset = (base: string, searched: string, nhsNumber: string, entries: readonly Entry[]) => ({
  resourceType: 'Bundle',
  id: crypto.randomUUID(),
  type: 'searchset',
  total: entries.filter(({ mode }) => mode === 'match').length,
  link: [{ relation: 'self', url: `${base}/${searched}?patient:identifier=${nhsNumberSystem}|${nhsNumber}` }],
  ...(entries.length > 0 && {
    entry: entries.map(({ resource, mode }) => ({
      fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
      resource,
      search: { mode },
    })),
  }),
});

/**
 * One plan. Its period has dates only. A number that the authority has not given is left out, and so is an empty list.
 */
export const careTeam = (plan: PlanRow, nhsNumber: string) => ({
  resourceType: 'CareTeam',
  id: plan.id,
  category: [{ coding: [{ system: snomed, code: plan.typeCode, display: plan.typeDisplay }] }],
  name: plan.authority,
  subject: {
    identifier: { system: nhsNumberSystem, value: nhsNumber },
    display: `${plan.givenName} ${plan.familyName.toUpperCase()}`,
  },
  period: { start: plan.startDate, ...(plan.endDate !== null && { end: plan.endDate }) },
  ...careTeamTelecom(plan),
});

/** The authority's numbers: office hours as `work`, the emergency duty team as `mobile`. */
export const careTeamTelecom = ({ officeHoursPhone, emergencyDutyPhone }: PlanRow) => {
  const phones = [...phone('work', officeHoursPhone), ...phone('mobile', emergencyDutyPhone)];
  return phones.length > 0 ? { telecom: phones } : {};
};

const phone = (use: 'work' | 'mobile', value: string | null) =>
  value === null ? [] : [{ system: 'phone', value, use }];

/** One access. `type.code` is missing in the national example, so it is missing here too. */
export const auditEvent = (access: AccessRow, nhsNumber: string) => {
  const viewer = { reference: `PractitionerRole/${access.roleId}` };
  return {
    resourceType: 'AuditEvent',
    id: access.eventId,
    type: {
      system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle',
      display: 'Access/View Record Lifecycle Event',
    },
    recorded: offsetDateTime(access.at),
    agent: [
      {
        type: { coding: [{ system: roleClass, code: 'PAT', display: 'patient' }] },
        who: { identifier: { system: nhsNumberSystem, value: nhsNumber } },
        requestor: false,
      },
      {
        type: { coding: [{ system: roleClass, code: 'ASSIGNED', display: 'assigned entity' }] },
        who: viewer,
        requestor: true,
      },
    ],
    source: { observer: viewer },
  };
};

/** Who looked: a person, or a team line under its own name. */
export const practitionerRole = (access: AccessRow) => ({
  resourceType: 'PractitionerRole',
  id: access.roleId,
  identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: access.roleProfileId }],
  practitioner: { display: access.name },
  organization: { display: access.organisation },
  code: [
    {
      coding: [
        access.roleCode === null
          ? { display: access.role }
          : { system: snomed, code: access.roleCode, display: access.role },
      ],
    },
  ],
});

export const fhirResponse = (resource: object, status: ContentfulStatusCode = 200): Response =>
  new Response(JSON.stringify(resource), { status, headers: { 'Content-Type': 'application/fhir+json' } });
