import { cleanNhsNumber, isNhsNumber, isNhsNumberSystem } from '../domain/nhs-number.js';
import { at, idOf, listOf, own } from './guards.js';
import { areOne, inUse, referenced, saysNothing, whomOf } from './whom.js';

/** What a context sets on the tag. It keeps nothing else about a patient: no name, birth date or other identifier. */
export interface PatientContext {
  /** "" when there is no usable number, `invalid` when it fails its check. */
  readonly nhsNumber: string;
  readonly nhsNumberStatus: 'verified' | 'unverified';
  readonly encounter: string;
  /** Somebody is open who is not attending now: the tag says so, and CP-IS is not asked. */
  readonly noAttendance?: true;
}

export interface AttendanceOptions {
  /**
   * The host's word that its contexts mean a patient who is attending now, where the context itself does not say so: it
   * carries no encounter, or one whose status is unknown. An encounter that says otherwise still opens nobody.
   */
  readonly attendanceIsCurrent?: boolean;
}

/** Somebody is open whom the tag must not ask about: it says "not checked", and the previous patient is gone. */
export const unnumbered = (encounter = ''): PatientContext => ({
  nhsNumber: '',
  nhsNumberStatus: 'unverified',
  // A value of its own, since the tag drops an encounter that stays the same when the number goes.
  encounter: `no-number/${encounter}`,
});

/** Somebody is open who is not attending. No number, so that nothing which knows only numbers can ask about them. */
const notAttending: PatientContext = {
  nhsNumber: '',
  nhsNumberStatus: 'unverified',
  encounter: '',
  noAttendance: true,
};

/** Whether the context could be used: nobody is attending, or somebody with a number. */
export const isFollowed = (context: PatientContext | undefined): boolean =>
  context === undefined || context.noAttendance === true || (context.nhsNumber !== '' && context.nhsNumber !== invalid);

const invalid = 'invalid';

/** A number that came without a Patient. */
export function numberContext(raw: string, traced: boolean, encounter = ''): PatientContext {
  const cleaned = cleanNhsNumber(raw);
  const valid = isNhsNumber(cleaned);
  return {
    nhsNumber: valid ? cleaned : invalid,
    nhsNumberStatus: valid && traced ? 'verified' : 'unverified',
    encounter,
  };
}

/**
 * What the tag needs from a FHIR Patient and its Encounter, if there is one: `undefined` when there is nobody to open,
 * and a context that says so when the patient is not attending now. A patient who cannot be read, or has not exactly
 * one NHS number, is `unnumbered`.
 */
export function patientContext(
  patient: unknown,
  encounter: unknown,
  { attendanceIsCurrent }: AttendanceOptions,
): PatientContext | undefined {
  if (!isCurrent(encounter, attendanceIsCurrent === true)) return isSomebody(patient) ? notAttending : undefined;
  const encounterId = idOf(own(encounter, 'id')) || referenced('Encounter', encounter);
  const numbers = isSomebody(patient) ? nhsNumbers(patient) : [];
  const [first] = numbers;
  if (first === undefined || isOfAnother(encounter, patient)) return unnumbered(encounterId);
  if (numbers.some(({ number }) => number !== first.number)) return unnumbered(encounterId);
  return numberContext(
    first.number,
    numbers.every(({ traced }) => traced),
    encounterId,
  );
}

export const isSomebody = (patient: unknown): boolean => own(patient, 'resourceType') === 'Patient';

/**
 * A Patient from whatever is in a patient's place: a Patient as it is, and as much of one as a reference says. Anything
 * else is still somebody, of whom nothing is known.
 */
export function patientIn(value: unknown): unknown {
  if (isSomebody(value) || value === undefined || value === null) return value;
  const isReference = own(value, 'resourceType') === undefined;
  const { id } = whomOf({ subject: isReference ? value : undefined });
  return { resourceType: 'Patient', id, identifier: isReference ? [own(value, 'identifier')] : [] };
}

/** The number that a Patient would put on the tag. */
export function numberOf(patient: unknown): string {
  const [first, ...others] = new Set(nhsNumbers(patient).map(({ number }) => number));
  return first === undefined || others.length > 0 ? '' : numberContext(first, false).nhsNumber;
}

const current = ['arrived', 'triaged', 'in-progress'];

function isCurrent(encounter: unknown, hostSaysSo: boolean): boolean {
  const status = own(encounter, 'status');
  if (status === undefined || status === 'unknown') return hostSaysSo;
  return own(encounter, 'resourceType') === 'Encounter' && current.includes(status as string);
}

/** Whether an encounter names somebody who is not, or cannot be shown to be, this patient. */
function isOfAnother(encounter: unknown, patient: unknown): boolean {
  const subject = whomOf(encounter);
  return !saysNothing(subject) && areOne(subject, whomOf(patient)) !== true;
}

const nhsNumbers = (patient: unknown): readonly { number: string; traced: boolean }[] =>
  inUse(
    listOf(own(patient, 'identifier')).filter(
      (identifier) => isNhsNumberSystem(own(identifier, 'system')) && own(identifier, 'value') !== undefined,
    ),
  ).map((identifier) => ({
    number: cleanNhsNumber(idOf(own(identifier, 'value'))),
    traced: own(identifier, 'use') !== 'old' && isVerified(identifier),
  }));

/** UK Core's extension, and Care Connect's before it. England's code systems only: another nation's 01 may differ. */
const extension =
  /^https:\/\/fhir\.(hl7\.org|nhs)\.uk\/(STU3\/)?StructureDefinition\/Extension-(UKCore|CareConnect(-GPC)?)-NHSNumberVerificationStatus(-1)?$/;
const codeSystem =
  /^https:\/\/fhir\.(hl7\.org|nhs)\.uk\/(STU3\/)?((CodeSystem|ValueSet)\/)?(UKCore|CareConnect)-NHSNumberVerificationStatus(England)?(-1)?$/;

/** 01: number present and verified. Every code given must be 01. */
function isVerified(identifier: unknown): boolean {
  const codes = listOf(own(identifier, 'extension'))
    .filter((each) => extension.test(idOf(own(each, 'url'))))
    .flatMap((each) => listOf(at(each, 'valueCodeableConcept', 'coding')))
    .filter((coding) => codeSystem.test(idOf(own(coding, 'system'))));
  return codes.length > 0 && codes.every((coding) => own(coding, 'code') === '01');
}
