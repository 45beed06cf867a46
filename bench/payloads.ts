import { testNumber } from '../test/support/node/test-number.js';

/** What a register of the bench holds for each of its patients. */
export interface Size {
  readonly visits: number;
  readonly plans: number;
}

/** How many patients there are. */
export const patients = 1500;
export const patient = (index: number): string => testNumber(index % patients);

const indexOf = new Map(Array.from({ length: patients }, (_, index) => [patient(index), index]));
const padded = (index: number): string => String(index % patients).padStart(4, '0');

/** For each stage of an open, a text on the screen that no other patient's banner has. */
export const marks = (index: number, { visits }: Size): { status: string; visits: string } => ({
  status: `01632 96${padded(index)}`,
  visits:
    visits === 0 ? 'No earlier visits in CP-IS.' : `Nurse ${padded(index)}-${String(visits - 1).padStart(2, '0')}`,
});

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
const roleClass = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';
const codes = ['342191000000101', '764841000000100', '818901000000100'];
const authorities = ['Islington', 'Hackney', 'Leeds', 'Kent', 'Sheffield', 'Camden'];
const places = [
  'Example General Hospital, emergency department',
  'Example Walk-in Centre',
  'NHS 111',
  'Example Ambulance',
];

const searchSet = (nhsNumber: string, resource: string, matches: readonly unknown[], includes: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: matches.length,
  link: [
    {
      relation: 'self',
      url: `https://register.example/cpis/FHIR/R4/${resource}?patient:identifier=${nhsNumberSystem}|${nhsNumber}`,
    },
  ],
  ...(matches.length === 0
    ? {}
    : {
        entry: [
          ...matches.map((match) => ({ resource: match, search: { mode: 'match' } })),
          ...includes.map((include) => ({ resource: include, search: { mode: 'include' } })),
        ],
      }),
});

const careTeams = (nhsNumber: string, index: number, { plans }: Size) =>
  searchSet(
    nhsNumber,
    'CareTeam',
    Array.from({ length: plans }, (_, plan) => ({
      resourceType: 'CareTeam',
      category: [{ coding: [{ system: 'http://snomed.info/sct', code: codes[plan % codes.length] }] }],
      name: `${authorities[plan % authorities.length] ?? ''} Local Authority`,
      subject: { identifier: { system: nhsNumberSystem, value: nhsNumber }, display: 'Child EXAMPLE' },
      period: { start: `2025-0${plan + 1}-26` },
      telecom: [
        { system: 'phone', value: `0113496${padded(index)}`, use: 'work' },
        { system: 'phone', value: `0163296${padded(index)}`, use: 'mobile' },
      ],
    })),
    [],
  );

const accesses = (nhsNumber: string, index: number, { visits }: Size, now: number) =>
  searchSet(
    nhsNumber,
    'AuditEvent',
    Array.from({ length: visits }, (_, visit) => ({
      resourceType: 'AuditEvent',
      recorded: new Date(now - (visit + 1) * 13 * 86_400_000).toISOString().replace(/\.\d+Z/, '+00:00'),
      agent: [
        {
          type: { coding: [{ system: roleClass, code: 'PAT' }] },
          who: { identifier: { system: nhsNumberSystem, value: nhsNumber } },
          requestor: false,
        },
        {
          type: { coding: [{ system: roleClass, code: 'ASSIGNED' }] },
          who: { reference: `PractitionerRole/role-${visit}` },
          requestor: true,
        },
      ],
    })),
    Array.from({ length: visits }, (_, visit) => ({
      resourceType: 'PractitionerRole',
      id: `role-${visit}`,
      practitioner: { display: `Nurse ${padded(index)}-${String(visit).padStart(2, '0')}` },
      organization: { display: places[visit % places.length] },
      code: [{ coding: [{ system: 'http://snomed.info/sct', display: 'Staff nurse' }] }],
    })),
  );

const kept = new Map<string, Buffer>();

/** An answer from memory. Each is made only once. */
export function answer(resource: string, nhsNumber: string, size: Size, now: number): Buffer | undefined {
  const index = indexOf.get(nhsNumber);
  if (index === undefined) return undefined;
  const key = [resource, nhsNumber, size.visits, size.plans].join();
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = resource === 'CareTeam' ? careTeams(nhsNumber, index, size) : accesses(nhsNumber, index, size, now);
  const body = Buffer.from(JSON.stringify(made));
  kept.set(key, body);
  return body;
}
