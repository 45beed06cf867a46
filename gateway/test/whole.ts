import { Hono } from 'hono';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { request } from 'undici';

import { createRegister, openDatabase, type Register } from '../../demo/register/index.js';
import { listen, type Site } from '../../test/hosts/site.js';
import { startCis2, type TestCis2 } from '../demo/cis2.js';
import { people } from '../demo/people.js';
import { TestPlatform } from '../demo/platform.js';
import type { FaultCode } from '../src/faults.js';
import type { SignedIn } from '../src/gateway/observer.js';
import {
  createGateway,
  createMemoryStore,
  signingKeysOf,
  type Gateway,
  type GatewaySettings,
  type Policy,
  type ReadRecord,
  type Store,
} from '../src/index.js';
import type { EndedBy } from '../src/session/sessions.js';
import { byThePage } from './support.js';

export const nurse = people[0]!;
export const edRole = nurse.roles[0]!;
export const schoolRole = nurse.roles[1]!;
export const receptionist = people[1]!.roles[0]!;
export const aal2Doctor = people[2]!.roles[0]!;

export const newPem = (bits = 2048): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** One for all tests: making it takes long. */
export const pem = newPem();
export const sealKey = randomBytes(32);

export const policy: Policy = {
  acr: ['AAL3_ANY'],
  minAal: 3,
  minIal: 3,
  viewAndAlert: ['B0107'],
  view: ['B0170'],
  hierarchy: { roles: {}, activities: {} },
};

/** What the gateway told its observer. */
export class Told {
  readonly reads: ReadRecord[] = [];
  readonly routes: { route: string; status: number; fault?: FaultCode }[] = [];
  readonly signIns: SignedIn[] = [];
  readonly ended: EndedBy[] = [];
  readonly renewed: string[] = [];
}

/** Test CIS2, mock platform, sandbox register, and gateways on one store: each on a port of its own. */
export class Whole {
  cis2!: TestCis2;
  platform!: TestPlatform;
  register!: Register;
  store!: Store;
  readonly told = new Told();
  readonly gateways: Gateway[] = [];
  settings!: GatewaySettings;
  /** Milliseconds by which the gateways' clock is on. */
  skew = 0;
  readonly #sites: Site[] = [];
  readonly #stores: Store[] = [];

  async start(stores: readonly Store[] = [createMemoryStore()], page: Hono = new Hono()): Promise<void> {
    this.#stores.push(...stores);
    this.store = stores[0]!;
    this.cis2 = await startCis2();
    this.register = await createRegister({ database: await openDatabase(), now: () => Date.now() });
    const national = new Hono().all('*', ({ req }) => this.platform.app.fetch(req.raw));
    const site = await listen(national);
    for (const [index] of stores.entries()) {
      const site = new Hono().all('/cpis/*', ({ req }) => this.gateways[index]!.fetch(req.raw)).route('/', page);
      this.#sites.push(await listen(site));
    }
    const tokenUrl = `http://localhost:${site.port}/oauth2/token`;
    const apiKey = 'a-test-application';
    const apiSecret = 'a test, and no secret';
    this.platform = new TestPlatform({
      apiKey,
      apiSecret,
      cis2: this.cis2,
      clientId: 'the-gateway',
      jwksUri: () => `${this.origin}/cpis/jwks.json`,
      tokenUrl: () => tokenUrl,
      register: (asked) => this.register.app.fetch(asked),
    });
    this.cis2.register({ clientId: 'the-gateway', publicUrl: this.origin, base: '/cpis' });
    this.settings = {
      publicUrl: this.origin,
      basePath: '/cpis',
      registerUrl: `http://localhost:${site.port}/cpis/FHIR/R4`,
      registerApi: 'cpis',
      deadlineMs: 9000,
      limitPerMinute: 300,
      limitReserve: 0.2,
      cis2: { issuer: this.cis2.issuer, clientId: 'the-gateway' },
      policy,
      keys: await signingKeysOf([pem]),
      platform: { tokenUrl, apiKey, apiSecret },
      store: this.store,
      sealKeys: [sealKey],
      idleMs: 900_000,
      lifeMs: 36_000_000,
      tokenDeadlineMs: 5000,
      endSession: false,
      now: () => Date.now() + this.skew,
      observer: {
        read: (read) => this.told.reads.push(read),
        route: (route) => this.told.routes.push(route),
        signIn: (how) => this.told.signIns.push(how),
        ended: (by, count) => this.told.ended.push(...Array<EndedBy>(count).fill(by)),
        renewed: (how, fault) => this.told.renewed.push(fault?.code ?? how),
      },
    };
    this.#sites.push(site);
    this.configure();
  }

