import type { HostContext } from '../../../src/domain/patient-open.js';
import { testNumber } from '../../support/node/test-number.js';
import { oneOf } from '../campaign.js';

/** The patients that hosts open, one after another. */
export const patients = Array.from({ length: 5 }, (_, index) => testNumber(index * 2));

/** What a host's context asks for, judged by the public contract alone: a reason, nobody, or one question's facts. */
export type Wish =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'problem'; readonly reason: string }
  | { readonly kind: 'ask'; readonly about: About; readonly encounter: string; readonly setting: string };

/** Everything that makes an open, apart from its encounter. */
export interface About {
  readonly nhsNumber: string;
  readonly attendance: string;
  readonly user: string;
  readonly baseUrl: string;
  readonly registerApi: string;
}

const usual: Readonly<Record<string, string>> = {
  'emergency-department': 'unscheduled',
  'nhs-111': 'unscheduled',
  'general-practice': 'scheduled',
};
const stated = ['unscheduled', 'scheduled'];

/** Handles only the contexts that `changes` makes. Every number that is not one of `patients` is invalid. */
export const wishOf = (host: HostContext): Wish => {
  const problem = (reason: string): Wish => ({ kind: 'problem', reason });
  const nhsNumber = host.nhsNumber.replace(/[ -]/g, '');
  if (nhsNumber === '') return host.encounter === '' ? { kind: 'nobody' } : problem('nhs-number-missing');
  if (!patients.includes(nhsNumber)) return problem('nhs-number-invalid');
  if (host.nhsNumberStatus !== 'verified') return problem('nhs-number-unverified');
  const { careSetting: setting, registerApi, baseUrl, user, encounter } = host;
  if (setting === '') return problem('care-setting-missing');
  if (usual[setting] === undefined && setting !== 'dentistry') return problem('care-setting-unknown');
  const attendance = host.attendance === '' ? usual[setting] : host.attendance;
  if (attendance === undefined) return problem('attendance-missing');
  if (!stated.includes(attendance) || baseUrl === undefined) return problem('misconfigured');
  if (registerApi === 'patient-flags' && attendance === 'unscheduled') return problem('misconfigured');
  return { kind: 'ask', about: { nhsNumber, attendance, user, baseUrl, registerApi }, encounter, setting };
};

export const nobody: HostContext = {
  nhsNumber: '',
  nhsNumberStatus: 'verified',
  encounter: '',
  careSetting: 'emergency-department',
  attendance: '',
  baseUrl: 'https://one.example/FHIR',
  registerApi: 'cp-is',
  user: 'nurse',
};

type Random = () => number;

const spelt = (number: string, random: Random): string =>
  random() < 0.8 ? number : `${number.slice(0, 3)} ${number.slice(3, 6)}-${number.slice(6)}`;

/** What a host does in one task. Usually it opens somebody; what is rare in practice is rare here. */
const changes: readonly [weight: number, change: (random: Random, host: HostContext) => Partial<HostContext>][] = [
  [8, (random) => ({ nhsNumber: spelt(oneOf(random, patients), random) })],
  [10, (random) => ({ nhsNumber: oneOf(random, patients), encounter: oneOf(random, ['E1', 'E2', 'E3']) })],
  [5, (random) => ({ encounter: oneOf(random, ['', 'E1', 'E2', 'E3']) })],
  [3, () => ({ nhsNumber: '', encounter: '' })],
  [1, () => ({ nhsNumber: '' })],
  [1, () => ({ nhsNumber: '9990000019' })],
  [2, (random, { nhsNumber }) => ({ nhsNumber: spelt(nhsNumber.replace(/[ -]/g, ''), random) })],
  [2, (random) => ({ user: oneOf(random, ['nurse', 'doctor', '']) })],
  [2, (random) => ({ attendance: oneOf(random, ['', 'scheduled', 'unscheduled', 'sometimes']) })],
  [1, (random) => ({ careSetting: oneOf(random, ['emergency-department', 'nhs-111']) })],
  [1, (random) => ({ careSetting: oneOf(random, ['general-practice', 'dentistry', 'nowhere', '']) })],
  [1, () => ({ careSetting: 'emergency-department', attendance: '', registerApi: 'cp-is' })],
  [1, (random) => ({ nhsNumberStatus: oneOf(random, ['verified', 'verified', 'unverified']) })],
  [1, (random) => ({ baseUrl: oneOf(random, ['https://one.example/FHIR', 'https://two.example/FHIR', undefined]) })],
  [1, () => ({ registerApi: 'patient-flags', attendance: 'scheduled' })],
  // Corrects a host that was set wrongly. Otherwise most schedules would end in a misconfiguration.
  [8, (_, { nhsNumber, encounter, user }) => ({ ...nobody, nhsNumber, encounter, user })],
];
const deck = changes.flatMap(([weight, change]) => Array.from({ length: weight }, () => change));

export const randomChange = (random: Random, host: HostContext): Partial<HostContext> =>
  oneOf(random, deck)(random, host);
