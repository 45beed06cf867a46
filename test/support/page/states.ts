import type { CpIsBanner } from '../../../src/index.js';
import {
  accesses,
  flagBundle,
  flagged,
  held,
  none,
  otherNumber,
  planCodes,
  type AccessFacts,
  type CareTeamFacts,
} from '../../fixtures/bundles.js';
import { mount, nextTask, until } from './banner.js';
import { ScriptedRegister, type Scripts } from './scripted-register.js';
import type { Script } from '../scripts.js';

/** The moment of every state: a Sunday evening, on this computer's clock and on the register's. */
export const sunday = '2026-11-22T21:42:00Z';
const headers = { Date: new Date(sunday).toUTCString() };

export const attendances = ['unscheduled', 'scheduled'] as const;
export const layouts = ['banner', 'compact', 'panel'] as const;
type Attendance = (typeof attendances)[number];

/** One thing that the banner can say, and how a real tag comes to say it. */
export interface State {
  readonly name: string;
  readonly is: readonly [status: string, reason: string | undefined, visits: string];
  readonly scripts: Scripts;
  readonly properties?: Partial<CpIsBanner>;
  /** The only attendance in which the state can come about. */
  readonly only?: Attendance;
  /** What else must happen once the register has answered. */
  readonly then?: () => void;
}

/** Four views in three visits at two services, one by a device, and this check. */
export const views: readonly AccessFacts[] = [
  { at: sunday, viewer: 'Ms Hannah LEWIS', place: 'Whittington Hospital, emergency department' },
  { at: '2026-11-18T02:51:00Z', viewer: 'Dr Amira SHAH', role: 'Specialty registrar' },
  { at: '2026-11-18T02:15:00Z', viewer: 'Mr Daniel OKAFOR' },
  { at: '2026-11-14T19:20:00Z', viewer: 'Duty team', role: 'Health adviser', place: 'NHS 111 London' },
  { at: '2026-03-02T10:00:00Z', viewer: 'Duty team', role: 'Health adviser', place: 'NHS 111 London' },
];

const fresh = (body: unknown): Script => ({ body, headers });
const known = (body: unknown, history: Script = fresh(accesses(views))): Scripts => ({
  CareTeam: fresh(body),
  AuditEvent: history,
});

export const islington = { name: 'Islington Local Authority' } satisfies CareTeamFacts;
export const hackney = {
  name: 'LONDON BOROUGH OF HACKNEY',
  code: planCodes['looked-after'],
  start: '2026-02-03',
  office: '02079460188',
  emergency: '02079460456',
} satisfies CareTeamFacts;
export const sheffield = {
  name: 'SFD1 - SHEFFIELD CITY COUNCIL',
  code: planCodes.unborn,
  start: '2026-10-02',
  office: '01144960199',
  emergency: '01144960123',
} satisfies CareTeamFacts;
export const ended = { ...islington, start: '2025-01-06', end: '2026-03-14' } satisfies CareTeamFacts;

const current = (name: string, ...teams: readonly CareTeamFacts[]): State => ({
  name,
  is: ['current', undefined, 'shown'],
  scripts: known(held(...teams)),
});

const withVisits = (name: string, visits: string, history: Script): State => ({
  name: `visits ${name}`,
  is: ['current', undefined, visits],
  scripts: known(held(), history),
});

/** The states in which a record is held. */
export const heldStates: readonly State[] = [
  current('child protection plan', islington),
  current('looked after', hackney),
  current('child protection plan and looked after', islington, { ...hackney, name: islington.name }),
  { ...current('unborn baby', sheffield), properties: { careSetting: 'maternity-unit' }, only: 'unscheduled' },
  current('the patient’s own plan and an unborn baby’s', islington, { ...sheffield, ...islington }),
  current('plan that has not started', { ...islington, start: '2026-12-01' }),
  current('plan of an unknown type', { ...islington, code: '12345' }),
  {
    ...current('several authorities', islington, hackney, sheffield, { ...ended, name: 'Narnia Council' }),
    properties: { homeAuthorities: 'Islington' },
  },
  { name: 'ended', is: ['ended', undefined, 'shown'], scripts: known(held(ended)) },
  withVisits('loading', 'loading', { hold: true }),
  withVisits('empty', 'shown', fresh(accesses([]))),
  withVisits('failed', 'failed', { status: 500 }),
  {
    name: 'visits unavailable',
    is: ['current', undefined, 'unavailable'],
    scripts: { PatientFlag: fresh(flagBundle(...flagged())) },
    properties: { registerApi: 'patient-flags' },
    only: 'scheduled',
  },
  { ...current('incomplete answer'), scripts: known({ ...held(), total: 2 }) },
];

