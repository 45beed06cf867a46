import type { ReplyReason } from '../domain/reason.js';
import type { Instant } from '../domain/calendar.js';
import { isKept } from './kept.js';
import { readBody } from './read-body.js';
import { readJson, type JsonRead } from './read-json.js';
import { readRetryAfter } from './retry.js';

/** One GET of the register. */
export interface Request {
  readonly url: string;
  readonly traceId: string;
  /** Always sent: the register takes an omitted header as unscheduled. */
  readonly unscheduled: boolean;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/** What came back over HTTP, as data. Only a 200 is `ok`, and its `body` is still to be checked. */
export type HttpOutcome =
  | (JsonRead & { readonly kind: 'ok'; readonly date: Instant | undefined; readonly kept: boolean })
  | {
      readonly kind: 'failed';
      readonly reason: ReplyReason;
      /** Worth one retry: with another token, or after this many milliseconds if the register says how many. */
      readonly again?: 'with-another-token' | { readonly after: number | undefined };
    };

/**
 * Sends one GET and maps its outcome. Never rejects. An abort is `timed-out`: only a deadline or the last asker's
 * leaving aborts, and after the latter nobody listens.
 */
export async function send({ url, traceId, unscheduled, token, signal }: Request): Promise<HttpOutcome> {
  try {
    const response = await fetch(url, {
      headers: {
        Accept: 'application/fhir+json',
        TraceID: traceId,
        IsUnscheduledAccessEvent: String(unscheduled),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      cache: 'no-store',
      redirect: 'manual',
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      signal,
    });
    const reason = reasonOf(response);
    if (reason !== undefined) {
      // The body is not read, however long it is.
      void response.body?.cancel().catch(() => undefined);
      return failed(reason, response);
    }
    const date = dateOf(response);
    const kept = isKept(url, response.headers, date, performance.now());
    const body = await readBody(response);
    if (body === undefined) return { kind: 'failed', reason: 'unreadable' };
    return { kind: 'ok', ...readJson(body), date, kept };
  } catch {
    // A dead connection may come back; a deadline does not.
    return signal.aborted
      ? { kind: 'failed', reason: 'timed-out' }
      : { kind: 'failed', reason: 'unreachable', again: { after: undefined } };
  }
}

const passing: readonly number[] = [408, 429, 503];

function failed(reason: ReplyReason, response: Response): HttpOutcome {
  if (response.status === 401) return { kind: 'failed', reason, again: 'with-another-token' };
  if (!passing.includes(response.status)) return { kind: 'failed', reason };
  const after = readRetryAfter(response.headers.get('Retry-After'), dateOf(response), Date.now());
  return { kind: 'failed', reason, again: { after } };
}

/** Why a response is not an answer; `undefined` for a 200. Only 200, 400 and 403 are documented. */
export function reasonOf({ type, status }: Pick<Response, 'type' | 'status'>): ReplyReason | undefined {
  if (type === 'opaqueredirect' || status === 401) return 'signed-out';
  if (status === 200) return undefined;
  if (status === 403) return 'access-denied';
  if (status === 408 || status === 504) return 'timed-out';
  if (status === 429 || status === 503) return 'busy';
  if (status >= 400 && status < 500) return 'refused';
  if (status >= 500) return 'register-error';
  return 'unreadable';
}

function dateOf({ headers }: Response): Instant | undefined {
  const at = new Date(headers.get('Date') ?? '').getTime();
  return Number.isNaN(at) ? undefined : at;
}
