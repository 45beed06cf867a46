import { idOf, listOf, own } from './guards.js';
import {
  numberOf,
  patientContext,
  patientIn,
  unnumbered,
  type AttendanceOptions,
  type PatientContext,
} from './patient-context.js';
import type { Follower } from './tag.js';
import { areOne, saysNothing, whomOf } from './whom.js';

/** What one message says about who is open; `undefined` where it says nothing. */
interface Said {
  readonly patient: unknown;
  readonly encounter: unknown;
  /** Two of its parts are about different people. */
  readonly isTorn: boolean;
}

/**
 * `sdc.configureContext`: replaces all that was said before. A context that names nobody closes the patient.
 * @param payload the draft's `payload.context`; some hosts put its fields straight in `payload`
 */
export function replacedBy(payload: unknown, options: AttendanceOptions): PatientContext | undefined {
  const { patient, encounter, isTorn } = saidIn(own(payload, 'context') ?? payload);
  if (patient === undefined && encounter === undefined) return undefined;
  return isTorn ? unnumbered(idOf(own(encounter, 'id'))) : patientContext(patient, encounter, options);
}

/**
 * The context of an `sdc.displayQuestionnaire`, which adds to what was said before. Without a patient nothing changes:
 * an encounter alone does not say whose it is.
 */
export function addedBy(payload: unknown, follower: Follower, options: AttendanceOptions): PatientContext | undefined {
  const { patient, encounter, isTorn } = saidIn(own(payload, 'context'));
  const { current } = follower;
  if (patient === undefined) return current;
  if (isTorn) return unnumbered(idOf(own(encounter, 'id')));
  // The patient of the open encounter, named without it, does not close it.
  const isOpen = current !== undefined && current.nhsNumber !== '' && numberOf(patient) === current.nhsNumber;
  return isOpen && encounter === undefined ? current : patientContext(patient, encounter, options);
}

function saidIn(context: unknown): Said {
  const launched = (name: string): readonly unknown[] =>
    listOf(own(context, 'launchContext'))
      .filter((each) => own(each, 'name') === name)
      .map((each) => own(each, 'contentResource') ?? own(each, 'contentReference'));
  const patients = [...launched('patient'), own(context, 'subject')].filter(isSaid).map(patientIn);
  const patient = patients.find((each) => numberOf(each) !== '') ?? patients[0];
  const whom = whomOf(patient);
  return {
    patient,
    encounter: [...launched('encounter'), own(context, 'encounter')].find(isSaid),
    isTorn: patients.some((each) => !saysNothing(whomOf(each)) && areOne(whomOf(each), whom) === false),
  };
}

/** An empty value, and an object of empty values, name nobody. */
const isSaid = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(isThere) : isThere(value);

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
