import { Hono } from 'hono';
import { generateKeyPairSync, randomBytes } from 'node:crypto';

import { createRegister, type Database, openDatabase, type Register } from '../../demo/register/index.js';
import { listen, type Site } from '../../test/hosts/site.js';
import { Kept } from '../../test/support/node/setting-up.js';
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
import { TestBrowser } from './test-browser.js';

export const nurse = people[0]!;
export const edRole = nurse.roles[0]!;
export const schoolRole = nurse.roles[1]!;
export const receptionist = people[1]!.roles[0]!;
export const aal2Doctor = people[2]!.roles[0]!;

export const newPem = (bits = 2048): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** One key for all tests, because making it takes long. */
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
  database!: Database;
  /** Answers in the register's place, when the token is good. */
  answer: ((request: Request) => Response) | undefined;
  store!: Store;
  readonly told = new Told();
  readonly gateways: Gateway[] = [];
  settings!: GatewaySettings;
  /** How many milliseconds the gateways' clock is ahead. */
  skew = 0;
  readonly #sites: Site[] = [];
  readonly #stores: Store[] = [];
  readonly #kept = new Kept();

  async start(stores: readonly Store[] = [createMemoryStore()], page: Hono = new Hono()): Promise<void> {
    this.#stores.push(...stores);
    this.store = stores[0]!;
    this.cis2 = await this.#kept.keep(startCis2());
    this.database = await openDatabase();
    this.register = await createRegister({ database: this.database, now: () => Date.now() });
    const national = new Hono().all('*', ({ req }) => this.platform.app.fetch(req.raw));
    const site = await this.#kept.keep(listen(national));
    for (const [index] of stores.entries()) {
      const site = new Hono().all('/cpis/*', ({ req }) => this.gateways[index]!.fetch(req.raw)).route('/', page);
      this.#sites.push(await this.#kept.keep(listen(site)));
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
      register: (asked) => this.answer?.(asked) ?? this.register.app.fetch(asked),
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
    return new TestBrowser(this.origin, (instance) => this.portOf(instance));
  }

  async close(): Promise<void> {
    for (const gateway of this.gateways) await gateway.close();
    await this.#kept.takeDown();
  }
}
