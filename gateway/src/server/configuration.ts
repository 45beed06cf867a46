import * as v from 'valibot';

import type { GatewaySettings } from '../gateway/settings.js';
import { isLocal, safeUrl, urlOf } from '../options.js';
import type { Hierarchy } from '../sign-in/claims.js';
import { type SigningKeys, signingKeysOf } from '../sign-in/signing-keys.js';
import { Environment, type Variables } from './environment.js';

/** Everything that the environment says. The store is still an address here. */
export interface Configuration extends Omit<GatewaySettings, 'store' | 'observer' | 'now'> {
  readonly store: string;
  readonly host: string;
  readonly port: number;
  readonly opsPort: number;
  readonly drainMs: number;
  readonly logLevel: 'info' | 'debug' | 'warn' | 'error' | 'silent';
  readonly auditFile: string | undefined;
  readonly tracesTo: string | undefined;
}

const hierarchyShape = v.strictObject({
  roles: v.optional(v.record(v.string(), v.array(v.string())), {}),
  activities: v.optional(v.record(v.string(), v.array(v.string())), {}),
});

/** Reads the environment. Throws a single error that names every mistake, and repeats no value. */
export async function configurationFrom(variables: Variables): Promise<Configuration> {
  const read = new Environment(variables);
  const url = (value: string): boolean => safeUrl(urlOf(value));
  const https = 'an https address (http for localhost alone)';
  const origin = 'an https origin without a path, such as https://epr.example.nhs.uk (http for localhost alone)';
  const publicUrl = read.formed('PUBLIC_URL', origin, (value) => url(value) && urlOf(value)?.origin === value);
  const basePath = read.formed(
    'BASE_PATH',
    'a path that begins with a slash and ends without one',
    (value) => /^(\/[\w-]+)+$/.test(value),
    '/cpis',
  );
  const tokenDeadlineMs = read.number('TOKEN_DEADLINE_MS', 20_000, 100, 60_000);
  const apiSecret = read.optional('PLATFORM_API_SECRET');
  if (read.optional('ENCOUNTER_API') !== undefined) read.choice('ENCOUNTER_API', 'off');

  const keys = await keysOf(read);
  const configuration = {
    publicUrl,
    basePath,
    cis2: {
      issuer: read.formed('CIS2_ISSUER', 'CIS2’s issuer, letter by letter, with its :443', url),
      clientId: read.required('CIS2_CLIENT_ID', 'the client that CIS2 registered'),
    },
    policy: policyOf(read),
    platform: {
      tokenUrl: read.formed('PLATFORM_TOKEN_URL', https, url),
      apiKey: read.required('PLATFORM_API_KEY', 'the application’s key at the platform'),
      ...(apiSecret !== undefined && { apiSecret }),
    },
    registerUrl: read.formed(
      'REGISTER_URL',
      `${https} that ends in /FHIR/R4`,
      (value) => url(value) && value.endsWith('/FHIR/R4'),
    ),
    registerApi: read.choice<'cpis' | 'patient-flags'>('REGISTER_API', 'cpis', 'patient-flags'),
    store: storeOf(read, publicUrl),
    sealKeys: sealKeysOf(read),
    idleMs: read.number('IDLE_MINUTES', 15, 1, 120) * 60_000,
    lifeMs: read.number('SESSION_HOURS', 10, 1, 24) * 3_600_000,
    deadlineMs: read.number('DEADLINE_MS', 9000, 100, 9900),
    tokenDeadlineMs,
    limitPerMinute: read.number('LIMIT_PER_MINUTE', 300, 1, 1_000_000),
    limitReserve: read.number('LIMIT_RESERVE', 0.2, 0, 1, false),
    endSession: read.choice('CIS2_END_SESSION', 'off', 'on') === 'on',
    host: read.optional('HOST') ?? '0.0.0.0',
    port: read.number('PORT', 3000, 0, 65_535),
    opsPort: read.number('OPS_PORT', 3001, 0, 65_535),
    drainMs: read.number('DRAIN_SECONDS', 15, 0, 300) * 1000,
    logLevel: read.choice<Configuration['logLevel']>('LOG_LEVEL', 'info', 'debug', 'warn', 'error', 'silent'),
    auditFile: read.optional('AUDIT_FILE'),
    tracesTo: read.optional('OTEL_EXPORTER_OTLP_ENDPOINT'),
  };
  if (configuration.port !== 0 && configuration.port === configuration.opsPort)
    read.mistake('OPS_PORT', 'must be another than PORT: health and metrics are not for the public');
  if (read.mistakes.length > 0 || keys === undefined)
    throw new Error(`The gateway cannot start:\n${read.mistakes.map((mistake) => `- ${mistake}`).join('\n')}`);
  return { ...configuration, keys };
}

