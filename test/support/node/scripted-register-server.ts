import type { IncomingMessage, ServerResponse } from 'node:http';

import type { LoggedRequest, Script } from '../scripts.js';

interface Register {
  readonly scripts: Record<string, Script>;
  readonly log: LoggedRequest[];
  readonly held: { resource: string; answer: () => void }[];
}

interface Context {
  readonly url: string;
  readonly method: string;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  status: number;
  body: unknown;
  respond?: boolean;
}

const pattern = /^\/scripted\/([\w-]+)\/(control|log|release|FHIR)\/?([^?]*)/;

/**
 * A register that answers as each test scripts it, over real HTTP: `PUT /scripted/{id}/control` with a script for each
 * resource, `GET …/log`, `POST …/release/{resource}`. The FHIR base is `/scripted/{id}/FHIR`.
 */
export function scriptedRegister() {
  const registers = new Map<string, Register>();

  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const [, id, door, rest = ''] = pattern.exec(context.url) ?? [];
    if (id === undefined) return next();
    const register = registers.get(id) ?? { scripts: {}, log: [], held: [] };
    registers.set(id, register);
    switch (door) {
      case 'control':
        Object.assign(register.scripts, JSON.parse(await bodyOf(context.req)) as Record<string, Script>);
        context.status = 204;
        return;
      case 'log':
        context.body = register.log;
        context.status = 200;
        return;
      case 'release':
        for (const { answer, resource } of register.held.splice(0)) if (rest === '' || rest === resource) answer();
        context.status = 204;
        return;
      default:
        context.respond = false;
        answerAs(register, rest, context);
    }
  };
}

function answerAs({ scripts, log, held }: Register, resource: string, { url, req, res }: Context): void {
  const script = scripts[resource] ?? { status: 404 };
  scripts[resource] = script.then ?? script;
  const entry = { resource, url, headers: req.headers as Record<string, string>, aborted: false };
  log.push(entry);
  res.on('close', () => {
    entry.aborted = !res.writableFinished;
  });
  const answer = (): void => {
    if (script.drop === true) {
      req.socket.destroy();
      return;
    }
    const text = typeof script.body === 'string' ? script.body : JSON.stringify(script.body ?? '');
    const length = script.cut === true ? { 'Content-Length': Buffer.byteLength(text) } : {};
    res.writeHead(script.status ?? 200, { 'Content-Type': 'application/fhir+json', ...length, ...script.headers });
    if (script.cut !== undefined && script.cut !== false)
      res.write(text.slice(0, text.length / 2), () => res.destroy());
    else res.end(text);
  };
  if (script.hold === true) held.push({ resource, answer });
  else answer();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
