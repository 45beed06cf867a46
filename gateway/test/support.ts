import { Hono } from 'hono';
import { request } from 'undici';

import { createRegister, openDatabase, users } from '../../demo/register/index.js';
import { listen, type Site } from '../../test/hosts/site.js';
import { Kept } from '../../test/support/node/setting-up.js';
import { registerRoutes, type Access, type Options, type ReadRecord } from '../src/index.js';

/** A request as it arrived at the register. */
export interface Arrived {
  readonly url: URL;
  readonly headers: Headers;
}

type Instead = (arrivals: number) => Response | Promise<Response> | undefined;

export const search = 'CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number%7C9995124467';
export const history =
  'AuditEvent?patient:identifier=https://fhir.nhs.uk/Id/nhs-number%7C9995124467' +
  '&_include=AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass%7CASSIGNED';
export const told = { TraceID: '3f2b1c9a-0d3e-4c57-9d4f-5a1f0c2b7e11', IsUnscheduledAccessEvent: 'true' };
export const byThePage = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' };

export const accessOf = (author: string): Access => {
  const activity = users.find((user) => user.author === author)?.activity;
  return {
    accessToken: author,
    may: { view: activity !== undefined, alert: activity === 'B0107' },
    role: { id: '555043304334', organisation: 'RRV' },
  };
};

/** The sandbox register behind the gateway's routes, each on its own port. Keeps what arrived and what was recorded. */
export class Chain {
  readonly arrived: Arrived[] = [];
  readonly records: ReadRecord[] = [];
  instead: Instead = () => undefined;
  /** A header that a proxy before the gateway takes away. */
  stripped: string | undefined;
  tokenFor: Options['tokenFor'] = () => Promise.resolve(accessOf('demo-ed-nurse'));
  #handler: (request: Request) => Promise<Response> = () => Promise.reject(new Error('not started'));
  #sites: Site[] = [];
  readonly #kept = new Kept();

  async start(page: Hono = new Hono()): Promise<void> {
    const { app } = await createRegister({ database: await openDatabase(), now: () => Date.now() });
    const door = new Hono().all('*', async ({ req }) => {
      this.arrived.push({ url: new URL(req.url), headers: req.raw.headers });
      return (await this.instead(this.arrived.length)) ?? app.fetch(req.raw);
    });
    page.all('/cpis/*', ({ req: { raw } }) => this.#handler(this.stripped === undefined ? raw : this.#without(raw)));
    this.#sites = [await this.#kept.keep(listen(door)), await this.#kept.keep(listen(page))];
    this.configure();
  }

  get origin(): string {
    return `http://localhost:${this.#sites[1]!.port}`;
  }

  configure(more: Partial<Options> = {}): void {
    this.#handler = registerRoutes({
      publicUrl: this.origin,
      registerUrl: `http://127.0.0.1:${this.#sites[0]!.port}/cpis/FHIR/R4`,
      tokenFor: (...asked) => this.tokenFor(...asked),
      record: (read) => this.records.push(read),
      ...more,
    });
  }

  #without(request: Request): Request {
    const headers = new Headers(request.headers);
    headers.delete(this.stripped ?? '');
    return new Request(request.url, { headers });
  }

  reset(): void {
    this.stripped = undefined;
    this.arrived.length = 0;
    this.records.length = 0;
    this.instead = () => undefined;
    this.tokenFor = () => Promise.resolve(accessOf('demo-ed-nurse'));
    this.configure();
  }

  async ask(
    path: string,
    headers: Readonly<Record<string, string>>,
    method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' = 'GET',
  ) {
    const { port } = new URL(this.origin);
    const url = `http://127.0.0.1:${port}/cpis/FHIR/R4/${path}`;
    const answer = await request(url, { method, headers: { Host: `localhost:${port}`, ...headers } });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  async close(): Promise<void> {
    await this.#kept.takeDown();
  }
}
