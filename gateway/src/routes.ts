import { type Asked, askedOf, requestIdOf, resourceOf } from './asked.js';
import { Fault, faultResponse } from './faults.js';
import { guard } from './guard.js';
import { createLimit } from './limit.js';
import { type Access, type Options, type Settings, settingsOf } from './options.js';
import { askRegister } from './upstream.js';

type Limit = ReturnType<typeof createLimit>;

/**
 * The register's routes alone, for a server that has signed its user in already: mount it at
 * `${basePath}/FHIR/R4`, and give the tag that address as `base-url`. Throws when an option is wrong. The handler itself
 * never rejects, and answers 200 with nothing but the register's own 200.
 */
export function registerRoutes(options: Options): (request: Request) => Promise<Response> {
  const settings = settingsOf(options);
  const { limitPerMinute: perMinute, limitReserve: reserve, now } = settings;
  const limit = createLimit({ perMinute, reserve, now });
  return async (request) => {
    const began = now();
    const { pathname, searchParams } = new URL(request.url);
    const resource = resourceOf(pathname, settings.basePath, settings.registerApi);
    let asked: Asked | undefined;
    let fault: Fault | undefined;
    let response: Response;
    try {
      if (resource === undefined) throw new Fault('NOT_FOUND');
      if (request.method !== 'GET') throw new Fault('METHOD_NOT_ALLOWED');
      guard(request.headers, settings.publicUrl);
      asked = askedOf(resource, searchParams, request.headers);
      response = await read(settings, limit, request, asked);
    } catch (error) {
      fault = error instanceof Fault ? error : new Fault('REGISTER_FAULT');
      response = faultResponse(fault);
    }
    settings.record?.({
      route: resource ?? 'none',
      status: response.status,
      ...(fault && { fault: fault.code }),
      ms: Math.round(now() - began),
      bytes: Number(response.headers.get('Content-Length') ?? 0),
      ...(asked && { traceId: asked.traceId, requestId: requestIdOf(asked), alerts: asked.alerts }),
    });
    return response;
  };
}

/** One read inside the deadline: one renewal at the most, and no other repeat. Throws a Fault or what the line threw. */
async function read(settings: Settings, limit: Limit, request: Request, asked: Asked): Promise<Response> {
  const over = AbortSignal.timeout(settings.deadlineMs);
  const signal = AbortSignal.any([over, request.signal]);
  const late = new Promise<never>((_, reject) => {
    over.addEventListener('abort', () => reject(new Fault('NO_ANSWER_IN_TIME')), { once: true });
  });
  const once = async (rejected?: string): Promise<Response> => {
    const access = await accessOf(settings, request, rejected);
    if (!access.may.view) throw new Fault('ROLE_MAY_NOT_VIEW');
    if (asked.alerts && !access.may.alert) throw new Fault('ROLE_MAY_NOT_ALERT');
    // The deadline may have passed while the token was renewed: nothing may leave then.
    signal.throwIfAborted();
    limit(asked.resource !== 'AuditEvent');
    try {
      return await askRegister(settings.registerUrl, asked, access, signal);
    } catch (error) {
      if (over.aborted) throw new Fault('NO_ANSWER_IN_TIME');
      const expired = error instanceof Fault && error.code === 'SIGNED_OUT' && rejected === undefined;
      if (!expired) throw error;
      return once(access.accessToken);
    }
  };
  return Promise.race([once(), late]);
}

async function accessOf(settings: Settings, request: Request, rejected: string | undefined): Promise<Access> {
  let access: Access | undefined;
  try {
    access = await settings.tokenFor(request, rejected === undefined ? {} : { rejected });
  } catch {
    throw new Fault('TOKEN_SERVICE_DOWN', { retryAfter: '1' });
  }
  if (access === undefined || access.accessToken === rejected) throw new Fault('SIGNED_OUT');
  return access;
}
