import { request } from 'undici';

import { byThePage } from './support.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Acts as a browser would: cookies by host, `Strict` cookies only where they are due, and the headers that say who
 * asks.
 */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #cis2 = new Map<string, string>();
  readonly #origin: string;
  readonly #portOf: (instance: number) => number;

  /** @param portOf the real port of each instance; to a browser they are all one origin */
  constructor(origin: string, portOf: (instance: number) => number) {
    this.#origin = origin;
    this.#portOf = portOf;
  }

  async #go(
    url: string,
    headers: Record<string, string>,
    { method = 'GET', body }: { method?: string; body?: string } = {},
  ): Promise<Answer> {
    const ours = url.startsWith(this.#origin);
    const jar = ours ? this.cookies : this.#cis2;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const to = ours ? url.replace(this.#origin, `http://127.0.0.1:${this.#portOf(0)}`) : url;
    const { host } = new URL(url);
    const answer = await asked(to, method, { Host: host, ...headers, ...(cookie !== '' && { Cookie: cookie }) }, body);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || line.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Goes to a page without following redirects. */
  page(url: string): Promise<Answer> {
    return this.#go(new URL(url, this.#origin).href, {
      'Sec-Fetch-Site': 'none',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    });
  }

  /** Signs in at CIS2 in a role, and returns. @returns the callback's answer */
  async signIn(roleId: string, from = '/cpis/sign-in'): Promise<Answer> {
    return this.finish(await this.page(from), roleId);
  }

  async finish(begun: Answer, roleId: string): Promise<Answer> {
    return this.page(await this.atCis2(begun.headers.get('Location') ?? '', roleId));
  }

  /** @returns the address to which CIS2 sends the browser back */
  async atCis2(location: string, roleId: string): Promise<string> {
    let url = location;
    for (let steps = 0; steps < 10; steps += 1) {
      if (url.startsWith(`${this.#origin}/cpis/callback`)) return url;
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
    throw new Error('CIS2 redirects in circles');
  }

  /** Asks one of the gateway's instances, as the page's own script would. */
  async ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    { method = 'GET', instance = 0 }: { method?: 'GET' | 'POST'; instance?: number } = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return asked(`http://127.0.0.1:${this.#portOf(instance)}/cpis/${path}`, method, {
      Host: new URL(this.#origin).host,
      ...byThePage,
      ...(method === 'POST' && { Origin: this.#origin }),
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

/** Not Node's own `fetch`, which would set `Sec-Fetch-Mode` itself. */
async function asked(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  const answer = await request(url, { method: method as 'GET' | 'POST', headers, ...(body !== undefined && { body }) });
  const received = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const one of [value ?? []].flat()) received.append(name, one);
  return { status: answer.statusCode, headers: received, text: await answer.body.text() };
}
