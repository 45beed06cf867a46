import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { scriptedRegister } from './scripted-register-server.js';
import type { LoggedRequest, Script } from '../scripts.js';

/** A host's own site: one page, the built tag beside it, and a register that answers as scripted. */
export interface SiteFacts {
  /** The page's body. The tag's script is loaded only if this includes it. */
  readonly body?: string;
  /** The page's head. */
  readonly head?: string;
  /** The policy of every response of the site, including the worker file's. Violations are reported to the site. */
  readonly csp?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether any origin may read every response, with preflights. */
  readonly cors?: boolean;
  readonly register?: Readonly<Record<string, Script>>;
  /** Answers what is asked below `register/`, in the scripted register's place. */
  readonly answer?: (path: string, req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** The files beside the page, by name: a text, or the address of a file on disk. */
  readonly files?: Readonly<Record<string, string | URL>>;
}

export interface Site {
  readonly url: string;
  /** What browsers reported against the policy, from the page and its worker. */
  readonly reports: readonly string[];
  /** What reached the register. */
  readonly requests: () => Promise<readonly LoggedRequest[]>;
}

export interface Host {
  /** A new site on this host's origin. */
  site(facts: SiteFacts): Promise<Site>;
  close(): Promise<void>;
}

const dist = new URL('../../../dist/', import.meta.url);
const everySite = {
  'cp-is-banner.js': new URL('cp-is-banner.js', dist),
  'cp-is-banner.worker.js': new URL('cp-is-banner.worker.js', dist),
};
const allowAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, TraceID, IsUnscheduledAccessEvent',
};

/** An origin of its own with real HTTP headers. Two hosts are two origins. */
export async function startHost(): Promise<Host> {
  const register = scriptedRegister();
  const sites = new Map<string, SiteFacts & { reports: string[] }>();

  const answerAsScripted = async (url: string, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const context = { url, method: req.method ?? '', req, res, status: 404, body: undefined, respond: true };
    await register(context, () => Promise.resolve());
    if (context.respond) res.writeHead(context.status).end(JSON.stringify(context.body));
  };

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = req.url ?? '/';
    const [, name = '', file = ''] = /^\/(site-\d+)\/(.*)$/.exec(url) ?? [];
    const site = sites.get(name);
    if (site?.csp !== undefined) res.setHeader('Content-Security-Policy', `${site.csp}; report-uri /${name}/reports`);
    for (const [header, value] of Object.entries({ ...(site?.cors ? allowAll : {}), ...site?.headers }))
      res.setHeader(header, value);
    if (req.method === 'OPTIONS') {
      res.writeHead(204).end();
    } else if (site?.answer !== undefined && file.startsWith('register/')) {
      await site.answer(file.slice('register'.length), req, res);
    } else if (file.startsWith('register/') || url.startsWith('/scripted/')) {
      await answerAsScripted(url.replace(/^\/(site-\d+)\/register\//, '/scripted/$1/FHIR/'), req, res);
    } else if (site === undefined) {
      res.writeHead(404).end();
    } else if (file === 'reports') {
      const report = await textOf(req);
      // WebKit asks for an icon that no page here names.
      if (!report.includes('/favicon.ico')) site.reports.push(report);
      res.writeHead(204).end();
    } else if (file === '') {
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageOf(site));
    } else {
      await sendFile(res, { ...everySite, ...site.files }[file.replace(/\?.*/, '')]);
    }
  };

  const server = createServer((req, res) => {
    answer(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    async site(facts) {
      const name = `site-${sites.size + 1}`;
      const reports: string[] = [];
      await fetch(`${origin}/scripted/${name}/control`, { method: 'PUT', body: JSON.stringify(facts.register ?? {}) });
      sites.set(name, { ...facts, reports });
      return {
        url: `${origin}/${name}/`,
        reports,
        requests: async () =>
          (await (await fetch(`${origin}/scripted/${name}/log`)).json()) as readonly LoggedRequest[],
      };
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const pageOf = ({ head = '', body = '' }: SiteFacts): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host</title>${head}</head><body>${body}</body></html>`;

async function sendFile(res: ServerResponse, file: string | URL | undefined): Promise<void> {
  if (file === undefined) {
    res.writeHead(404).end();
    return;
  }
  const text = typeof file === 'string' ? file : await readFile(file, 'utf8');
  res.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
