import { Agent } from 'undici';

import type { Asked } from './asked.js';
import { Fault, faultOf } from './faults.js';
import type { Access } from './options.js';

const agent = new Agent({ connections: 64, connect: { minVersion: 'TLSv1.2' }, maxResponseSize: 2 * 1024 * 1024 });

const kept = ['Date', 'Age', 'Retry-After'] as const;

/** The register's own 200, its bytes unread. */
export interface Answered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks the register once. Gives its 200 whole, its bytes unread, with the headers that say how old it is; throws a
 * Fault for everything else, never with the register's words in it.
 */
export async function askRegister(register: URL, asked: Asked, access: Access, signal: AbortSignal): Promise<Answered> {
  const { statusCode, headers, body } = await agent.request({
    origin: register.origin,
    path: `${register.pathname}/${asked.resource}?${asked.query}`,
    method: 'GET',
    signal,
    headers: {
      Authorization: `Bearer ${access.accessToken}`,
      Accept: 'application/fhir+json',
      TraceID: asked.traceId,
      IsUnscheduledAccessEvent: String(asked.alerts),
      'X-Request-ID': asked.requestId,
      'X-Correlation-ID': asked.traceId,
      ...(access.role && {
        'NHSD-Session-URID': access.role.id,
        'NHSD-End-User-Organisation-ODS': access.role.organisation,
      }),
    },
  });
  const header = (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value[0] : value;
  };
  const bytes = new Uint8Array(await body.arrayBuffer());
  if (statusCode !== 200) throw faultOf(statusCode, new TextDecoder().decode(bytes), header('Retry-After'));
  if (!/^application\/(fhir\+)?json\b/i.test(header('Content-Type') ?? '') || header('Content-Encoding') !== undefined)
    throw new Fault('REGISTER_FAULT');
  const answered: Record<string, string> = {
    'Content-Type': 'application/fhir+json',
    'Content-Length': String(bytes.byteLength),
    'Cache-Control': 'no-store',
  };
  for (const name of kept) {
    const value = header(name);
    if (value !== undefined) answered[name] = value;
  }
  return { bytes, headers: answered };
}
