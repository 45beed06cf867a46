/**
 * A backend-for-frontend: the page's own origin, in front of a register that takes the user's token and sends no CORS
 * headers. The browser holds only a cookie; the token stays here. It uses nothing but Node, so that it can be read in
 * one go.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { env } = process;
const REGISTER = env.REGISTER || 'http://localhost:8090/cpis/FHIR/R4';
const PORT = env.PORT || '3000';
const DEADLINE = env.DEADLINE || '9000';
/** The page's origin, known once the server listens. Behind a proxy, the address that the browser shows. */
let { ORIGIN } = env;

/** Who is signed in, by cookie. In your product: the session that CIS2 began, with its access token renewed in time. */
const tokens = new Map();
/** Two session cookies are one too many, because somebody else set one of them. */
const sessionOf = ({ headers }) => {
  const [first, second] = (headers.cookie ?? '').matchAll(/(?:^|; *)session=([^;]*)/g);
  return second === undefined ? first?.[1] : undefined;
};

/** Ten digits that pass the check: weights 10 to 1, modulus 11. */
const isNhsNumber = (text) =>
  /^\d{10}$/.test(text) && [...text].reduce((sum, digit, place) => sum + (10 - place) * Number(digit), 0) % 11 === 0;
const identifier = 'https://fhir.nhs.uk/Id/nhs-number|';
const isPatient = (text) => text.startsWith(identifier) && isNhsNumber(text.slice(identifier.length));
const is = (one) => (text) => text === one;

/** What may be read. The tag sends each of these parameters once, in this form, and nothing else. */
const reads = {
  CareTeam: { 'patient:identifier': isPatient },
  AuditEvent: {
    'patient:identifier': isPatient,
    _include: is('AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED'),
  },
  PatientFlag: { patient: isNhsNumber, code: is('child-protection-information-system-flag') },
};
const isAsTheTagSends = (forms, query) =>
  query.size === Object.keys(forms).length &&
  Object.entries(forms).every(([name, isRight]) => query.getAll(name).length === 1 && isRight(query.get(name)));

/** The headers that are passed on: what the tag sends, checked. */
const told = {
  traceid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  isunscheduledaccessevent: /^(true|false)$/,
};

/**
 * A read makes an access under the user's name, so another site's page must not be able to make one. Where the browser
 * says nothing about the site (plain http), `Origin` must. With neither, nobody knows who is asking.
 */
const isOurPage = ({ headers: { 'sec-fetch-site': site, origin } }) =>
  (site ?? origin) !== undefined && (site ?? 'same-origin') === 'same-origin' && (origin ?? ORIGIN) === ORIGIN;

async function read(request, kind, query) {
  if (request.method !== 'GET') return { status: 405, headers: { Allow: 'GET' } };
  if (!isOurPage(request)) return { status: 403 };
  const token = tokens.get(sessionOf(request));
  if (token === undefined) return { status: 401 };
  const isWhole = Object.entries(told).every(([name, form]) => form.test(request.headers[name] ?? ''));
  if (!isWhole || !isAsTheTagSends(reads[kind], query)) return { status: 400 };
  try {
    const answer = await fetch(`${REGISTER}/${kind}?${query}`, {
      headers: {
        Accept: 'application/fhir+json',
        Authorization: `Bearer ${token}`,
        TraceID: request.headers.traceid,
        IsUnscheduledAccessEvent: request.headers.isunscheduledaccessevent,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(Number(DEADLINE)),
    });
    const headers = { 'Content-Type': 'application/fhir+json' };
    for (const name of ['Date', 'Retry-After']) if (answer.headers.has(name)) headers[name] = answer.headers.get(name);
    return { status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) };
  } catch (error) {
    // The tag says "timed out" or "CP-IS has a fault". Neither the query nor the body belongs in a log.
    return { status: error.name === 'TimeoutError' ? 504 : 502 };
  }
}

const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none';
  form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html cp-is-banner`;
const guarded = { 'Content-Security-Policy': policy.replaceAll(/\s+/g, ' ') };
const html = {
  ...guarded,
  'Content-Type': 'text/html; charset=utf-8',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const script = { 'Content-Type': 'text/javascript; charset=utf-8' };
const file = (place, headers) => ({ status: 200, headers, body: readFileSync(new URL(place, import.meta.url)) });

/** Everything else that a page needs. Your product already has it. */
const files = {
  '/': file('page.html', html),
  '/epr.js': file('epr.js', script),
  '/cp-is-banner.js': file(import.meta.resolve('cp-is-banner/cp-is-banner.js'), script),
  '/cp-is-banner.worker.js': file(import.meta.resolve('cp-is-banner/worker.js'), { ...guarded, ...script }),
};
const actions = {
  '/sign-in': () => {
    const session = randomUUID();
    tokens.set(session, 'demo-ed-nurse');
    // Under TLS: `__Host-session`, and Secure.
    return { status: 204, headers: { 'Set-Cookie': `session=${session}; Path=/; HttpOnly; SameSite=Strict` } };
  },
  '/sign-out': (request) => ({ status: tokens.delete(sessionOf(request)) ? 204 : 401 }),
};

async function answer(request) {
  // The path as it was sent, so that nothing a parser would tidy up ("//x/…", "/a/../b") passes for one of ours.
  const [path, ...rest] = request.url.split('?');
  const query = rest.join('?');
  const kind = /^\/cpis\/FHIR\/R4\/(CareTeam|AuditEvent|PatientFlag)$/.exec(path)?.[1];
  if (kind !== undefined) return read(request, kind, new URLSearchParams(query));
  return (request.method === 'POST' ? actions[path]?.(request) : files[path]) ?? { status: 404 };
}

const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
const server = createServer(async (request, response) => {
  const { status, headers, body } = await answer(request).catch(() => ({ status: 500 }));
  response.writeHead(status, { ...always, ...headers }).end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => {
  ORIGIN ||= `http://localhost:${server.address().port}`;
  console.log(`${ORIGIN}/`);
});
