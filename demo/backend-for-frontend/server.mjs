/**
 * A backend-for-frontend: the page's own origin, in front of a register that takes the user's token and sends no CORS
 * headers. The browser holds a cookie and nothing more; the token stays here. Node alone, so that it can be read in one go.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { REGISTER = 'http://localhost:8090/cpis/FHIR/R4', PORT = '3000', DEADLINE = '9000' } = process.env;

/** Who is signed in, by cookie. Yours: the session that CIS2 began, its access token renewed before it lapses. */
const tokens = new Map();
const sessionOf = (request) => /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';

/** What may be read, and the parameters of each: nothing else is passed on. */
const reads = {
  CareTeam: ['patient:identifier'],
  AuditEvent: ['patient:identifier', '_include'],
  PatientFlag: ['patient', 'code'],
};

/** The headers that are passed on: what the tag says, checked. */
const told = {
  traceid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  isunscheduledaccessevent: /^(true|false)$/,
};

async function read(request, kind, asked) {
  if (request.method !== 'GET') return { status: 405, headers: { Allow: 'GET' } };
  // A read makes an access under the user's name, so another site's page must not be able to make one.
  const site = request.headers['sec-fetch-site'] ?? 'same-origin';
  if (site !== 'same-origin') return { status: 403 };
  const token = tokens.get(sessionOf(request));
  if (token === undefined) return { status: 401 };
  if (Object.entries(told).some(([name, form]) => !form.test(request.headers[name] ?? ''))) return { status: 400 };

  const query = new URLSearchParams();
  for (const name of reads[kind]) {
    const values = asked.getAll(name);
    if (values.length > 1) return { status: 400 };
    if (values[0] !== undefined) query.set(name, values[0]);
  }
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
    // The tag says "timed out" and "CP-IS has a fault". Neither the query nor the body belongs in a log.
    return { status: error.name === 'TimeoutError' ? 504 : 502 };
  }
}

const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none';
  form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html cp-is-banner`;
const html = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy.replaceAll(/\s+/g, ' ') };
const script = { 'Content-Type': 'text/javascript; charset=utf-8' };
const file = (place, headers) => ({ status: 200, headers, body: readFileSync(new URL(place, import.meta.url)) });

/** Everything else that a page needs; your product has it already. */
const files = {
  '/': file('page.html', html),
  '/epr.js': file('epr.js', script),
  '/cp-is-banner.js': file(import.meta.resolve('cp-is-banner/cp-is-banner.js'), script),
  '/cp-is-banner.worker.js': file(import.meta.resolve('cp-is-banner/worker.js'), script),
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
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const kind = /^\/cpis\/FHIR\/R4\/(CareTeam|AuditEvent|PatientFlag)$/.exec(pathname)?.[1];
  if (kind !== undefined) return read(request, kind, searchParams);
  return (request.method === 'POST' ? actions[pathname]?.(request) : files[pathname]) ?? { status: 404 };
}

const server = createServer(async (request, response) => {
  const { status, headers, body } = await answer(request).catch(() => ({ status: 400 }));
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers }).end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://localhost:${server.address().port}/`));
