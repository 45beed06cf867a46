import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { configurationFrom } from '../src/server/configuration.js';
import { newPem, pem } from './whole.js';

const right = {
  PUBLIC_URL: 'https://epr.example.nhs.uk',
  CIS2_ISSUER: 'https://am.example.nhs.uk:443/openam/oauth2/realms/root',
  CIS2_CLIENT_ID: 'client',
  SIGNING_KEY: pem,
  PLATFORM_TOKEN_URL: 'https://api.example.nhs.uk/oauth2/token',
  PLATFORM_API_KEY: 'key',
  REGISTER_URL: 'https://api.example.nhs.uk/cpis/FHIR/R4',
  STORE: 'postgres://store.example/sessions',
  SEAL_KEYS: randomBytes(32).toString('base64'),
};

const mistakesOf = (variables: Readonly<Record<string, string | undefined>>): Promise<string> =>
  configurationFrom(variables).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );

describe('the environment', () => {
  it('is complete with nine variables; the rest have defaults', async () => {
    const configuration = await configurationFrom(right);
    expect(configuration).to.deep.include({
      basePath: '/cpis',
      registerApi: 'cpis',
      idleMs: 900_000,
      lifeMs: 36_000_000,
      deadlineMs: 9000,
      tokenDeadlineMs: 20_000,
      limitPerMinute: 300,
      limitReserve: 0.2,
      port: 3000,
      opsPort: 3001,
      drainMs: 15_000,
      endSession: false,
      tracesTo: undefined,
    });
    expect(configuration.policy).to.deep.include({
      acr: ['AAL3_ANY'],
      minAal: 3,
      minIal: 3,
      viewAndAlert: ['B0107'],
      view: ['B0170'],
    });
    expect(configuration.cis2.issuer).to.equal(right.CIS2_ISSUER);
  });

  it('names every variable that is missing, at once', async () => {
    const message = await mistakesOf({});
    for (const name of Object.keys(right)) expect(message).to.match(new RegExp(`^- ${name} is missing: .{5}`, 'm'));
    expect(message.split('\n- ')).to.have.lengthOf(10);
  });

  type Row = readonly [name: string, value: string, advice: RegExp];
  const rows: readonly Row[] = [
    ['PUBLIC_URL', 'http://epr.example.nhs.uk', /https origin/],
    ['PUBLIC_URL', 'https://epr.example.nhs.uk/', /without a path/],
    ['PUBLIC_URL', 'https://user:canary@epr.example.nhs.uk', /https origin/],
    ['PUBLIC_URL', 'epr', /https origin/],
    ['BASE_PATH', 'cpis', /begins with a slash/],
    ['BASE_PATH', '/', /ends without one/],
    ['CIS2_ISSUER', 'http://am.example.nhs.uk', /:443/],
    ['CIS2_ISSUER', 'https://:canary@am.example.nhs.uk:443/openam/oauth2', /:443/],
    ['CIS2_ACR', 'a b;', /AAL3_ANY/],
    ['MIN_AAL', '0', /from 1 to 3/],
    ['MIN_IAL', 'three', /from 1 to 3/],
    ['SIGNING_KEY', 'canary', /PEM/],
    ['SIGNING_KEY', newPem(1024), /2048/],
    ['SIGNING_KEY_NEXT', 'canary', /PEM/],
    ['PLATFORM_TOKEN_URL', 'ftp://canary', /https address/],
    ['REGISTER_URL', 'https://api.example.nhs.uk/cpis/FHIR/R4/', /FHIR\/R4/],
    ['REGISTER_API', 'CPIS', /cpis or patient-flags/],
    ['ENCOUNTER_API', 'on', /must be off/],
    ['ACTIVITY_VIEW', 'B107', /activity codes/],
    ['ACTIVITY_VIEW_AND_ALERT', ' , ', /activity codes/],
    ['STORE', 'mysql://canary', /postgres:/],
    ['STORE', 'memory', /must not be memory/],
    ['SEAL_KEYS', 'canary', /32 bytes/],
    ['SEAL_KEYS', `${right.SEAL_KEYS},${randomBytes(31).toString('base64')}`, /number 2/],
    ['SEAL_KEYS', ',', /32 bytes/],
    ['IDLE_MINUTES', '0', /from 1 to 120/],
    ['SESSION_HOURS', '25', /from 1 to 24/],
    ['DEADLINE_MS', '10000', /to 9900/],
    ['DEADLINE_MS', '', /^$/],
    ['TOKEN_DEADLINE_MS', '1e9', /to 60000/],
    ['LIMIT_PER_MINUTE', '2.5', /whole number/],
    ['LIMIT_RESERVE', '1.1', /from 0 to 1/],
    ['PORT', '-1', /from 0 to 65535/],
    ['OPS_PORT', '3000', /another than PORT/],
    ['DRAIN_SECONDS', ' ', /from 0 to 300/],
    ['LOG_LEVEL', 'verbose', /info or/],
    ['CIS2_END_SESSION', 'yes', /off or on/],
    ['ROLE_ACTIVITIES', '{"roles":{"a":"canary"}}', /JSON/],
    ['ROLE_ACTIVITIES', 'canary', /JSON/],
    ['PLATFORM_API_SECRET_FILE', '/canary', /cannot be read/],
  ];
  for (const [name, value, advice] of rows)
    it(`says what ${name} must be, and does not repeat its value, when it is ${JSON.stringify(value.slice(0, 40))}`, async () => {
      const message = await mistakesOf({ ...right, [name]: value });
      expect(message).to.match(advice);
      if (value !== '') expect(message).to.match(new RegExp(`^- ${name} `, 'm'));
      expect(message).not.to.contain('canary');
    });

  it('takes any variable that is empty, or an empty file, as not set', async () => {
    const read = new Set<string>();
    const noting = new Proxy<Record<string, string>>(right, {
      get: (variables, name: string) => {
        read.add(name);
        return variables[name];
      },
    });
    const { keys: _, sealKeys: __, ...unset } = await configurationFrom(noting);
    expect(read.size).to.be.greaterThan(60);
    const folder = mkdtempSync('/tmp/gateway-');
    const file = join(folder, 'empty');
    writeFileSync(file, '\n');
    for (const name of read)
      for (const value of read.has(name.replace(/_FILE$/, '')) && name.endsWith('_FILE') ? ['', file] : ['']) {
        const missing = [name, value === file ? name.slice(0, -5) : name].find((one) => one in right);
        const variables = { ...right, ...(missing && { [missing]: undefined }), [name]: value };
        if (missing) expect(await mistakesOf(variables), name).to.match(new RegExp(`^- ${missing} is missing`, 'm'));
        else {
          const { keys: ___, sealKeys: ____, ...empty } = await configurationFrom(variables);
          expect(empty, name).to.deep.equal(unset);
        }
      }
    rmSync(folder, { recursive: true });
  });

  it('allows memory and plain http on localhost only', async () => {
    expect(await mistakesOf({ ...right, PUBLIC_URL: 'http://localhost:3000', STORE: 'memory' })).to.equal('');
  });

  it('reads a secret from a file, but not from a file and a variable at once', async () => {
    const folder = mkdtempSync('/tmp/gateway-');
    const file = join(folder, 'secret');
    writeFileSync(file, 'from a file\n');
    const configuration = await configurationFrom({ ...right, PLATFORM_API_SECRET_FILE: file });
    expect(configuration.platform.apiSecret).to.equal('from a file');
    const both = await mistakesOf({ ...right, PLATFORM_API_SECRET: 'canary', PLATFORM_API_SECRET_FILE: file });
    expect(both)
      .to.match(/give one/)
      .and.not.to.contain('canary');
    rmSync(folder, { recursive: true });
  });

  it('publishes the next key beside the one that signs', async () => {
    const { keys } = await configurationFrom({ ...right, SIGNING_KEY_NEXT: newPem() });
    expect(keys.published.keys).to.have.lengthOf(2);
    expect(keys.published.keys[0]?.kid).to.equal(keys.signing.kid);
  });

  it('takes the table of activities that roles include', async () => {
    const table = { roles: { R8001: ['B0001'] }, activities: { B0001: ['B0107'] } };
    const { policy } = await configurationFrom({ ...right, ROLE_ACTIVITIES: JSON.stringify(table) });
    expect(policy.hierarchy).to.deep.equal(table);
  });
});
