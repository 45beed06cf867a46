import { nhsNumberSystem } from '../domain/nhs-number.js';
import { numberContext, unnumbered, type AttendanceOptions } from './patient-context.js';
import { Follower, type ContextTag } from './tag.js';

export interface LaunchUrlOptions extends AttendanceOptions {
  /** The host's word that the launching system sends only numbers that it has traced on PDS. */
  readonly sendsTracedNumbersOnly?: boolean;
}

const ofLaunch = /^(patient|birthdate|location)$/i;

/**
 * Opens the patient of a SIDeR launch, `?patient=https://fhir.nhs.uk/Id/nhs-number|N&birthdate=…&location=…`, from the
 * page's own address, and takes these parameters out of it: an NHS number must not stay in the address bar or the
 * history. Returns what stops it, as the other contexts do.
 */
export function followLaunchUrl(tag: ContextTag, options: LaunchUrlOptions = {}): () => void {
  const url = new URL(location.href);
  const launched = [...url.searchParams].filter(([name]) => ofLaunch.test(name));
  const patients = launched.filter(([name]) => /^patient$/i.test(name)).map(([, value]) => value);
  if (patients.length > 0) {
    for (const [name] of launched) url.searchParams.delete(name);
    history.replaceState(history.state, '', url);
  }

  const follower = new Follower(tag);
  const [patient, ...others] = patients;
  if (patient !== undefined && options.attendanceIsCurrent === true)
    follower.follow(
      patient.startsWith(`${nhsNumberSystem}|`) && others.length === 0
        ? numberContext(patient.slice(nhsNumberSystem.length + 1), options.sendsTracedNumbersOnly === true)
        : unnumbered(),
    );
  return () => {
    follower.stop();
  };
}
