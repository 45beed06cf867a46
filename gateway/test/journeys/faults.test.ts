import { serveStatic } from '@hono/node-server/serve-static';
import { expect } from 'chai';
import { Hono } from 'hono';
import type { Browser, Page } from 'puppeteer-core';

import { inWindow } from '../../../tools/browser.js';
import { Fault, type FaultCode, type Options } from '../../src/index.js';
import { accessOf, Chain } from '../support.js';
import { launchBrowser } from '../../../test/support/node/launch.js';
import { setUp, setUpEach } from '../../../test/support/node/setting-up.js';

const html = `<!doctype html><html lang="en-GB"><title>EPR</title>
  <script type="module" src="/dist/cp-is-banner.js"></script>
  <cp-is-banner base-url="/cpis/FHIR/R4" care-setting="emergency-department">CP-IS not checked</cp-is-banner></html>`;

interface Row {
  readonly what: string;
  readonly reason: string;
  readonly sentence: string;
  /**
   * How often the register is asked. The tag repeats once where that can help. `repeats` where Chromium also repeats,
   * of its own accord: after a 408 on a connection that was already in use.
   */
  readonly asks: number | 'repeats';
  readonly instead?: Chain['instead'];
  readonly tokenFor?: Options['tokenFor'];
  readonly options?: Partial<Options>;
  readonly stripped?: string;
}

const say =
  (status: number, body: string | null = '{}', headers: Record<string, string> = {}): Chain['instead'] =>
  () =>
    new Response(body, { status, headers: { 'Content-Type': 'application/fhir+json', ...headers } });

const sentences = {
  'signed-out': 'Sign in again, then Check again.',
  'access-denied': 'Your role cannot make this check.',
  refused: 'CP-IS refused the request.',
  busy: 'CP-IS is busy.',
  'timed-out': 'CP-IS did not answer.',
  'register-error': 'CP-IS has a fault.',
};
const row = (
  what: string,
  reason: keyof typeof sentences,
  asks: Row['asks'],
  more: Omit<Partial<Row>, 'what'>,
): Row => ({
  what,
  reason,
  sentence: sentences[reason],
  asks,
  ...more,
});
const role = '{"issue":[{"diagnostics":"no userroles available"}]}';
const soon = { 'Retry-After': '1' };
const rejects = (code: FaultCode, retryAfter?: string): Pick<Row, 'tokenFor'> => ({
  tokenFor: () => Promise.reject(new Fault(code, { retryAfter })),
});

const rows: readonly Row[] = [
  row('another origin’s page is configured', 'access-denied', 0, { options: { publicUrl: 'https://epr.example' } }),
  row('the tag asks a register that is not configured', 'refused', 0, { options: { registerApi: 'patient-flags' } }),
  ...['Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-Fetch-Dest', 'TraceID', 'IsUnscheduledAccessEvent'].map((stripped) =>
    row(`a proxy takes ${stripped} away`, 'refused', 0, { stripped }),
  ),
  row('nobody is signed in', 'signed-out', 0, { tokenFor: () => Promise.resolve(undefined) }),
  row('the role may only view', 'access-denied', 0, { tokenFor: () => Promise.resolve(accessOf('demo-gp')) }),
  row('the role has no activity', 'access-denied', 0, { tokenFor: () => Promise.resolve(accessOf('demo-no-access')) }),
  row('the token service is down', 'busy', 0, { tokenFor: () => Promise.reject(new Error('down')) }),
  row('the token does not come in time', 'timed-out', 0, {
    tokenFor: () => new Promise(() => undefined),
    options: { deadlineMs: 200 },
  }),
  row('the sign-in is too weak for the token service', 'access-denied', 0, rejects('ASSURANCE_TOO_LOW')),
  row(
    'the token service refuses our key, clock or configuration',
    'register-error',
    0,
    rejects('TOKEN_SERVICE_REFUSES'),
  ),
  row('the sign-in is used up at the token service', 'signed-out', 0, rejects('SIGNED_OUT')),
  row('the token service is busy', 'busy', 0, rejects('TOKEN_SERVICE_DOWN', '1')),
  row('the token service does not answer', 'timed-out', 0, rejects('NO_ANSWER_IN_TIME')),
  row('the store does not answer', 'busy', 0, rejects('STORE_DOWN', '1')),
  row('the gateway is stopping', 'busy', 0, rejects('DRAINING', '1')),
  row('the limit is used up', 'busy', 0, {
    options: {
      limit: () => {
        throw new Fault('LIMIT_REACHED', { retryAfter: '1' });
      },
    },
  }),
  row('the register answers 400', 'refused', 1, { instead: say(400) }),
  row('the register answers 404', 'refused', 1, { instead: say(404) }),
  row('the register answers 405', 'refused', 1, { instead: say(405) }),
  row('the register answers a 400 that is no FHIR', 'refused', 1, {
    instead: say(400, 'no', { 'Content-Type': 'text/plain' }),
  }),
  row('the register finds no user', 'access-denied', 1, {
    instead: say(500, '{"issue":[{"diagnostics":"unable to retrieve user info"}]}'),
  }),
  row('the register answers 502', 'register-error', 1, { instead: say(502) }),
  row('the register answers in part', 'register-error', 1, { instead: say(206) }),
  row('the register refuses the role', 'access-denied', 1, { instead: say(401, role) }),
  row('the register refuses the renewed token too', 'signed-out', 2, {
    instead: say(401),
    tokenFor: (_, { rejected }) => Promise.resolve({ ...accessOf('demo-ed-nurse'), accessToken: `${rejected ?? ''}n` }),
  }),
  row('the register answers 403', 'access-denied', 1, { instead: say(403) }),
  row('the register answers 408', 'timed-out', 'repeats', { instead: say(408) }),
  row('the register does not answer in time', 'timed-out', 1, {
    instead: () => new Promise<Response>(() => undefined),
    options: { deadlineMs: 3000 },
  }),
  row('the register answers 429', 'busy', 2, { instead: say(429, '{}', soon) }),
  row('the register answers 503', 'busy', 2, { instead: say(503, '{}', soon) }),
  row('the register answers 500', 'register-error', 1, { instead: say(500) }),
  row('the register sends elsewhere', 'register-error', 1, { instead: say(302, null, { Location: '/' }) }),
  row('the register answers with a page', 'register-error', 1, {
    instead: say(200, '<p>', { 'Content-Type': 'text/html' }),
  }),
  row('the register is not there', 'register-error', 0, {
    options: { registerUrl: 'http://127.0.0.1:1/cpis/FHIR/R4' },
  }),
];

