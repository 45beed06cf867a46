import type { Limit } from './limit.js';
import type { ReadRecord } from './record.js';

/** What the signed-in user's role lets them do at CP-IS: B0107 views and alerts, B0170 views only. */
export interface May {
  readonly view: boolean;
  readonly alert: boolean;
}

/** A signed-in user's way to the register. */
export interface Access {
  /** Exchanged at the national platform for this user. Sent as a bearer token and stored nowhere. */
  readonly accessToken: string;
  readonly may: May;
  /** `selected_roleid` and its organisation's ODS code; sent as `NHSD-Session-URID` and `NHSD-End-User-Organisation-ODS`. */
  readonly role?: { readonly id: string; readonly organisation: string };
  /** Aborted when the session ends. Reads under way are then given up, and their answers never delivered. */
  readonly ended?: AbortSignal;
  /** Asked once more before an answer is delivered. False when the session has ended meanwhile, at any instance. */
  readonly still?: () => Promise<boolean>;
  /** Called when the register has refused the renewed token too. */
  readonly refused?: () => Promise<void>;
}

/**
 * The user of a request, or undefined when nobody is signed in. When `rejected` is given, the register has refused that
 * token: return a renewed one, or undefined when the session is over. Reject with a `Fault` to say what is wrong; any
 * other rejection means that the token service is out of order (503).
 */
export type TokenFor<A extends Access = Access, Q = Request> = (
  request: Q,
  asked: { readonly rejected?: string; readonly signal: AbortSignal },
) => Promise<A | undefined>;

export interface Options<A extends Access = Access, Q = Request> {
  /** The page's origin, as the browser writes it: `https://epr.example.nhs.uk`. Plain http is for localhost only. */
  readonly publicUrl: string;
  /** The address up to and including `/FHIR/R4`. */
  readonly registerUrl: string;
  /** `cpis`: CareTeam and AuditEvent. `patient-flags`: PatientFlag, and silent reads only. */
  readonly registerApi?: 'cpis' | 'patient-flags';
  readonly basePath?: string;
  readonly tokenFor: TokenFor<A, Q>;
  /** The time for the whole answer, in milliseconds. Below the tag's 10 seconds. */
  readonly deadlineMs?: number;
  /** This process's share of what the platform allows the application in any rolling minute. */
  readonly limitPerMinute?: number;
  /**
   * Takes one request from the limit, or throws a Fault. Used instead of `limitPerMinute` where several instances share
   * a limit.
   */
  readonly limit?: Limit;
  /** The part of the limit, from 0 to 1, that is reserved for the first question about a patient. */
  readonly limitReserve?: number;
  /**
   * Told of every answer, in a closed list of fields: nothing about the child, no user’s name, no token. Must not
   * throw. If it returns a promise, the answer waits for it; the promise must not reject.
   */
  readonly record?: (read: ReadRecord, access: A | undefined) => unknown;
  readonly now?: () => number;
}

export type Settings<A extends Access, Q> = Required<Omit<Options<A, Q>, 'record' | 'limit'>> &
  Pick<Options<A, Q>, 'record' | 'limit'>;

const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;

export const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

export const isLocal = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

export const safeUrl = (url: URL | undefined): boolean =>
  url?.username === '' &&
  url.password === '' &&
  (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)));

/** The options with their defaults. Throws a single error that names every mistake. */
export function settingsOf<A extends Access, Q>(options: Options<A, Q>): Settings<A, Q> {
  const settings: Settings<A, Q> = {
    registerApi: 'cpis',
    basePath: '/cpis',
    deadlineMs: 9000,
    limitPerMinute: 300,
    limitReserve: 0.2,
    now: () => performance.now(),
    ...options,
  };
  const page = urlOf(settings.publicUrl);
  const register = urlOf(settings.registerUrl);
  const rules: readonly (readonly [kept: boolean, advice: string])[] = [
    [
      safeUrl(page) && page?.origin === settings.publicUrl,
      'publicUrl is an https origin without a path (http for localhost alone)',
    ],
    [
      safeUrl(register) && register?.search === '' && register.hash === '' && !settings.registerUrl.endsWith('/'),
      'registerUrl is an https address without a query or a slash at the end (http for localhost alone)',
    ],
    [['cpis', 'patient-flags'].includes(settings.registerApi), 'registerApi is cpis or patient-flags'],
    [/^(\/[\w-]+)*$/.test(settings.basePath), 'basePath is empty or begins with a slash and ends without one'],
    [within(settings.deadlineMs, 1, 9999), 'deadlineMs is below the tag’s own 10000'],
    [
      Number.isInteger(settings.limitPerMinute) && settings.limitPerMinute >= 1,
      'limitPerMinute is a whole number from 1',
    ],
    [within(settings.limitReserve, 0, 1), 'limitReserve is from 0 to 1'],
  ];
  const mistakes = rules.filter(([kept]) => !kept).map(([, advice]) => advice);
  if (mistakes.length > 0) throw new Error(`The gateway cannot start. ${mistakes.join('. ')}.`);
  return settings;
}
