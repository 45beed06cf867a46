import { environment } from '../../demo/register/environment.js';
import { insertRows } from '../../demo/register/database/insert-rows.js';
import {
  createRegister,
  openDatabase,
  type Person,
  type Records,
  type Register,
  type Windows,
} from '../../demo/register/index.js';
import { setUp } from '../support/node/setting-up.js';

export { testNumber } from '../support/node/test-number.js';

/** A Sunday evening in London, as in the design's picture. */
export const sunday = Date.parse('2026-11-22T21:42:00Z');
export const minutes = 60_000;
export const hours = 60 * minutes;

/** The clock of every register under test. */
export const clock = { now: sunday };

/**
 * One database for all of these tests, because starting one takes longer than running them all. `npm run test:postgres`
 * runs the same tests on a real server.
 */
export const database = await openDatabase({ url: environment('REGISTER_TEST_DATABASE_URL') });
setUp((keep) => keep(database));

/** A register with its first records, and its clock on Sunday evening. */
export const freshRegister = async (options: { records?: Records; windows?: Windows } = {}): Promise<Register> => {
  const { records, windows } = options;
  clock.now = sunday;
  const register = await createRegister({
    database,
    now: () => clock.now,
    ...(records && { seed: () => records }),
    ...(windows && { windows }),
  });
  await register.reset();
  return register;
};

export const base = '/cpis/FHIR/R4';
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
export const include = '&_include=AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED';

export interface Asked {
  token?: string;
  traceId?: string;
  unscheduled?: boolean;
}

export const headersOf = ({
  token = 'demo-ed-nurse',
  traceId = crypto.randomUUID(),
  unscheduled = true,
}: Asked = {}) => ({
  Authorization: `Bearer ${token}`,
  TraceID: traceId,
  IsUnscheduledAccessEvent: String(unscheduled),
});

/** The same object without one name. */
export const without = <Value>(all: Readonly<Record<string, Value>>, name: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));

export const careTeamPath = (nhsNumber: string) =>
  `${base}/CareTeam?patient:identifier=${nhsNumberSystem}|${nhsNumber}`;
export const auditEventPath = (nhsNumber: string) =>
  `${base}/AuditEvent?patient:identifier=${nhsNumberSystem}|${nhsNumber}${include}`;

interface Coding {
  code?: string;
  display: string;
}

/** The parts of the resources that the tests read. */
interface Resources {
  CareTeam: {
    resourceType: 'CareTeam';
    id: string;
    category: { coding: Coding[] }[];
    name: string;
    subject: { display: string };
    period: { start: string; end?: string };
    telecom: { value: string; use: string }[];
  };
  AuditEvent: {
    resourceType: 'AuditEvent';
    id: string;
    recorded: string;
    agent: { who: { reference?: string } }[];
  };
  PractitionerRole: {
    resourceType: 'PractitionerRole';
    id: string;
    practitioner: { display: string };
    organization: { display: string };
    code: { coding: Coding[] }[];
  };
}

export interface Bundle {
  resourceType: string;
  total: number;
  link: { relation: string; url: string }[];
  entry?: { fullUrl: string; resource: Resources[keyof Resources]; search: { mode: string } }[];
}

export const readCareTeams = ({ app }: Register, nhsNumber: string, asked?: Asked): Promise<Bundle> =>
  bundleOf(app.request(careTeamPath(nhsNumber), { headers: headersOf(asked) }));

export const readHistory = ({ app }: Register, nhsNumber: string, asked?: Asked): Promise<Bundle> =>
  bundleOf(app.request(auditEventPath(nhsNumber), { headers: headersOf(asked) }));

export const bundleOf = async (response: Response | Promise<Response>): Promise<Bundle> =>
  (await (await response).json()) as Bundle;

/** The two reads of one patient-open, with one TraceID. */
export const openPatient = async (register: Register, nhsNumber: string, asked: Asked = {}) => {
  const one = { traceId: crypto.randomUUID(), ...asked };
  const [careTeams, visits] = await Promise.all([
    readCareTeams(register, nhsNumber, one),
    readHistory(register, nhsNumber, one),
  ]);
  return { careTeams, visits };
};

export const resources = <Type extends keyof Resources>(bundle: Bundle, type: Type): Resources[Type][] =>
  (bundle.entry ?? [])
    .map((entry) => entry.resource)
    .filter((resource): resource is Resources[Type] => resource.resourceType === type);

/** The only resource of a type in a bundle. */
export const sole = <Type extends keyof Resources>(bundle: Bundle, type: Type): Resources[Type] => {
  const [only, ...more] = resources(bundle, type);
  if (!only || more.length > 0) throw new Error(`Expected one ${type}`);
  return only;
};

export interface AccessJson {
  author: string;
  nhsNumber: string;
  traceId: string;
  at: string;
  organisation: string;
}

/** The register's access rows, of one person or of all. */
export const accessRows = async ({ app }: Register, nhsNumber?: string): Promise<AccessJson[]> => {
  const rows = (await (await app.request('/sandbox/accesses')).json()) as AccessJson[];
  return rows.filter((row) => nhsNumber === undefined || row.nhsNumber === nhsNumber);
};

/** The smallest records for testing a rule: one authority, and no people but the sandbox's users. */
export const bareRecords: Records = {
  localAuthorities: [{ code: 'LA', name: 'Islington Local Authority', emergencyDutyPhone: '02079460123' }],
  practitioners: [],
  people: [{ nhsNumber: '9990000018', givenName: 'Robin', familyName: 'Vale' }],
  plans: [],
  accesses: [],
};

/** Puts invented people into the demographics. */
export const addPeople = (people: readonly Person[]): Promise<void> =>
  insertRows(
    database,
    'person',
    people.map(({ nhsNumber, familyName, givenName, birthDate }) => ({
      nhs_number: nhsNumber,
      family_name: familyName,
      given_name: givenName,
      birth_date: birthDate,
    })),
  );
