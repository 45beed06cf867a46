import { readEpisode, type Attendance, type CareSetting } from './care-setting.js';
import { cleanNhsNumber, isNhsNumber } from './nhs-number.js';
import type { HostReason } from './reason.js';

export type RegisterApi = 'cp-is' | 'patient-flags';

/** What the host has said about the patient, the episode and the register; empty strings where it has said nothing. */
export interface HostContext {
  readonly nhsNumber: string;
  readonly nhsNumberStatus: string;
  readonly encounter: string;
  readonly careSetting: string;
  readonly attendance: string;
  /** Absolute, without a trailing slash; `undefined` when the host's `base-url` cannot be used. */
  readonly baseUrl: string | undefined;
  readonly registerApi: string;
  readonly user: string;
  /** Somebody is open who is not attending now. */
  readonly noAttendance?: boolean;
  /** Properties that hold something other than text: nobody knows what the host meant. */
  readonly notText?: readonly string[];
  /** Misspelt attributes, when the property that was meant is empty. */
  readonly misspelt?: readonly string[];
}

/** One patient-open, which makes one access (safety rule 4). Two with equal fields are the same open. */
export interface PatientOpen {
  readonly baseUrl: string;
  readonly registerApi: RegisterApi;
  readonly user: string;
  readonly nhsNumber: string;
  readonly encounter: string;
  readonly attendance: Attendance;
}

/** What the host's context asks for. */
export type Intent =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'cannot-ask'; readonly reason: HostReason }
  | { readonly kind: 'ask'; readonly open: PatientOpen; readonly setting: CareSetting };

/** The host's context as an intent; the first problem in the order of the public contract is the reason. */
export function readIntent(host: HostContext): Intent {
  const nhsNumber = cleanNhsNumber(host.nhsNumber);
  const cannotAsk = (reason: HostReason): Intent => ({ kind: 'cannot-ask', reason });

  if (host.noAttendance === true) return cannotAsk('no-attendance');
  if (nhsNumber === '' && host.misspelt !== undefined) return cannotAsk('misconfigured');
  if (nhsNumber === '') return host.encounter === '' ? { kind: 'nobody' } : cannotAsk('nhs-number-missing');
  if (!isNhsNumber(nhsNumber)) return cannotAsk('nhs-number-invalid');
  if (host.nhsNumberStatus !== 'verified') return cannotAsk('nhs-number-unverified');

  const episode = readEpisode(host.careSetting, host.attendance);
  if ('problem' in episode) return cannotAsk(episode.problem);

  const { setting, attendance } = episode;
  const { baseUrl, registerApi, user, encounter } = host;
  if (baseUrl === undefined || !isRegisterApi(registerApi) || host.notText !== undefined)
    return cannotAsk('misconfigured');
  if (registerApi === 'patient-flags' && attendance === 'unscheduled') return cannotAsk('misconfigured');

  return { kind: 'ask', open: { baseUrl, registerApi, user, nhsNumber, encounter, attendance }, setting };
}

const isRegisterApi = (value: string): value is RegisterApi => value === 'cp-is' || value === 'patient-flags';

/** A key that two opens share only when they are the same open. It holds the NHS number: keep it in memory. */
export const openKey = (open: PatientOpen): string =>
  JSON.stringify([open.baseUrl, open.registerApi, open.user, open.nhsNumber, open.encounter, open.attendance]);

/** The same open before its encounter was known. */
export const withoutEncounter = (open: PatientOpen): PatientOpen => ({ ...open, encounter: '' });

/**
 * Whether the host's context still describes the open under way: the same one, or the same patient whose encounter has
 * just arrived (`adoptable`) or has been taken away. Another encounter is another open.
 */
export function continues(open: PatientOpen, next: PatientOpen, adoptable: boolean): boolean {
  if (openKey(withoutEncounter(open)) !== openKey(withoutEncounter(next))) return false;
  return next.encounter === open.encounter || next.encounter === '' || (open.encounter === '' && adoptable);
}

/**
 * The encounter that goes with the host's NHS number once its task is over: a new number drops the previous patient's
 * encounter, unless a new one came with it. An encounter set before any number was known stays.
 */
export function encounterAfter(
  before: { readonly nhsNumber: string; readonly encounter: string },
  after: { readonly nhsNumber: string; readonly encounter: string },
): string {
  const numberBefore = cleanNhsNumber(before.nhsNumber);
  const replaced = numberBefore !== '' && numberBefore !== cleanNhsNumber(after.nhsNumber);
  return replaced && after.encounter === before.encounter ? '' : after.encounter;
}
