import { Hono } from 'hono';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { randomUUID } from 'node:crypto';

import { assertionRules, type Rule, subjectRules } from './platform-rules.js';
import { roles } from './people.js';

export interface TestPlatformOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly cis2: { readonly issuer: string };
  readonly clientId: string;
  /** Where the application's keys are. */
  readonly jwksUri: () => string;
  readonly tokenUrl: () => string;
  /** The register behind the platform. */
  readonly register: (request: Request) => Response | Promise<Response>;
}

/** What the platform did, and what a test wants it to do. */
export class TestPlatform {
  readonly app: Hono;
  readonly grants: ('exchange' | 'refresh')[] = [];
  readonly refusals: string[] = [];
  /** In seconds. */
  accessLife = 599;
  approvedAal = 3;
  /** What the token service answers instead. */
  instead: (at: string) => Response | Promise<Response | undefined> | undefined = () => undefined;
  /** What the platform answers in the register's place. */
  registerInstead: (request: Request) => Response | Promise<Response> | undefined = () => undefined;
  /** Called after a token is made and before it is given. A test may kill an instance here. */
  made: (kind: 'exchange' | 'refresh', at: string) => void | Promise<void> = () => undefined;
  /** How many milliseconds the clock for its tokens, and CIS2's, is ahead. */
  skew = 0;
  readonly #options: TestPlatformOptions;
  readonly #access = new Map<string, { author: string; until: number }>();
  readonly #refresh = new Map<string, { author: string; first: number; count: number }>();
  readonly #jtis = new Set<string>();

  constructor(options: TestPlatformOptions) {
    this.#options = options;
    this.app = new Hono()
      .post('/oauth2/token', async ({ req }) => (await this.instead('')) ?? this.#token(await req.parseBody(), ''))
      // The same under a name of each instance's own, by which a test tells apart who asks.
      .post('/oauth2/token/:at', async ({ req }) => {
        const at = `/${req.param('at')}`;
        return (await this.instead(at)) ?? this.#token(await req.parseBody(), at);
      })
      .get('/cpis/FHIR/R4/*', async ({ req }) => (await this.registerInstead(req.raw)) ?? this.#asked(req.raw));
  }

  /** Forgets every token that was given, as after a restart of the platform. */
  forgetAccess(): void {
    this.#access.clear();
  }

  forgetRefresh(): void {
    this.#refresh.clear();
  }

  get #now(): number {
    return Date.now() + this.skew;
  }

  #asked(request: Request): Response | Promise<Response> {
    const token = request.headers.get('Authorization')?.replace(/^Bearer /, '') ?? '';
    const known = this.#access.get(token);
    if (known === undefined || known.until <= this.#now) return refusal(401, 'Invalid access token');
    const headers = new Headers(request.headers);
    headers.set('Authorization', `Bearer ${known.author}`);
    return this.#options.register(new Request(request.url, { headers }));
  }

  async #token(form: Readonly<Record<string, unknown>>, at: string): Promise<Response> {
    const kind = form['grant_type'] === 'refresh_token' ? 'refresh' : 'exchange';
    const author = kind === 'refresh' ? this.#refreshed(form) : await this.#exchanged(form, at);
    if (author instanceof Response) return author;
    this.grants.push(kind);
    const access_token = randomUUID();
    const refresh_token = randomUUID();
    this.#access.set(access_token, { author: author.author, until: this.#now + this.accessLife * 1000 });
    this.#refresh.set(refresh_token, author);
    await this.made(kind, at);
    return Response.json({
      access_token,
      token_type: 'Bearer',
      // The platform writes it as text.
      expires_in: String(this.accessLife),
      refresh_token,
      refresh_token_expires_in: '3599',
      refresh_count: String(author.count),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
  }

  #refreshed(form: Readonly<Record<string, unknown>>): Response | { author: string; first: number; count: number } {
    const { apiKey, apiSecret } = this.#options;
    if (form['client_id'] !== apiKey || form['client_secret'] !== apiSecret)
      return this.#refuse(401, 'invalid_client', 'client_id or client_secret is invalid');
    const token = typeof form['refresh_token'] === 'string' ? form['refresh_token'] : '';
    const known = this.#refresh.get(token);
    // A refresh token is used up at once, whether or not anybody hears the answer.
    this.#refresh.delete(token);
    if (known === undefined) return this.#refuse(401, 'invalid_grant', 'refresh_token is invalid');
    if (known.first + 3_600_000 <= this.#now)
      return this.#refuse(401, 'invalid_grant', 'refresh token refresh period has expired');
    return { ...known, count: known.count + 1 };
  }

  async #exchanged(
    form: Readonly<Record<string, unknown>>,
    at: string,
  ): Promise<Response | { author: string; first: number; count: number }> {
    const text = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
    const { apiKey, cis2, clientId, jwksUri, tokenUrl } = this.#options;
    const asked = {
      grant: text('grant_type'),
      subjectTokenType: text('subject_token_type'),
      assertionType: text('client_assertion_type'),
      apiKey,
      tokenUrl: `${tokenUrl()}${at}`,
      issuer: cis2.issuer,
      clientId,
      now: Date.now() / 1000,
      idTokensAt: this.#now / 1000,
      used: this.#jtis,
    };
    const broken = async (token: string, rules: readonly Rule[], keys: string): Promise<Response | JWTPayload> => {
      let claims: JWTPayload;
      try {
        claims = decodeJwt(token);
        const header = decodeProtectedHeader(token);
        const rule = rules.find(({ kept }) => !kept({ header, claims, asked }));
        if (rule) return this.#refuse(rule.status, rule.error, rule.says);
        await jwtVerify(token, createRemoteJWKSet(new URL(keys)));
      } catch {
        return this.#refuse(401, 'invalid_client', 'JWT signature is invalid');
      }
      return claims;
    };
    const assertion = await broken(text('client_assertion'), assertionRules, jwksUri());
    if (assertion instanceof Response) return assertion;
    this.#jtis.add(String(assertion.jti));
    const subject = await broken(text('subject_token'), subjectRules, `${cis2.issuer}/jwks`);
    if (subject instanceof Response) return subject;
    if (Number(subject['authentication_assurance_level']) !== this.approvedAal)
      return this.#refuse(
        401,
        'unauthorized_client',
        'you have tried to request authorization but your application is not configured to use this authorization grant type',
      );
    const role = roles.find(({ id }) => id === subject['selected_roleid']);
    if (role === undefined) return this.#refuse(401, 'invalid_grant', 'selected_roleid is missing in your token');
    return { author: role.author, first: this.#now, count: 0 };
  }

  #refuse(status: number, error: string, error_description: string): Response {
    this.refusals.push(error_description);
    const body = { error, error_description, message_id: `rrt-${randomUUID()}` };
    return Response.json(body, { status, headers: { 'WWW-Authenticate': 'Bearer realm="null"' } });
  }
}

const refusal = (status: number, diagnostics: string): Response =>
  Response.json({ resourceType: 'OperationOutcome', issue: [{ diagnostics }] }, { status });
