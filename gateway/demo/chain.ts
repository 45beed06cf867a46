import { serve, type ServerType } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';

import { createRegister, type Database, openDatabase, type Register } from '../../demo/register/index.js';
import { configurationFrom } from '../src/server/configuration.js';
import { type Running, startServer } from '../src/server/server.js';
import { startCis2, type TestCis2 } from './cis2.js';
import { people } from './people.js';
import { TestPlatform } from './platform.js';

/** Everything between a card and the register, on this machine. Only the people are invented. */
export interface TestChain {
  readonly url: string;
  readonly cis2: TestCis2;
  readonly platform: TestPlatform;
  readonly register: Register;
  /** The register's database. */
  readonly database: Database;
  readonly gateway: Running;
  /** The variables to start a gateway with. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface ChainOptions {
  readonly port?: number;
  readonly opsPort?: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly logTo?: DestinationStream;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html cp-is-banner";

/** @param options port 0, the default, takes any free port */
export async function startChain({
  port = 0,
  opsPort = 0,
  variables = {},
  logTo,
}: ChainOptions = {}): Promise<TestChain> {
  const own = port === 0 ? await freePort() : port;
  const url = `http://localhost:${own}`;
  const clientId = 'test-gateway';
  const apiKey = 'test-application';
  const apiSecret = randomUUID();
  const cis2 = await startCis2();
  cis2.register({ clientId, publicUrl: url, base: '/cpis' });
  const database = await openDatabase();
  const register = await createRegister({ database, now: () => Date.now() });
  let tokenUrl = '';
  const platform = new TestPlatform({
    apiKey,
    apiSecret,
    cis2,
    clientId,
    jwksUri: () => `${url}/cpis/jwks.json`,
    tokenUrl: () => tokenUrl,
    register: (request) => register.app.fetch(request),
  });
  const national = await listen(new Hono().all('*', ({ req }) => platform.app.fetch(req.raw)));
  const nationalUrl = `http://localhost:${(national.address() as AddressInfo).port}`;
  tokenUrl = `${nationalUrl}/oauth2/token`;
  const all = {
    PUBLIC_URL: url,
    CIS2_ISSUER: cis2.issuer,
    CIS2_CLIENT_ID: clientId,
    SIGNING_KEY: newPem(),
    PLATFORM_TOKEN_URL: tokenUrl,
    PLATFORM_API_KEY: apiKey,
    PLATFORM_API_SECRET: apiSecret,
    REGISTER_URL: `${nationalUrl}/cpis/FHIR/R4`,
    STORE: 'memory',
    SEAL_KEYS: randomBytes(32).toString('base64'),
    HOST: '127.0.0.1',
    PORT: String(own),
    OPS_PORT: String(opsPort),
    ...variables,
  };
  const closeBehind = async (): Promise<void> => {
    await ended(national);
    await cis2.close();
  };
  try {
    const gateway = await startServer(await configurationFrom(all), demoPage(cis2), logTo);
    const close = async (): Promise<void> => {
      await gateway.stop();
      await closeBehind();
    };
    return { url, cis2, platform, register, database, gateway, variables: all, close };
  } catch (error) {
    await closeBehind();
    throw error;
  }
}

/** The EPR's page, with the tag beside it. */
const demoPage = (cis2: TestCis2): Hono =>
  new Hono()
    .use('*', async (context, next) => {
      await next();
      context.header('Content-Security-Policy', policy);
    })
    .post('/pull-card', async (context) => {
      await Promise.all(people.map(({ uid }) => cis2.pullCard(uid)));
      return context.body(null, 204);
    })
    .use('/cp-is-banner*', serveStatic({ root: './dist' }))
    .use('*', serveStatic({ root: './gateway/demo/page' }));

const newPem = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const listen = (site: Hono): Promise<ServerType> =>
  new Promise((resolve) => {
    const server = serve({ fetch: site.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(server));
  });

const ended = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });

/** For a server whose address must be known before it starts. */
export async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  return port;
}
