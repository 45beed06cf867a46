import { isNhsNumberSystem } from '../domain/nhs-number.js';
import { listOf, own } from './guards.js';
import { numberContext, unnumbered, type AttendanceOptions, type PatientContext } from './patient-context.js';
import { Follower, type ContextTag } from './tag.js';

export interface LaunchUrlOptions extends AttendanceOptions {
  /** The host's word that the launching system sends only numbers that it has traced on PDS. */
  readonly sendsTracedNumbersOnly?: boolean;
  /**
   * The launch's address can be loaded only once, since it carries a one-time token. The page is then not reloaded, and
   * the browser's timeline keeps the address and its number for the page's life.
   */
  readonly loadsOnce?: boolean;
}

/** Some systems write `&amp;` instead of `&`. */
const ofLaunch = /^(?:amp;)*(patient|birthdate|location)$/i;
const ofPatient = /patient$/i;
/** The key in `history.state` under which the reloaded page finds the patients of the launch. */
const handedOver = 'cp-is-banner launch';
/** In milliseconds: a page that reloads is gone by then. */
const loadedWithin = 3000;

/**
 * Opens the patient of a SIDeR launch, `?patient=https://fhir.nhs.uk/Id/nhs-number|N&birthdate=…&location=…`, from the
 * page's own address or its fragment, and removes these parameters. A browser's timeline keeps the address from which a
 * page was loaded, so the page is then reloaded without them. A launch that only changes an open page's fragment is
 * followed too. Returns a function that stops it.
 */
export function followLaunchUrl(tag: ContextTag, options: LaunchUrlOptions = {}): () => void {
  const follower = new Follower(tag);
  let late: ReturnType<typeof setTimeout> | undefined;
  const hear = (): void => {
    const patients = take(options.loadsOnce === true);
    if (patients === undefined || options.attendanceIsCurrent !== true) return;
    if (patients !== 'loaded again') follower.follow(contextOf(patients, options));
    // The page should be gone by now: somebody is open, and nobody knows who.
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

/** Takes the launch's patients out of the address; `undefined` when it names none. */
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

/** The patients whom an address names, in its query or its fragment, and the address without the launch. */
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
  /** Unchanged. */
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
