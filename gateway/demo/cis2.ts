import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type ClientMetadata } from 'oidc-provider';

import { choosing } from './cis2-page.js';
import { configuration } from './cis2-provider.js';

export interface TestCis2 {
  readonly issuer: string;
  readonly port: number;
  /** The gateway's address is known only once it has a port. */
  register(client: { readonly clientId: string; readonly publicUrl: string; readonly base: string }): void;
  /** A logout token as CIS2 writes it, for a person's newest session. `instead` changes its claims and header. */
  logoutToken(
    uid: string,
    instead?: { claims?: Record<string, unknown>; header?: Record<string, string> },
  ): Promise<string>;
  /** The name of a person's newest session. */
  sidOf(uid: string): string | undefined;
  /** Takes the smartcard out: every application in this person's session is told. @returns the statuses */
  pullCard(uid: string): Promise<readonly number[]>;
  /** Signs with a new key from now on. With `publish` false the new key is not published. */
  changeKey(publish?: boolean): Promise<void>;
  /** Claims that replace those of the ID token. */
  idTokenInstead: Record<string, unknown>;
  /** The same for the claims that the library sets itself: issuer, subject, audience and times. */
  idTokenSigned: Record<string, unknown>;
  userInfoInstead: Record<string, unknown>;
  /** What it answers instead, by the end of the path: its keys, or who the user is. */
  answersInstead: Readonly<Partial<Record<'jwks' | 'me', unknown>>>;
  close(): Promise<void>;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * A stand-in for the national sign-in: `oidc-provider`, with CIS2's scopes, claims and assurance levels. The people are
 * invented.
 */
export async function startCis2(port = 0): Promise<TestCis2> {
  const cis2 = new Cis2();
  await cis2.start(port);
  return cis2;
}

class Cis2 implements TestCis2 {
  idTokenInstead: TestCis2['idTokenInstead'] = {};
  idTokenSigned: TestCis2['idTokenSigned'] = {};
  userInfoInstead: TestCis2['userInfoInstead'] = {};
  answersInstead: TestCis2['answersInstead'] = {};
  port = 0;
  issuer = '';
  readonly #clients: { client_id: string; backchannel: string }[] = [];
  readonly #metadata: ClientMetadata[] = [];
  readonly #sids = new Map<string, string>();
  /** A person's session here. It ends when they take their card out, and the next has another `sid`. */
  readonly #sessions = new Map<string, string>();
  readonly #chosen = new Map<string, string>();
  readonly #keys: (JWK & { kid: string })[] = [];
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));
  #signing: CryptoKey | undefined;
  /** The provider for the present keys and clients. It is made when it is needed. */
  #current: { readonly provider: Provider; readonly handler: ReturnType<Provider['callback']> } | undefined;

  async start(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
    this.issuer = `http://localhost:${this.port}/openam/oauth2`;
    await this.#newKey();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith('/pull-card?') === true) {
      const uid = new URL(request.url, 'http://localhost').searchParams.get('uid') ?? '';
      void this.pullCard(uid).then(() => response.writeHead(204).end());
      return;
    }
    const instead = new Map(Object.entries(this.answersInstead)).get(request.url?.split('/').at(-1) ?? '');
    if (instead !== undefined) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(instead));
      return;
    }
    if (request.url?.endsWith('/token') === true) asCis2Signs(response, (idToken) => this.#signed(idToken));
    const { provider, handler } = this.#provided();
    if (!choosing(request, response, provider, (person, role) => this.#chosen.set(person.uid, role.id)))
      void handler(request, response);
  }

  async #newKey(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    this.#signing = privateKey;
    const kid = `cis2-${this.#keys.length}`;
    this.#keys.unshift({ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid });
  }

  /** Puts `typ` into the header, as CIS2 does and its library does not. */
  #signed(idToken: string): Promise<string> {
    return new SignJWT({ ...decodeJwt(idToken), ...this.idTokenSigned })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#keys[0]!.kid })
      .sign(this.#signing!);
  }

  #provided() {
    return (this.#current ??= this.#build());
  }

  #build() {
    const parts = { keys: this.#keys, metadata: this.#metadata, chosen: this.#chosen, cis2: this };
    const provider = new Provider(this.issuer, configuration(parts));
    provider.proxy = true;
    provider.on('authorization_code.saved', ({ accountId, sid, sessionUid }) => {
      if (accountId !== undefined && sid !== undefined) this.#sids.set(accountId, sid);
      if (accountId !== undefined && sessionUid !== undefined) this.#sessions.set(accountId, sessionUid);
    });
    return { provider, handler: mounted(provider.callback()) };
  }

  sidOf(uid: string): string | undefined {
    return this.#sids.get(uid);
  }

  logoutToken: TestCis2['logoutToken'] = (uid, { claims = {}, header = {} } = {}) =>
    new SignJWT({
      iss: this.issuer,
      aud: this.#clients[0]?.client_id ?? '',
      iat: Math.floor(Date.now() / 1000),
      jti: crypto.randomUUID(),
      sub: uid,
      sid: this.#sids.get(uid),
      events: { [event]: {} },
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#keys[0]!.kid, ...header })
      .sign(this.#signing!);

  async pullCard(uid: string): Promise<readonly number[]> {
    await (await this.#provided().provider.Session.findByUid(this.#sessions.get(uid) ?? ''))?.destroy();
    return Promise.all(
      this.#clients.map(async ({ client_id, backchannel }) => {
        const body = new URLSearchParams({ logout_token: await this.logoutToken(uid, { claims: { aud: client_id } }) });
        return (await fetch(backchannel, { method: 'POST', body })).status;
      }),
    );
  }

  register({ clientId, publicUrl, base }: { clientId: string; publicUrl: string; base: string }): void {
    this.#clients.push({ client_id: clientId, backchannel: `${publicUrl}${base}/back-channel-logout` });
    this.#metadata.push({
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
    this.#current = this.#build();
  }

  async changeKey(publish = true): Promise<void> {
    await this.#newKey();
    if (publish) this.#current = this.#build();
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** Signs an answer's ID token again before the answer leaves. */
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
