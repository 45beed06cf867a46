import { patientContext, unnumbered, type AttendanceOptions, type PatientContext } from './patient-context.js';
import { own } from './guards.js';
import { Follower, type ContextTag } from './tag.js';

/** The part of a `fhirclient` session that is read. */
export interface SmartSession {
  readonly patient: SessionResource;
  readonly encounter: SessionResource;
}

interface SessionResource {
  readonly id: string | null;
  read(): Promise<unknown>;
}

/**
 * Opens the patient of a SMART session that the host already has (`await FHIR.oauth2.ready()`). Without a patient in
 * the session nobody is open; one who cannot be read is shown as not checked. Returns a function that stops it.
 */
export function followSmart(tag: ContextTag, session: SmartSession, options: AttendanceOptions = {}): () => void {
  const follower = new Follower(tag);
  let stopped = false;
  if (session.patient.id === null) follower.close();
  else
    void contextOf(session, options).then((context) => {
      if (!stopped) follower.follow(context);
    });
  return () => {
    stopped = true;
    follower.stop();
  };
}

async function contextOf(
  { patient, encounter }: SmartSession,
  options: AttendanceOptions,
): Promise<PatientContext | undefined> {
  try {
    const [about, during] = await Promise.all([
      patient.read(),
      // An encounter that cannot be read says nothing about attendance.
      encounter.id === null ? undefined : encounter.read().catch(() => ({ id: encounter.id })),
    ]);
    return own(about, 'id') === patient.id ? patientContext(about, during, options) : unnumbered();
  } catch {
    return unnumbered();
  }
}
