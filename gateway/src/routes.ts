import { type Asked, askedOf, resourceOf } from './asked.js';
import { Fault, faultResponse } from './faults.js';
import { guard } from './guard.js';
import { createLimit, type Limit } from './limit.js';
import { type Access, type Options, type Settings, settingsOf } from './options.js';
import { type Answered, askRegister } from './upstream.js';

/**
 * The register's routes alone, for a server that has signed its user in already: mount it at
 * `${basePath}/FHIR/R4`, and give the tag that address as `base-url`. Throws when an option is wrong. The handler itself
 * never rejects, and answers 200 with nothing but the register's own 200.
 */
export function registerRoutes<A extends Access>(options: Options<A>): (request: Request) => Promise<Response> {
  const settings = settingsOf(options);
  const { limitPerMinute: perMinute, limitReserve: reserve, now } = settings;
  const limit = settings.limit ?? createLimit({ perMinute, reserve, now });
  return async (request) => {
    const began = now();
    const { pathname, searchParams } = new URL(request.url);
    const resource = resourceOf(pathname, settings.basePath, settings.registerApi);
    let asked: Asked | undefined;
    let access: A | undefined;
    let fault: Fault | undefined;
    let bytes = 0;
    let response: Response;
    try {
      if (resource === undefined) throw new Fault('NOT_FOUND');
      if (request.method !== 'GET') throw new Fault('METHOD_NOT_ALLOWED');
      guard(request.headers, settings.publicUrl);
      asked = askedOf(resource, searchParams, request.headers);
      const answer = await read(settings, limit, request, asked, (found) => (access = found));
      bytes = answer.bytes.byteLength;
      response = new Response(answer.bytes, { status: 200, headers: answer.headers });
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault('REGISTER_FAULT');
      response = faultResponse(fault);
    }
    settings.record?.(
      {
        route: resource ?? 'none',
        status: fault?.status ?? 200,
        ...(fault && { fault: fault.code }),
        ...(fault?.messageId !== undefined && { messageId: fault.messageId }),
        ms: Math.round(now() - began),
        bytes,
        ...(asked && { traceId: asked.traceId, requestId: asked.requestId, alerts: asked.alerts }),
      },
      access,
    );
    return response;
  };
}

/** One read inside the deadline: one renewal at the most, and no other repeat. Throws a Fault or what the line threw. */
async function read<A extends Access>(
  settings: Settings<A>,
  limit: Limit,
  request: Request,
  asked: Asked,
  found: (access: A) => void,
): Promise<Answered> {
  /** One signal for all that ends a read: making signals is much of what a read costs. */
  const end = new AbortController();
  const { signal } = end;
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      end.abort();
      reject(new Fault('NO_ANSWER_IN_TIME'));
    }, settings.deadlineMs);
  });
  const register = new URL(settings.registerUrl);
  const once = async (rejected?: string): Promise<Answered> => {
    const access = await accessOf(settings, request, rejected, signal);
    found(access);
    if (!access.may.view) throw new Fault('ROLE_MAY_NOT_VIEW');
    if (asked.alerts && !access.may.alert) throw new Fault('ROLE_MAY_NOT_ALERT');
    // Not with the browser's own line: what may have left is an access, whoever still waits for it.
    const ended = (): void => end.abort();
    access.ended?.addEventListener('abort', ended);
    let answer: Answered;
    try {
      if (access.ended?.aborted === true) ended();
      await limit(asked.resource !== 'AuditEvent');
      // The deadline may have passed, or the session ended, while the token was renewed: nothing may leave then.
      signal.throwIfAborted();
      answer = await askRegister(register, asked, access, signal);
    } catch (error) {
      if (isLate) throw new Fault('NO_ANSWER_IN_TIME');
      if (access.ended?.aborted === true) throw new Fault('SIGNED_OUT');
      if (!(error instanceof Fault && error.code === 'SIGNED_OUT')) throw error;
      if (rejected === undefined) return await once(access.accessToken);
      await access.refused?.();
      throw error;
    } finally {
      // A session's signal outlives many reads.
      access.ended?.removeEventListener('abort', ended);
    }
    if (access.still && !(await access.still())) throw new Fault('SIGNED_OUT');
    return answer;
  };
  return Promise.race([once(), late]).finally(() => clearTimeout(timer));
}

async function accessOf<A extends Access>(
  { tokenFor }: Settings<A>,
  request: Request,
  rejected: string | undefined,
  signal: AbortSignal,
): Promise<A> {
  let access: A | undefined;
  try {
    access = await tokenFor(request, { signal, ...(rejected !== undefined && { rejected }) });
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
  }
  if (access === undefined || access.accessToken === rejected) throw new Fault('SIGNED_OUT');
  return access;
}
