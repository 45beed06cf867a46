import { isNhsNumberSystem } from '../domain/nhs-number.js';
import { listOf, own } from './guards.js';
import { numberContext, unnumbered, type AttendanceOptions, type PatientContext } from './patient-context.js';
import { Follower, type ContextTag } from './tag.js';

export interface LaunchUrlOptions extends AttendanceOptions {
  /** The host's word that the launching system sends only numbers that it has traced on PDS. */
  readonly sendsTracedNumbersOnly?: boolean;
  /**
   * The launch's address can be loaded only once, since it carries a one-time token. The page is then not loaded again,
   * and the browser's timeline keeps the address with its number for as long as the page stands.
   */
  readonly loadsOnce?: boolean;
}

/** Some systems write `&amp;` where `&` is meant. */
const ofLaunch = /^(?:amp;)*(patient|birthdate|location)$/i;
const ofPatient = /patient$/i;
/** Under which the patients go from the page that was launched to the same page without them. */
const handedOver = 'cp-is-banner launch';
/** In milliseconds: a page that is loaded again is gone by then. */
const loadedWithin = 3000;

/**
 * Opens the patient of a SIDeR launch, `?patient=https://fhir.nhs.uk/Id/nhs-number|N&birthdate=…&location=…`, from the
 * page's own address, its fragment too, and takes these parameters out of it. Since a browser keeps the address that a
 * page was loaded from in its timeline, the page is then loaded again without them. A launch that only changes the
 * fragment of a page that stands is followed too. Returns what stops it, as the other contexts do.
 */
export function followLaunchUrl(tag: ContextTag, options: LaunchUrlOptions = {}): () => void {
  const follower = new Follower(tag);
  let late: ReturnType<typeof setTimeout> | undefined;
  const hear = (): void => {
    const patients = take(options.loadsOnce === true);
    if (patients === undefined || options.attendanceIsCurrent !== true) return;
    if (patients !== 'loaded again') follower.follow(contextOf(patients, options));
    // It should be gone by now: somebody is open, and nobody knows who.
    else
      late = setTimeout(() => {
        follower.follow(unnumbered());
      }, loadedWithin);
  };
  hear();
  addEventListener('hashchange', hear);
  return () => {
    removeEventListener('hashchange', hear);
    clearTimeout(late);
    follower.stop();
  };
}

function contextOf([patient = '', ...others]: readonly string[], options: LaunchUrlOptions): PatientContext {
  const end = patient.lastIndexOf('|');
  return isNhsNumberSystem(patient.slice(0, Math.max(end, 0))) && others.length === 0
    ? numberContext(patient.slice(end + 1), options.sendsTracedNumbersOnly === true)
    : unnumbered();
}

/** The patients of the launch, who are in the address no more; `undefined` when it names none. */
function take(loadsOnce: boolean): readonly string[] | 'loaded again' | undefined {
  const state: unknown = history.state;
  const before = own(state, handedOver);
  if (before !== undefined) {
    history.replaceState(own(state, 'state'), '');
    return listOf(before).filter((patient) => typeof patient === 'string');
  }
  const { patients, rest } = divide(location.href);
  if (patients.length === 0) return undefined;
  const isKept = performance.getEntriesByType('navigation').some(({ name }) => divide(name).patients.length > 0);
  if (!isKept || loadsOnce) {
    history.replaceState(state, '', rest);
    return patients;
  }
  history.replaceState({ [handedOver]: patients, state }, '', rest);
  location.reload();
  return 'loaded again';
}

/** An address as the patients whom it names, in its query or its fragment, and what is left of it without the launch. */
function divide(address: string): { readonly patients: readonly string[]; readonly rest: string } {
  const [, before = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(address) ?? [];
  // A fragment may be a route with a query of its own.
  const [, route = '', parameters = ''] = /^(#(?:[^?]*\?)?)(.*)$/s.exec(fragment) ?? [];
  const [inQuery, inFragment] = [query.slice(1), parameters].map(pieces) as [Pieces, Pieces];
  const patients = [...inQuery.launch, ...inFragment.launch]
    .filter(([name]) => ofPatient.test(name))
    .map(([, value]) => value);
  if (patients.length === 0) return { patients, rest: address };
  const kept =
    inFragment.others === '' && inFragment.launch.length > 0 ? route.slice(0, -1) : route + inFragment.others;
  return { patients, rest: before + (inQuery.others && `?${inQuery.others}`) + kept };
}

interface Pieces {
  readonly launch: readonly (readonly [name: string, value: string])[];
  /** As they stand. */
  readonly others: string;
}

function pieces(parameters: string): Pieces {
  const read = parameters.split('&').map((piece) => ({ piece, named: [...new URLSearchParams(piece)][0] }));
  const isOfLaunch = (named: readonly [string, string] | undefined): boolean => ofLaunch.test(named?.[0] ?? '');
  return {
    launch: read.flatMap(({ named }) => (named !== undefined && isOfLaunch(named) ? [named] : [])),
    others: read
      .filter(({ named }) => !isOfLaunch(named))
      .map(({ piece }) => piece)
      .join('&'),
  };
}
