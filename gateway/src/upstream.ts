import { Agent, type Dispatcher } from 'undici';

import type { Asked } from './asked.js';
import type { Ending } from './ending.js';
import { Fault, faultOf } from './faults.js';
import type { Access } from './options.js';

const agent = new Agent({ connections: 64, connect: { minVersion: 'TLSv1.2' }, maxResponseSize: 2 * 1024 * 1024 });

/**
 * The headers that say how old an answer is, and when to ask again: as written to the browser, and as undici names
 * them.
 */
const kept = [
  ['Date', 'date'],
  ['Age', 'age'],
  ['Retry-After', 'retry-after'],
] as const;

/** The register's own 200, its bytes unread. */
export interface Answered {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where the register is, parsed once. */
export interface Place {
  readonly origin: string;
  readonly path: string;
}

export const placeOf = (registerUrl: string): Place => {
  const { origin, pathname } = new URL(registerUrl);
  return { origin, path: pathname };
};

/**
 * Asks the register once. Gives its 200 with its bytes unread, and the headers that say how old it is. Throws a Fault
 * for everything else, never with the register's words in it.
 */
export async function askRegister(place: Place, asked: Asked, access: Access, ending: Ending): Promise<Answered> {
  const headers: Record<string, string> = {
    Authorization: `Bearer ${access.accessToken}`,
    Accept: 'application/fhir+json',
    TraceID: asked.traceId,
    IsUnscheduledAccessEvent: String(asked.alerts),
    'X-Request-ID': asked.requestId,
    'X-Correlation-ID': asked.traceId,
  };
  if (access.role) {
    headers['NHSD-Session-URID'] = access.role.id;
    headers['NHSD-End-User-Organisation-ODS'] = access.role.organisation;
  }
  const path = `${place.path}/${asked.resource}?${asked.query}`;
  const whole = await exchanged({ origin: place.origin, path, method: 'GET', headers }, ending);
  const { status, bytes } = whole;
  const header = (name: string): string | undefined => {
    const [value] = [whole.headers[name]].flat();
    // A value that no server could write is not passed on: writing it would fail, and the whole answer would be lost.
    return value !== undefined && /^[\x20-\x7e]+$/.test(value) ? value : undefined;
  };
  if (status !== 200) throw faultOf(status, new TextDecoder().decode(bytes), header('retry-after'));
  if (
    !/^application\/(fhir\+)?json\b/i.test(header('content-type') ?? '') ||
    whole.headers['content-encoding'] !== undefined
  )
    throw new Fault('REGISTER_FAULT');
  const answered: Record<string, string> = {
    'Content-Type': 'application/fhir+json',
    'Content-Length': String(bytes.byteLength),
    'Cache-Control': 'no-store',
  };
  for (const [name, named] of kept) {
    const value = header(named);
    if (value !== undefined) answered[name] = value;
  }
  return { bytes, headers: answered };
}

interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Collects the answer in one piece. undici's `request` would make a stream that nobody reads. */
const exchanged = (options: Dispatcher.DispatchOptions, ending: Ending): Promise<Whole> =>
  new Promise((resolve, reject) => {
    let status = 0;
    let headers: Whole['headers'] = {};
    let parts: Buffer[] = [];
    let line: Dispatcher.DispatchController | undefined;
    ending.stops(() => {
      const over = new Error('The read is over.');
      line?.abort(over);
      reject(over);
    });
    agent.dispatch(options, {
      onRequestStart: (controller) => {
        line = controller;
        parts = [];
        if (ending.isOver) controller.abort(new Error('The read is over.'));
      },
      onResponseStart: (_, code, told) => {
        status = code;
        headers = told;
      },
      onResponseData: (_, part) => void parts.push(part),
      onResponseEnd: () => resolve({ status, headers, bytes: Buffer.concat(parts) }),
      onResponseError: (_, error) => reject(error),
    });
  });
