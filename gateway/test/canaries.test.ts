import { serve, type ServerType } from '@hono/node-server';
import { expect } from 'chai';
import { Hono } from 'hono';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

import { startChain, type TestChain } from '../demo/chain.js';
import { edRole, nurse, receptionist } from './whole.js';
import { postgres, type Started } from './places.js';
import { byThePage, history, search, told } from './support.js';
import { TestBrowser } from './test-browser.js';
import { setUp } from '../../test/support/node/setting-up.js';

const { start } = postgres;
if (start === undefined) it('NOT RUN: the search for canaries, because PostgreSQL is not installed here');
else
  describe('what the gateway writes, counts, traces, stores and says itself', function () {
    this.timeout(120_000);
    const written = { log: '', traces: '', pages: '' };
    const stored: Record<string, string> = {};
    const canaries = new Map<string, string>();
    let place: Started;
    let chain: TestChain;
    const folder = mkdtempSync('/tmp/gateway-audit-');

    setUp(async (keep) => {
      await keep(folder, (made) => rmSync(made, { recursive: true }));
      place = await keep(start(), (started) => started.stop());
      const collecting = new Promise<ServerType>((resolve) => {
        const app = new Hono().post('*', async ({ req }) => {
          written.traces += await req.text();
          return new Response('{}');
        });
        const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(server));
      });
      const collector = await keep(collecting);
      chain = await startChain({
        variables: {
          STORE: place.url,
          AUDIT_FILE: join(folder, 'audit'),
          LOG_LEVEL: 'debug',
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
        },
        logTo: { write: (line: string) => (written.log += line) },
      });
    });

    /** Records everything that passes between the gateway and the services behind it. */
    const overhear = (): void => {
      const { app } = chain.platform;
      const original = app.fetch;
      app.fetch = async (request, ...more) => {
        const asked = new URLSearchParams(await request.clone().text());
        for (const name of ['subject_token', 'client_assertion', 'refresh_token', 'client_secret'])
          keep(name, asked.get(name));
        keep('bearer', request.headers.get('Authorization')?.replace(/^Bearer /, ''));
        const answer = await original(request, ...more);
        const body: unknown = await answer
          .clone()
          .json()
          .catch(() => undefined);
        if (typeof body === 'object' && body !== null)
          for (const name of ['access_token', 'refresh_token'])
            if (name in body) keep(name, String(body[name as keyof typeof body]));
        return answer;
      };
    };
    const keep = (what: string, value: string | null | undefined): void => {
      if (value !== null && value !== undefined && value.length > 5) canaries.set(value, what);
    };

    it('hold no number, name, token, cookie or key', async () => {
      overhear();
      for (const text of ['9995124467', '999 512 4467', '999%20512', 'HASSAN', 'Aaliyah'])
        canaries.set(text, 'the child');
      for (const text of ['LEWIS', 'Hannah', 'FENWICK']) canaries.set(text, 'a user’s name');
      for (const name of ['SIGNING_KEY', 'SEAL_KEYS', 'PLATFORM_API_SECRET']) keep(name, chain.variables[name]);

      const browser = new TestBrowser(chain.url, () => chain.gateway.port);
      const say = (answer: { readonly text: string }): void => void (written.pages += answer.text);
      const back = await browser.signIn(edRole.id);
      const callback = await browser.page('/cpis/sign-in');
      for (const [name, value] of new URL(callback.headers.get('Location') ?? '').searchParams)
        if (['state', 'nonce', 'code_challenge'].includes(name)) keep(name, value);
      for (const value of browser.cookies.values()) keep('cookie', value);
      say(back);
      const diagnostics = () =>
        Response.json({ issue: [{ diagnostics: 'about 9995124467, HASSAN Aaliyah' }] }, { status: 400 });
      await browser.read(search);
      await browser.read(history);
      chain.platform.registerInstead = diagnostics;
      say(await browser.read(search));
      chain.platform.registerInstead = () => Response.json('9995124467', { status: 500 });
      say(await browser.read(search));
      chain.platform.registerInstead = () => undefined;
      for (const path of [
        'FHIR/R4/Patient/9995124467',
        'FHIR/R4/CareTeam?patient=9995124467',
        '9995124467',
        'session/9995124467?name=HASSAN',
      ])
        say(await browser.ask(path, { ...told, ...byThePage }));
      say(await browser.ask('session', { 'Sec-Fetch-Site': 'cross-site', 'X-Name': '9995124467' }));
      // When the token has expired, the token service refuses, and repeats what it was given.
      chain.platform.forgetAccess();
      chain.platform.instead = () =>
        Response.json({ error: 'invalid_client', error_description: [...canaries.keys()].join(' ') }, { status: 401 });
      say(await browser.read(search));
      chain.platform.instead = () => undefined;
      const other = new TestBrowser(chain.url, () => chain.gateway.port);
      say(await other.page(`/cpis/callback?code=9995124467&state=HASSAN`));
      const refused = await other.signIn(receptionist.id);
      // A refusal page names the role, but only to its own holder.
      written.pages += refused.text;
      await chain.cis2.pullCard(nurse.uid);
      await browser.signIn(edRole.id);
      await browser.read(search);

      const client = new pg.Client({ connectionString: place.url });
      await client.connect();
      for (const table of ['cpis_session', 'cpis_out', 'cpis_once', 'cpis_sent'])
        stored[table] = JSON.stringify((await client.query(`select * from ${table}`)).rows);
      await client.end();
      stored['metrics'] = await (await fetch(`http://127.0.0.1:${chain.gateway.opsPort}/metrics`)).text();
      await chain.close();
      stored['audit'] = readFileSync(join(folder, 'audit'), 'utf8');

      expect(canaries.size).to.be.above(15);
      for (const [place_, text] of Object.entries({ ...written, ...stored })) {
        expect(text.length, place_).to.be.above(1);
        for (const [canary, what] of canaries) expect(text.includes(canary), `${what} in ${place_}`).to.equal(false);
        // Nor hidden in the encoded bytes.
        for (const canary of ['9995124467', 'HASSAN', 'LEWIS'])
          for (const encoding of ['base64', 'base64url', 'hex'] as const)
            expect(
              text.includes(Buffer.from(canary).toString(encoding).slice(0, 8)),
              `${canary} in ${place_}`,
            ).to.equal(false);
      }
      expect(stored['audit']).to.contain(nurse.uid).and.contain('"kind":"alert"');
      expect(written.traces).to.contain('/FHIR/R4/CareTeam');
    });
  });
