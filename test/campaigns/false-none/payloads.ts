import {
  auditEvent,
  careTeam,
  include,
  match,
  practitionerRole,
  searchset,
  type Entry,
} from '../../../demo/register/fhir.js';
import type { AccessRow } from '../../../demo/register/accesses.js';
import { flagBundle } from '../../../demo/register/patient-flags.js';
import type { PlanRow } from '../../../demo/register/plans.js';
import { nhsNumber } from '../../fixtures/bundles.js';

// The sandbox register's own answers about one invented patient, as it writes them.

const base = 'https://register.example/cpis/FHIR/R4';
const id = '6f1c0c4e-2d5b-4f0e-9f43-1d1c7a6a2b10';

const plan = (facts: Partial<PlanRow>): PlanRow => ({
  id,
  typeCode: '342191000000101',
  typeDisplay: 'Subject to child protection plan',
  startDate: '2026-02-03',
  endDate: null,
  authority: 'Islington Local Authority',
  authorityCode: 'E09000019',
  officeHoursPhone: '02079460199',
  emergencyDutyPhone: '02079460123',
  givenName: 'Zoë',
  familyName: 'Vale',
  ...facts,
});
const plans = [
  plan({}),
  plan({
    typeCode: '764841000000100',
    typeDisplay: 'Looked after child',
    startDate: '2024-05-06',
    endDate: '2026-09-30',
    authority: 'LONDON BOROUGH OF HACKNEY',
    authorityCode: 'E09000012',
  }),
];

const access = (at: string, facts: Partial<AccessRow>): AccessRow => ({
  id: '1',
  eventId: id,
  author: 'one',
  at: Date.parse(at),
  roleId: 'role-1',
  roleProfileId: '999000000101',
  name: 'Mr Daniel OKAFOR',
  roleCode: '158994007',
  role: 'Staff nurse',
  organisation: 'Royal London Hospital, emergency department',
  setting: 'emergency-department',
  callBackPhone: null,
  ...facts,
});
const line = { roleId: 'role-2', name: 'Duty team', roleCode: null, role: 'Health adviser', organisation: 'NHS 111' };
const accesses = [access('2026-11-18T02:15:00Z', {}), access('2026-11-14T19:20:00Z', line)];

const set = (searched: string, entries: readonly Entry[]): object => ({
  ...searchset(base, searched, nhsNumber, entries),
  id,
});

export const bodies = {
  none: set('CareTeam', []),
  plans: set(
    'CareTeam',
    plans.map((one) => match(careTeam(one, nhsNumber))),
  ),
  visits: set('AuditEvent', [
    ...accesses.map((one) => match(auditEvent(one, nhsNumber))),
    ...accesses.map((one) => include(practitionerRole(one))),
  ]),
  'no visits': set('AuditEvent', []),
  flags: { ...flagBundle(base, nhsNumber, plans, '2026-11-22'), id },
  'no flags': { ...flagBundle(base, nhsNumber, [], '2026-11-22'), id },
} as const satisfies Record<string, object>;

export type Payload = keyof typeof bodies;

export const texts = Object.fromEntries(
  Object.entries(bodies).map(([name, body]) => [name, JSON.stringify(body)]),
) as Record<Payload, string>;