/** Who may sign in, and what each may do. */
function policyOf(read: Environment): GatewaySettings['policy'] {
  const activities = (name: string, fallback: string): readonly string[] =>
    read.list(name, [fallback], /^B\d{4}$/, 'activity codes such as B0107');
  return {
    acr: read.list('CIS2_ACR', ['AAL3_ANY'], /^\w+$/, 'names of ways to sign in, such as AAL3_ANY'),
    minAal: read.number('MIN_AAL', 3, 1, 3),
    minIal: read.number('MIN_IAL', 3, 1, 3),
    viewAndAlert: activities('ACTIVITY_VIEW_AND_ALERT', 'B0107'),
    view: activities('ACTIVITY_VIEW', 'B0170'),
    hierarchy: hierarchyOf(read),
  };
}

/** Undefined when a mistake has already been noted. */
async function keysOf(read: Environment): Promise<SigningKeys | undefined> {
  const advice = 'a PEM (PKCS#8) of an RSA key of 2048 bits or more';
  const given = [
    ['SIGNING_KEY', read.required('SIGNING_KEY', advice)],
    ['SIGNING_KEY_NEXT', read.optional('SIGNING_KEY_NEXT') ?? ''],
  ] as const;
  const right: string[] = [];
  for (const [name, pem] of given)
    if (pem !== '')
      await signingKeysOf([pem])
        .then(() => right.push(pem))
        .catch(() => read.mistake(name, `must be ${advice}`));
  return right.length === 0 ? undefined : signingKeysOf(right);
}

function sealKeysOf(read: Environment): readonly Uint8Array[] {
  const advice = 'keys of 32 bytes in base64, the first of which seals';
  const texts = read.required('SEAL_KEYS', advice);
  if (texts !== '' && !/\w/.test(texts)) read.mistake('SEAL_KEYS', `must be ${advice}`);
  return texts
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map((text, index) => {
      const key = Buffer.from(text, 'base64');
      if (key.byteLength !== 32 || !/^[\w+/-]{43}=?$/.test(text))
        read.mistake('SEAL_KEYS', `must be ${advice}: number ${index + 1} is not`);
      return key;
    });
}

function storeOf(read: Environment, publicUrl: string): string {
  const advice = 'postgres://…, redis://… or rediss://…, or memory for localhost';
  const store = read.formed('STORE', advice, (value) => /^(memory$|postgres(ql)?:\/\/|rediss?:\/\/)/.test(value));
  const page = urlOf(publicUrl);
  if (store === 'memory' && page !== undefined && !isLocal(page))
    read.mistake(
      'STORE',
      'must not be memory but on localhost: sessions would end with the process, and no second instance knows them',
    );
  return store;
}

function hierarchyOf(read: Environment): Hierarchy {
  const text = read.optional('ROLE_ACTIVITIES');
  if (text === undefined) return { roles: {}, activities: {} };
  try {
    return v.parse(hierarchyShape, JSON.parse(text));
  } catch {
    read.mistake(
      'ROLE_ACTIVITIES',
      'must be JSON: {"roles": {"S8000:G8000:R8001": ["B0001"]}, "activities": {"B0001": ["B0107"]}}',
    );
    return { roles: {}, activities: {} };
  }
}