describe('the tag through the gateway’s routes', function () {
  const chain = new Chain();
  let browser: Browser;
  let page: Page;
  setUp(async (keep) => {
    await keep(chain);
    await chain.start(
      new Hono()
        .get('/', (context) => context.html(html))
        .get('/favicon.ico', (context) => context.body(null, 204))
        .use('/dist/*', serveStatic({ root: '.' })),
    );
    browser = await keep(launchBrowser());
  });
  setUpEach(async (keep) => {
    chain.reset();
    page = await keep(browser.newPage(inWindow));
    await page.goto(chain.origin);
    await page.waitForSelector('cp-is-banner[status]');
  });

  const open = () =>
    page.evaluate(`Object.assign(document.querySelector('cp-is-banner'), {
      user: 'u-1', nhsNumber: '9995124467', nhsNumberStatus: 'verified', encounter: crypto.randomUUID(),
    }) && undefined`);

  it('sees the plan and the visits', async () => {
    await open();
    await page.waitForSelector('cp-is-banner[status="current"]');
    await page.waitForFunction(() => document.querySelector('cp-is-banner')?.getAttribute('visits') !== 'loading');
    expect(chain.arrived.map(({ url }) => url.pathname.split('/').at(-1))).to.include('CareTeam');
    expect(chain.records.map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  for (const { what, reason, sentence, asks, instead, tokenFor, options, stripped } of rows)
    it(`says “${sentence}” when ${what}`, async () => {
      if (instead) chain.instead = instead;
      if (tokenFor) chain.tokenFor = tokenFor;
      if (options) chain.configure(options);
      if (stripped !== undefined) chain.stripped = stripped;
      await open();
      const banner = await page.waitForSelector('cp-is-banner[reason]');
      const shown = await banner!.evaluate((element) => [
        element.getAttribute('reason'),
        element.shadowRoot?.textContent ?? '',
      ]);
      expect(shown[0]).to.equal(reason);
      expect(shown[1]).to.contain(sentence);
      expect(chain.arrived).to.have.lengthOf(asks === 'repeats' ? chain.records.length : asks);
      for (const name of ['TraceID', 'X-Request-ID'])
        expect(new Set(chain.arrived.map(({ headers }) => headers.get(name))).size).to.be.at.most(1);
    });

  it('says “No connection to CP-IS.” when the gateway is not there', async () => {
    await chain.close();
    await open();
    const banner = await page.waitForSelector('cp-is-banner[reason="unreachable"]');
    expect(await banner!.evaluate((element) => element.shadowRoot?.textContent)).to.contain('CP-IS');
  });
});
