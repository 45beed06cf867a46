import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { distort } from './distortions.js';

interface Env {
  Bindings: HttpBindings;
}
type Faulty = (context: Context<Env>, register: Hono) => Response | Promise<Response>;

/**
 * SANDBOX ONLY: what the real register can do to a caller and the sandbox's own cannot.
 * `/faults/{fault}/cpis/FHIR/R4/…` answers as the register does at `/cpis/FHIR/R4/…`, except for the fault:
 *
 * - `status-503` (any status from 200 to 599, without a body), `delay-4000` (milliseconds, then the true answer)
 * - `hang`, `drop`, `reset`: the request is lost, for ever or with its connection, and the register never sees it
 * - `drop-before-headers`, `drop-within-headers`, `drop-after-headers`, `half-body`: the register has seen the request,
 *   and the connection dies at this point of the true answer
 * - `malformed`, `html`, `wrong-patient`, `next-link`, `outcome`, `bare`: see distortions.ts
 *
 * After `visits-` the fault affects only the earlier visits, and the plans arrive as they are.
 */
export const faults = (register: Hono): Hono<Env> =>
  new Hono<Env>().all('/:fault/*', (context) => {
    const stated = context.req.param('fault');
    const visitsOnly = stated.startsWith('visits-');
    if (visitsOnly && !context.req.path.endsWith('/AuditEvent')) return trueAnswer(context, register);
    const fault = faultNamed(visitsOnly ? stated.slice('visits-'.length) : stated);
    return fault?.(context, register) ?? context.text('No such fault', 404);
  });

const faultNamed = (name: string): Faulty | undefined => {
  const [, code] = /^(?:status-)?([2-5]\d\d)$/.exec(name) ?? [];
  if (code !== undefined) return status(Number(code));
  const [, milliseconds] = /^delay-(\d+)$/.exec(name) ?? [];
  if (milliseconds !== undefined) return delayed(Number(milliseconds));
  return plainFaults[name] ?? distorting(name);
};

const status =
  (code: number): Faulty =>
  () =>
    new Response(null, { status: code, headers: { Location: '/', 'Cache-Control': 'no-store' } });

const delayed =
  (milliseconds: number): Faulty =>
  async (context, register) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return trueAnswer(context, register);
  };

const plainFaults: Readonly<Record<string, Faulty>> = {
  hang: () => new Promise(() => undefined),
  drop: ({ env }) => {
    env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  },
  reset: ({ env }) => {
    env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  },
  'drop-before-headers': async (context, register) => {
    await trueAnswer(context, register);
    context.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  },
  'drop-within-headers': async (context, register) => {
    await trueAnswer(context, register);
    const { socket } = context.env.incoming;
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: applica', () => socket.destroy());
    return RESPONSE_ALREADY_SENT;
  },
  'drop-after-headers': (context, register) => partOf(0, context, register),
  'half-body': (context, register) => partOf(0.5, context, register),
};

/** The head of the true answer, and only this share of its body. */
const partOf = async (share: number, context: Context<Env>, register: Hono): Promise<Response> => {
  const body = Buffer.from(await (await trueAnswer(context, register)).arrayBuffer());
  const { outgoing } = context.env;
  outgoing.writeHead(200, { 'Content-Type': 'application/fhir+json', 'Content-Length': body.length });
  outgoing.flushHeaders();
  outgoing.write(body.subarray(0, body.length * share), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
};

/** Only a success is distorted. A refusal stays as it is. */
const distorting = (name: string): Faulty | undefined => {
  const change = distort[name];
  return (
    change &&
    (async (context, register) => {
      const answer = await trueAnswer(context, register);
      return answer.status === 200 ? change(answer) : answer;
    })
  );
};

/** The register's own answer to the request inside the fault's address. */
const trueAnswer = async ({ req }: Context<Env>, register: Hono): Promise<Response> => {
  const url = new URL(req.url);
  url.pathname = url.pathname.replace(/^\/faults\/[^/]+/, '');
  return register.fetch(new Request(url, { method: req.method, headers: req.raw.headers }));
};
