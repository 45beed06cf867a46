import { nhsNumberSystem } from './nhs-number.js';
import { isNhsNumber } from './nhs-number.js';
import type { PlanRow } from './plans.js';
import { checkCaller, isTraceId, type Read } from './read.js';
import { invalidSearch, preconditionFailed } from './refusal.js';
import { careTeamTelecom, snomed } from './fhir.js';
import { londonDateTime } from '../shared/time.js';

const flagCode = 'child-protection-information-system-flag';
const flagSystem = 'https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient';

/**
 * Checks a PatientFlag search: `patient` is an NHS number, `code` the CP-IS flag. The API is for scheduled care. A
 * caller who states an unscheduled access is refused, because an answer would suggest that an alert was sent.
 * @throws Refusal
 */
export const patientFlagRead = (request: Request): Read => {
  const stated = request.headers.get('IsUnscheduledAccessEvent') ?? 'false';
  const user = checkCaller(request, false);
  if (stated !== 'false') {
    throw preconditionFailed('Patient Flags is for scheduled care: IsUnscheduledAccessEvent is false or left out');
  }
  const traceId = request.headers.get('TraceID') ?? crypto.randomUUID();
  if (!isTraceId(traceId)) throw preconditionFailed('TraceID is a UUID, or left out');
  const { searchParams } = new URL(request.url);
  const [patient, ...more] = searchParams.getAll('patient');
  if (patient === undefined || more.length > 0) throw invalidSearch('patient is required, once');
  const nhsNumber = patient.startsWith(`${nhsNumberSystem}|`) ? patient.slice(nhsNumberSystem.length + 1) : patient;
  if (!isNhsNumber(nhsNumber)) throw invalidSearch('The NHS number is not valid');
  const code = searchParams.getAll('code').join();
  if (code !== flagCode && code !== `${flagSystem}|${flagCode}`) throw invalidSearch(`code is ${flagCode}`);
  return { user, nhsNumber, traceId, unscheduled: false };
};

/**
 * A searchset of Flags in the shape of NHS England's flag bundle, with one Flag for each plan: Flag → CarePlan →
 * CareTeam, which is the authority. `total` counts Flags. When nothing is found `entry` is empty, as in the Patient
 * Flags API.
 */
export const flagBundle = (base: string, nhsNumber: string, plans: readonly PlanRow[], today: string) => {
  const subject = (plan: PlanRow) => ({
    identifier: { system: nhsNumberSystem, value: nhsNumber },
    display: `${plan.givenName} ${plan.familyName.toUpperCase()}`,
  });
  const ended = (plan: PlanRow) => plan.endDate !== null && plan.endDate < today;
  const flags = plans.map((plan) => ({
    resourceType: 'Flag',
    id: `flag-${plan.id}`,
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
        valueReference: { reference: `CarePlan/${plan.id}`, display: plan.typeDisplay },
      },
    ],
    status: ended(plan) ? 'inactive' : 'active',
    code: {
      coding: [{ system: flagSystem, code: flagCode, display: 'Child Protection Information System Flag' }],
    },
    subject: subject(plan),
    period: periodOf(plan),
  }));
  const carePlans = plans.map((plan) => ({
    resourceType: 'CarePlan',
    id: plan.id,
    status: ended(plan) ? 'completed' : 'active',
    intent: 'plan',
    category: [{ coding: [{ system: snomed, code: plan.typeCode, display: plan.typeDisplay }] }],
    subject: subject(plan),
    period: periodOf(plan),
    careTeam: [{ reference: `CareTeam/${plan.authorityCode}`, display: plan.authority }],
  }));
  const authorities = new Map(plans.map((plan) => [plan.authorityCode, plan]));
  const careTeams = [...authorities].map(([id, plan]) => ({
    resourceType: 'CareTeam',
    id,
    status: 'active',
    name: plan.authority,
    ...careTeamTelecom(plan),
  }));
  const entry = (mode: 'match' | 'include') => (resource: { resourceType: string; id: string }) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });
  return {
    resourceType: 'Bundle',
    id: crypto.randomUUID(),
    type: 'searchset',
    total: flags.length,
    link: [{ relation: 'self', url: `${base}/PatientFlag?patient=${nhsNumber}&code=${flagCode}` }],
    entry: [...flags.map(entry('match')), ...[...carePlans, ...careTeams].map(entry('include'))],
  };
};

/**
 * Date-times, where the CP-IS API has dates: from midnight on the first day to the last second of the last, in London.
 */
const periodOf = ({ startDate, endDate }: PlanRow) => ({
  start: londonDateTime(startDate, '00:00'),
  ...(endDate !== null && { end: londonDateTime(endDate, '23:59') }),
});
