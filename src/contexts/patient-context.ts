import { cleanNhsNumber, isNhsNumber, isNhsNumberSystem } from '../domain/nhs-number.js';
import { at, idOf, listOf, own } from './guards.js';
import { areOne, inUse, referenced, saysNothing, whomOf } from './whom.js';

/** What a context sets on the tag. Nothing else of a patient is kept: no name, no birth date, no other identifier. */
export interface PatientContext {
  /** "" when there is no number that can be used, `invalid` when it fails its check. */
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

/** Someone is open whom the tag must not ask about: it says "not checked", and the patient before is gone. */
export const unnumbered = (encounter = ''): PatientContext => ({
  nhsNumber: '',
  nhsNumberStatus: 'unverified',
  // Its own value, since the tag drops an encounter that stays when the number goes.
  encounter: `no-number/${encounter}`,
});

/** Somebody is open who is not attending. No number: whoever only knows numbers must not ask about it. */
const notAttending: PatientContext = {
  nhsNumber: '',
  nhsNumberStatus: 'unverified',
  encounter: '',
  noAttendance: true,
};

/** The context could be used: nobody is attending, or somebody with a number. */
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
 * A FHIR Patient, with its Encounter when there is one, as what the tag needs: `undefined` when nobody is there to be
 * opened, and a context that says so when the patient is not attending now. What cannot be read, or bears no one NHS
 * number, is `unnumbered`.
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
 * Whoever stands in a patient's place: a Patient as it is, and of a reference as much of a Patient as it says. Anything
 * else is somebody all the same, of whom nothing is known.
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

/** An encounter that names somebody who is not this patient, or of whom nobody can say that it is. */
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

/** UK Core's extension, and Care Connect's before it. England's code systems only: another nation's 01 is another thing. */
const extension =
  /^https:\/\/fhir\.(hl7\.org|nhs)\.uk\/(STU3\/)?StructureDefinition\/Extension-(UKCore|CareConnect(-GPC)?)-NHSNumberVerificationStatus(-1)?$/;
const codeSystem =
  /^https:\/\/fhir\.(hl7\.org|nhs)\.uk\/(STU3\/)?((CodeSystem|ValueSet)\/)?(UKCore|CareConnect)-NHSNumberVerificationStatus(England)?(-1)?$/;

/** 01: number present and verified. Every code that is given must be that one. */
function isVerified(identifier: unknown): boolean {
  const codes = listOf(own(identifier, 'extension'))
    .filter((each) => extension.test(idOf(own(each, 'url'))))
    .flatMap((each) => listOf(at(each, 'valueCodeableConcept', 'coding')))
    .filter((coding) => codeSystem.test(idOf(own(coding, 'system'))));
  return codes.length > 0 && codes.every((coding) => own(coding, 'code') === '01');
}