  configure(more: Partial<GatewaySettings> = {}): void {
    this.gateways.splice(
      0,
      Infinity,
      ...this.#stores.map((store) => createGateway({ ...this.settings, store, ...more })),
    );
  }

  get origin(): string {
    return `http://localhost:${this.#sites[0]!.port}`;
  }

  portOf(instance: number): number {
    return this.#sites[instance]!.port;
  }

  browser(): TestBrowser {
    return new TestBrowser(this);
  }

  async close(): Promise<void> {
    for (const gateway of this.gateways) await gateway.close();
    for (const site of this.#sites) await site.close();
    await this.cis2.close();
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** As a browser would: cookies by host, `Strict` where they are due, and the headers that say who asks. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #cis2 = new Map<string, string>();
  readonly #whole: Whole;

  constructor(whole: Whole) {
    this.#whole = whole;
  }

  async #go(
    url: string,
    headers: Record<string, string>,
    { method = 'GET', body }: { method?: string; body?: string } = {},
  ): Promise<Answer> {
    const ours = url.startsWith(this.#whole.origin);
    const jar = ours ? this.cookies : this.#cis2;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await asked(url, method, { ...headers, ...(cookie !== '' && { Cookie: cookie }) }, body);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || line.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Goes to a page, without following. */
  page(url: string): Promise<Answer> {
    return this.#go(new URL(url, this.#whole.origin).href, {
      'Sec-Fetch-Site': 'none',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    });
  }

  /** Signs in at CIS2 in a role, and comes back. @returns the callback's answer */
  async signIn(roleId: string, from = '/cpis/sign-in'): Promise<Answer> {
    return this.finish(await this.page(from), roleId);
  }

  async finish(begun: Answer, roleId: string): Promise<Answer> {
    return this.page(await this.atCis2(begun.headers.get('Location') ?? '', roleId));
  }

  /** @returns the address by which CIS2 sends the browser back */
  async atCis2(location: string, roleId: string): Promise<string> {
    let url = location;
    for (let steps = 0; steps < 10; steps += 1) {
      if (url.startsWith(`${this.#whole.origin}/cpis/callback`)) return url;
      const answer = url.includes('/interaction/')
        ? await this.#go(
            url,
            { 'Content-Type': 'application/x-www-form-urlencoded' },
            { method: 'POST', body: `role=${roleId}` },
          )
        : await this.#go(url, {});
      const next = answer.headers.get('Location');
      if (next === null) throw new Error(`CIS2 answered ${answer.status}: ${answer.text.slice(0, 500)}`);
      url = new URL(next, url).href;
    }
    throw new Error('CIS2 sends around in circles');
  }

  /** The page's own script asks the gateway, at one of its instances. */
  async ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    { method = 'GET', instance = 0 }: { method?: 'GET' | 'POST'; instance?: number } = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return asked(`http://127.0.0.1:${this.#whole.portOf(instance)}/cpis/${path}`, method, {
      Host: new URL(this.#whole.origin).host,
      ...byThePage,
      ...(method === 'POST' && { Origin: this.#whole.origin }),
      ...(cookie !== '' && { Cookie: cookie }),
      ...headers,
    });
  }

  read(
    path: string,
    { instance = 0, unscheduled = true }: { instance?: number; unscheduled?: boolean } = {},
  ): Promise<Answer> {
    const headers = { TraceID: crypto.randomUUID(), IsUnscheduledAccessEvent: String(unscheduled) };
    return this.ask(`FHIR/R4/${path}`, headers, { instance });
  }

  async session(): Promise<Record<string, unknown>> {
    return JSON.parse((await this.ask('session')).text) as Record<string, unknown>;
  }
}

/** Node's own `fetch` would say `Sec-Fetch-Mode` itself. */
async function asked(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  const answer = await request(url, { method: method as 'GET' | 'POST', headers, ...(body !== undefined && { body }) });
  const received = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value ?? []].flat()) received.append(name, one);
  return { status: answer.statusCode, headers: received, text: await answer.body.text() };
}
