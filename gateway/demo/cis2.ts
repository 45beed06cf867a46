import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider';

import { choosing } from './cis2-page.js';
import { people, type Person } from './people.js';

export interface TestCis2 {
  readonly issuer: string;
  readonly port: number;
  /** The gateway is known only once it has a port. */
  register(client: { readonly clientId: string; readonly publicUrl: string; readonly base: string }): void;
  /** A logout token as CIS2 writes it, for the newest session of a person; `instead` changes its claims and header. */
  logoutToken(
    uid: string,
    instead?: { claims?: Record<string, unknown>; header?: Record<string, string> },
  ): Promise<string>;
  /** The name of a person's newest session. */
  sidOf(uid: string): string | undefined;
  /** The smartcard is taken out: every application of this person's session is told. @returns the statuses */
  pullCard(uid: string): Promise<readonly number[]>;
  /** Signs with a new key from now on; `publish` false keeps it to itself. */
  changeKey(publish?: boolean): Promise<void>;
  /** Claims that the ID token bears instead. */
  idTokenInstead: Record<string, unknown>;
  /** The same, of those that its library sets by itself: whose, to whom, of when. */
  idTokenSigned: Record<string, unknown>;
  userInfoInstead: Record<string, unknown>;
  /** What it answers instead, by the end of the path: its keys, or who its user is. */
  answersInstead: Readonly<Partial<Record<'jwks' | 'me', unknown>>>;
  close(): Promise<void>;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';

/** The national sign-in's stand-in: `oidc-provider`, with CIS2's scopes, claims and assurance levels. Invented people. */
export async function startCis2(port = 0): Promise<TestCis2> {
  const clients: { client_id: string; backchannel: string }[] = [];
  const metadata: ClientMetadata[] = [];
  const sids = new Map<string, string>();
  /** A person's session here: it ends with their card, and the next has another `sid`. */
  const sessions = new Map<string, string>();
  const chosen = new Map<string, string>();
  let handler: ReturnType<Provider['callback']> = () => Promise.resolve();
  const server: Server = createServer((request, response) => {
    if (request.url?.startsWith('/pull-card?') === true) {
      const uid = new URL(request.url ?? '', 'http://localhost').searchParams.get('uid') ?? '';
      void pullCard(uid).then(() => response.writeHead(204).end());
      return;
    }
    const instead = new Map(Object.entries(cis2.answersInstead)).get(request.url?.split('/').at(-1) ?? '');
    if (instead !== undefined) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(instead));
      return;
    }
    if (request.url?.endsWith('/token') === true) asCis2Signs(response, signed);
    if (!choosing(request, response, provider(), (person, role) => chosen.set(person.uid, role.id)))
      void handler(request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  const issuer = `http://localhost:${bound}/openam/oauth2`;
  const cis2: Pick<TestCis2, 'idTokenInstead' | 'idTokenSigned' | 'userInfoInstead' | 'answersInstead'> = {
    idTokenInstead: {},
    idTokenSigned: {},
    userInfoInstead: {},
    answersInstead: {},
  };

  const keys: (JWK & { kid: string })[] = [];
  let signing: CryptoKey | undefined;
  const newKey = async (): Promise<void> => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    signing = privateKey;
    keys.unshift({ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: `cis2-${keys.length}` });
  };
  await newKey();

  /** As CIS2 does and its library does not, the header says `typ`. */
  const signed = (idToken: string): Promise<string> =>
    new SignJWT({ ...decodeJwt(idToken), ...cis2.idTokenSigned })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys[0]!.kid })
      .sign(signing!);

  let current: Provider | undefined;
  const provider = (): Provider => (current ??= build());
  const build = (): Provider => {
    const made = new Provider(issuer, configuration({ keys, metadata, chosen, cis2 }));
    made.proxy = true;
    made.on('authorization_code.saved', ({ accountId, sid, sessionUid }) => {
      if (accountId !== undefined && sid !== undefined) sids.set(accountId, sid);
      if (accountId !== undefined && sessionUid !== undefined) sessions.set(accountId, sessionUid);
    });
    handler = mounted(made.callback());
    return made;
  };

  const logoutToken: TestCis2['logoutToken'] = (uid, { claims = {}, header = {} } = {}) =>
    new SignJWT({
      iss: issuer,
      aud: clients[0]?.client_id ?? '',
      iat: Math.floor(Date.now() / 1000),
      jti: crypto.randomUUID(),
      sub: uid,
      sid: sids.get(uid),
      events: { [event]: {} },
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys[0]!.kid, ...header })
      .sign(signing!);
  const pullCard = async (uid: string): Promise<readonly number[]> => {
    await (await provider().Session.findByUid(sessions.get(uid) ?? ''))?.destroy();
    return Promise.all(
      clients.map(async ({ client_id, backchannel }) => {
        const body = new URLSearchParams({ logout_token: await logoutToken(uid, { claims: { aud: client_id } }) });
        return (await fetch(backchannel, { method: 'POST', body })).status;
      }),
    );
  };

  return Object.assign(cis2, {
    issuer,
    port: bound,
    logoutToken,
    pullCard,
    sidOf: (uid: string) => sids.get(uid),
    register: ({ clientId, publicUrl, base }: { clientId: string; publicUrl: string; base: string }) => {
      clients.push({ client_id: clientId, backchannel: `${publicUrl}${base}/back-channel-logout` });
      metadata.push({
        client_id: clientId,
        redirect_uris: [`${publicUrl}${base}/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'RS512',
        jwks_uri: `${publicUrl}${base}/jwks.json`,
        backchannel_logout_uri: `${publicUrl}${base}/back-channel-logout`,
        backchannel_logout_session_required: true,
      });
      current = undefined;
      provider();
    },
    changeKey: async (publish = true) => {
      await newKey();
      if (publish) {
        current = undefined;
        provider();
      }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Signs the ID token of an answer anew, before it leaves. */
function asCis2Signs(response: ServerResponse, signed: (idToken: string) => Promise<string>): void {
  const end = response.end.bind(response);
  const instead = async (text: string): Promise<void> => {
    const answer = JSON.parse(text) as { id_token?: string };
    const body =
      answer.id_token === undefined ? text : JSON.stringify({ ...answer, id_token: await signed(answer.id_token) });
    response.setHeader('Content-Length', Buffer.byteLength(body));
    end(body);
  };
  response.end = (chunk: unknown) => {
    void instead(String(chunk));
    return response;
  };
}

/** Serves the provider under its issuer's path. */
const mounted =
  (callback: ReturnType<Provider['callback']>): ReturnType<Provider['callback']> =>
  (request, response) => {
    const prefix = '/openam/oauth2';
    const url = request.url ?? '';
    Object.assign(request, { originalUrl: url, url: url.startsWith(prefix) ? url.slice(prefix.length) || '/' : url });
    return callback(request, response);
  };

interface Parts {
  readonly keys: readonly JWK[];
  readonly metadata: readonly ClientMetadata[];
  readonly chosen: ReadonlyMap<string, string>;
  readonly cis2: Pick<TestCis2, 'idTokenInstead' | 'userInfoInstead'>;
}

const configuration = ({ keys, metadata, chosen, cis2 }: Parts): Configuration => ({
  jwks: { keys: [...keys] },
  clients: [...metadata],
  // What CIS2 says of a sign-in stands in the ID token itself.
  conformIdTokenClaims: false,
  claims: {
    openid: [
      'sub',
      'sid',
      'auth_time',
      'acr',
      'selected_roleid',
      'authentication_assurance_level',
      'id_assurance_level',
    ],
    profile: ['name', 'uid', 'nhsid_useruid'],
    nationalrbacaccess: ['nhsid_nrbac_roles'],
    associatedorgs: ['nhsid_user_orgs'],
    selectedrole: [],
    changedrole: [],
  },
  scopes: ['openid', 'selectedrole', 'changedrole'],
  acrValues: ['AAL3_ANY', 'AAL2_OR_AAL3_ANY'],
  enabledJWA: { clientAuthSigningAlgValues: ['RS512'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  pkce: { required: () => true },
  cookies: { keys: ['a test, and no secret'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, uid) => {
    const person = people.find((one) => one.uid === uid);
    if (person === undefined) return undefined;
    return {
      accountId: uid,
      claims: (use) => ({
        ...claimsOf(person, chosen.get(uid)),
        sub: uid,
        ...(use === 'id_token' ? cis2.idTokenInstead : cis2.userInfoInstead),
      }),
    };
  },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
    grant.addOIDCScope('openid profile nationalrbacaccess associatedorgs selectedrole changedrole');
    await grant.save();
    return grant;
  },
  // The gateway is on this machine.
  fetch: (url, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown } = {}) => fetch(url, options),
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
});

const claimsOf = ({ name, uid, aal, roles }: Person, selected: string | undefined) => ({
  name,
  uid,
  nhsid_useruid: uid,
  selected_roleid: selected,
  authentication_assurance_level: String(aal),
  id_assurance_level: '3',
  nhsid_nrbac_roles: roles.map((role) => ({
    person_orgid: uid,
    person_roleid: role.id,
    org_code: role.organisation.ods,
    role_code: role.code,
    role_name: role.name,
    activities: [],
    activity_codes: role.activities,
  })),
  nhsid_user_orgs: roles.map(({ organisation: { ods, name: org_name } }) => ({ org_code: ods, org_name })),
});
