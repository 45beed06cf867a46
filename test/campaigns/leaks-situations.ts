/** What a fault does to the register's own answer. Without any of these the answer is unchanged. */
interface Fault {
  readonly status?: number;
  readonly body?: string;
  /** The body and the connection end in the middle. */
  readonly cut?: boolean;
  /** The connection ends without an answer. */
  readonly drop?: boolean;
  /** No answer ever comes. */
  readonly hang?: boolean;
}

/** One way in which a banner comes to its state. */
export interface Situation {
  readonly name: string;
  /** The attributes that show that the situation has been reached. */
  readonly is: string;
  /** The register has no record of the patient. */
  readonly held?: false;
  readonly properties?: (nhsNumber: string) => object;
  readonly fault?: (body: string, path: string) => Fault;
  /** Afterwards the connection is cut and the same patient opened again, so that what was sealed may be shown. */
  readonly thenFails?: true;
  /** The host gives nothing as `storageKey`. */
  readonly withKey?: false;
  /** What the host does to its tag before it is in the page: a script that uses `banner` and `said`, the number. */
  readonly plant?: string;
  /** What the host does last. One of these. */
  readonly after?: readonly string[];
}

const notChecked = (reason: string): string => `[status=not-checked][reason=${reason}]`;
const current = '[status=current][visits=shown]';

const failing = (name: string, reason: string, fault: Fault | ((body: string) => Fault), rest = {}): Situation => ({
  name,
  is: notChecked(reason),
  fault: typeof fault === 'function' ? fault : () => fault,
  ...rest,
});
const unready = (reason: string, properties: (nhsNumber: string) => object): Situation => ({
  name: reason,
  is: notChecked(reason),
  held: false,
  properties,
});
const soon = { properties: () => ({ timeout: 0.4 }) };

/** A body that has what must not leak in each of its texts. */
const outcome = (body: string): string =>
  JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ diagnostics: body, details: { text: body } }] });

/** Every status and reason that the tag can have, with every fault that leads to it. */
export const situations: readonly Situation[] = [
  { name: 'current', is: current, thenFails: true },
  { name: 'current, without a key', is: current, withKey: false, thenFails: true },
  {
    name: 'current, scheduled',
    is: current,
    properties: () => ({ careSetting: 'general-practice', homeAuthorities: 'Nowhere' }),
  },
  { name: 'none', is: '[status=none]', held: false },
  {
    name: 'visits failed',
    is: '[status=current][visits=failed]',
    fault: (body, path) => (path.includes('AuditEvent') ? { status: 500, body: outcome(body) } : {}),
  },
  {
    name: 'visits of another patient',
    is: '[status=current][visits=failed]',
    fault: (body, path) => (path.includes('AuditEvent') ? { body: body.replaceAll(/999\d{7}/g, '9990000018') } : {}),
  },
  unready('no-attendance', () => ({ noAttendance: true })),
  unready('nhs-number-missing', () => ({ nhsNumber: '' })),
  unready('nhs-number-invalid', (number) => ({ nhsNumber: `${number}1` })),
  unready('nhs-number-unverified', () => ({ nhsNumberStatus: 'unverified' })),
  unready('care-setting-missing', () => ({ careSetting: '' })),
  unready('care-setting-unknown', (number) => ({ careSetting: `ward of ${number}` })),
  unready('attendance-missing', () => ({ careSetting: 'dentistry' })),
  unready('misconfigured', (number) => ({ baseUrl: `http://[${number}` })),
  failing('401', 'signed-out', (body) => ({ status: 401, body })),
  failing('302', 'signed-out', (body) => ({ status: 302, body })),
  failing('403', 'access-denied', (body) => ({ status: 403, body: outcome(body) })),
  failing('400', 'refused', (body) => ({ status: 400, body: outcome(body) })),
  failing('404', 'refused', (body) => ({ status: 404, body: outcome(body) })),
  failing('429', 'busy', (body) => ({ status: 429, body: outcome(body) })),
  failing('503', 'busy', (body) => ({ status: 503, body })),
  failing('408', 'timed-out', (body) => ({ status: 408, body })),
  failing('504', 'timed-out', (body) => ({ status: 504, body })),
  failing('500', 'register-error', (body) => ({ status: 500, body: outcome(body) })),
  failing('no connection', 'unreachable', { drop: true }),
  failing('half a body', 'unreachable', { cut: true }),
  failing('no answer', 'timed-out', { hang: true }, soon),
  failing('no JSON', 'unreadable', (body) => ({ body: body.slice(0, -20) })),
  failing('a page in its place', 'unreadable', (body) => ({ body: `<html>${body}` })),
  failing('an outcome in its place', 'unreadable', (body) => ({ body: outcome(body) })),
  failing('another patient', 'wrong-patient', (body) => ({ body: body.replaceAll(/999\d{7}/g, '9990000018') })),
  {
    name: 'a token refused with the patient in the error',
    is: notChecked('signed-out'),
    plant: 'banner.accessToken = () => Promise.reject(new Error("no session for " + said))',
  },
  {
    name: 'left and restored',
    is: '[status=current]',
    after: ['dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))'],
  },
  {
    name: 'a fault while drawing that names the patient',
    is: '[status=not-checked][reason=unreachable]',
    plant:
      'Object.defineProperty(banner, "layout", { get() { if (this.status === "current") throw new Error(said); return "banner"; } })',
  },
  {
    name: 'signed out while under way',
    is: '[status=checking]',
    fault: () => ({ hang: true }),
    after: ['banner.constructor.signOut()'],
  },
  {
    name: 'closed while under way',
    is: '[status=checking]',
    fault: () => ({ hang: true }),
    after: ['banner.clear()', 'banner.remove()'],
  },
];