const unready = (reason: string, properties: Partial<CpIsBanner>, only?: Attendance): State => ({
  name: `not checked: ${reason}`,
  is: ['not-checked', reason, 'none'],
  scripts: {},
  properties,
  ...(only === undefined ? {} : { only }),
});

const failing = (reason: string, script: Script, rest: Partial<State> = {}): State => ({
  name: `not checked: ${reason}`,
  is: ['not-checked', reason, 'none'],
  scripts: { CareTeam: { headers, ...script } },
  ...rest,
});

/** Every reason why the status is not known. */
export const failureStates: readonly State[] = [
  unready('no-attendance', { noAttendance: true }),
  unready('nhs-number-missing', { nhsNumber: '', encounter: 'one' }),
  unready('nhs-number-invalid', { nhsNumber: '9990000019' }),
  unready('nhs-number-unverified', { nhsNumberStatus: 'unverified' }),
  unready('care-setting-missing', { careSetting: '' }),
  unready('care-setting-unknown', { careSetting: 'nowhere' }),
  unready('attendance-missing', { careSetting: 'dentistry' }, 'unscheduled'),
  unready('misconfigured', { baseUrl: 'http://[' }),
  failing('signed-out', { status: 401 }),
  failing('access-denied', { status: 403 }),
  failing('refused', { status: 400 }),
  failing('busy', { status: 503, headers: { 'Retry-After': '60' } }),
  failing('timed-out', { status: 504 }),
  failing('unreachable', { drop: true }),
  failing('register-error', { status: 500 }),
  failing('unreadable', { body: '<html>' }),
  {
    ...failing('unreadable', { body: { ...held(ended), total: 2 } }),
    name: 'not checked: unreadable, plans listed',
    is: ['not-checked', 'unreadable', 'failed'],
  },
  failing('wrong-patient', { body: held({ number: otherNumber }) }),
  failing(
    'check-again',
    { body: none() },
    {
      then: () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    },
  ),
];

const idle: State = { name: 'idle', is: ['idle', undefined, 'none'], scripts: {}, properties: { nhsNumber: '' } };
const checking: State = {
  name: 'checking',
  is: ['checking', undefined, 'none'],
  scripts: { CareTeam: { hold: true } },
};
const noRecord: State = { name: 'none', is: ['none', undefined, 'none'], scripts: { CareTeam: fresh(none()) } };
const noRecordForNewborn: State = {
  ...noRecord,
  name: 'none, on a maternity unit',
  properties: { careSetting: 'maternity-unit' },
  only: 'unscheduled',
};

/** Everything that the banner can say. */
export const states: readonly State[] = [idle, checking, ...heldStates, noRecord, noRecordForNewborn, ...failureStates];

/** A state's name, for tests about one or a few of them. */
export function stateNamed(name: string): State {
  const found = states.find((state) => state.name === name);
  if (found === undefined) throw new Error(`no state ${name}`);
  return found;
}

/** The attendances in which a state can come about. */
export const attendancesOf = ({ only }: State): readonly Attendance[] => (only === undefined ? attendances : [only]);

/** A tag in the document that says what the state says. */
export async function open(
  state: State,
  attendance: Attendance = 'unscheduled',
  properties: Partial<CpIsBanner> = {},
): Promise<CpIsBanner> {
  const careSetting = attendance === 'scheduled' ? 'general-practice' : 'emergency-department';
  const register = await ScriptedRegister.answering(state.scripts);
  const banner = mount(register, { careSetting, ...state.properties, ...properties });
  if (state.then !== undefined) {
    await until(banner, ({ status }) => status !== 'checking');
    state.then();
  }
  const [status, reason, visits] = state.is;
  await until(banner, (now) => now.status === status && now.reason === reason && now.visits === visits);
  if (status === 'checking') await nextTask();
  return banner;
}
