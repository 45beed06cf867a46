import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { accesses, held, none, planCodes } from '../../fixtures/bundles.js';
import { testNumber } from '../../support/node/test-number.js';

/** The register's people. Every fourth has no record. */
export const numbers = Array.from({ length: 400 }, (_, index) => testNumber(1000 + 2 * index));
export const isHeld = (nhsNumber: string): boolean => numbers.indexOf(nhsNumber) % 4 !== 3;

/** One request as it arrived. */
export interface Seen {
  readonly resource: string;
  readonly nhsNumber: string;
  readonly user: string;
  readonly attendance: 'unscheduled' | 'scheduled';
  readonly traceId: string;
}

/** What the campaign does with a request: how long it takes (`hold`: until released), and how it fails. */
export interface Fate {
  readonly delay?: number;
  readonly hold?: boolean;
  readonly fault?: 'drop' | 'register-error' | 'wrong-patient';
}

/**
 * A register that marks every text of an answer with the open that it answers, so that a text on the screen shows whose
 * it is: `Zq{serial of the TraceID}n{NHS number}u{user}a{attendance}z`. The serial is in the telephone numbers too. It
 * serves the built tag, with an empty page beside it.
 */
export class MarkedRegister {
  seen: Seen[] = [];
  fate: (seen: Seen) => Fate = () => ({});
  readonly #serials = new Map<string, number>();
  #held: (() => void)[] = [];
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  release(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  async stop(): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (!url.includes('/FHIR/')) return serveFile(url, response);
    const seen = readRequest(url, request);
    this.seen.push(seen);
    const { delay = 0, hold = false, fault } = this.fate(seen);
    if (hold) await new Promise<void>((resolve) => this.#held.push(resolve));
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (fault === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault === 'register-error') {
      response.writeHead(500).end();
      return;
    }
    const of = fault === 'wrong-patient' ? (numbers.find((number) => number !== seen.nhsNumber) ?? '') : seen.nhsNumber;
    response.writeHead(200, { 'Content-Type': 'application/fhir+json' });
    response.end(JSON.stringify(this.#body({ ...seen, nhsNumber: of })));
  }

  #body({ resource, nhsNumber, user, attendance, traceId }: Seen): unknown {
    const serial = this.#serials.get(traceId) ?? this.#serials.size + 1;
    this.#serials.set(traceId, serial);
    const mark = `Zq${serial}n${nhsNumber}u${user}a${attendance}z`;
    const at = new Date(Date.now() - 40 * 86_400_000).toISOString();
    if (resource === 'AuditEvent')
      return accesses([{ at, number: nhsNumber, viewer: `Dr ${mark}`, place: `Ward ${mark}` }], nhsNumber);
    if (!isHeld(nhsNumber)) return none(nhsNumber);
    const digits = String(serial % 10_000).padStart(4, '0');
    const plan = {
      number: nhsNumber,
      name: `${mark} Council`,
      office: `0207946${digits}`,
      emergency: `0114496${digits}`,
    };
    const lookedAfter = { ...plan, code: planCodes['looked-after'] };
    return held(...([[plan], [lookedAfter], [plan, lookedAfter]][numbers.indexOf(nhsNumber) % 4] ?? [plan]));
  }
}

const readRequest = (url: string, { headers }: IncomingMessage): Seen => ({
  resource: /\/FHIR\/(\w+)/.exec(url)?.[1] ?? '',
  nhsNumber: /\d{10}/.exec(url.slice(url.indexOf('?')))?.[0] ?? '',
  user: (headers.authorization ?? '').replace('Bearer token-of-', ''),
  attendance: headers['isunscheduledaccessevent'] === 'true' ? 'unscheduled' : 'scheduled',
  traceId: String(headers['traceid']),
});

const document = `<!doctype html><html lang="en"><title>Campaign</title><style>body { margin: 0 }</style>
<script type="module" src="/cp-is-banner.js"></script><body></body></html>`;

async function serveFile(url: string, response: ServerResponse): Promise<void> {
  const [, name] = /^\/(cp-is-banner(?:\.worker)?\.js)$/.exec(url) ?? [];
  if (name !== undefined) {
    const script = await readFile(`dist/${name}`);
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
  } else if (url === '/') response.writeHead(200, { 'Content-Type': 'text/html' }).end(document);
  else response.writeHead(404).end();
}
