import { createHmac, randomBytes } from 'node:crypto';
import { pino, type DestinationStream, type Logger } from 'pino';

import type { Observer } from '../gateway/observer.js';

export interface Logs {
  readonly observer: Observer;
  /** What happens to the gateway itself. */
  event(event: string, level?: 'info' | 'warn' | 'error', issuer?: string): void;
}

/**
 * The only fields that a line can have. None could hold an NHS number, a name, a token, a cookie, a body or an address
 * other than CIS2’s own, as configured.
 */
interface Line {
  readonly event: string;
  readonly route?: string;
  readonly status?: number;
  readonly fault?: string | undefined;
  readonly ms?: number;
  readonly bytes?: number;
  readonly traceId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly session?: string | undefined;
  readonly organisation?: string | undefined;
  readonly roleCode?: string | undefined;
  readonly kind?: 'alert' | 'silent' | undefined;
  readonly by?: string;
  readonly count?: number;
  readonly issuer?: string | undefined;
}

/** The TraceID joins it to the EPR's own audit, so it needs no NHS number. */
interface AuditLine {
  readonly uid: string;
  readonly roleId: string;
  readonly organisation: string;
  readonly outcome: string;
  readonly route?: string;
  readonly status?: number;
  readonly traceId?: string | undefined;
  readonly kind?: 'alert' | 'silent' | undefined;
}

export interface LogOptions {
  readonly level: string;
  readonly instance: string;
  readonly to?: DestinationStream;
  /** The audit's own file. Without one, its lines are marked among those of the log. */
  readonly auditFile?: string | undefined;
}

/** Faults that the operator must mend: our key, our clock, our configuration, or a proxy that strips headers. */
const alarms: ReadonlySet<string> = new Set(['TOKEN_SERVICE_REFUSES', 'STORE_DOWN', 'GATEWAY_FAULT', 'HEADER_MISSING']);

/** Lines wait until there are enough for one system call, for a second at most. */
const inParts = { sync: false, minLength: 4096, periodicFlush: 1000 } as const;

/** A second net. There is no field that could hold a number or a token; if there were, it would not be written. */
const neverWritten = ['headers', 'url', 'query', 'body', 'cookie', 'token', 'name', 'req', 'res', 'err', 'error'];

/** How many sessions' tags are remembered, because a session reads many times. */
const mostTags = 1000;

const levelOf = (fault: string | undefined): 'info' | 'error' => (alarms.has(fault ?? '') ? 'error' : 'info');

/** Tags hold for this process only, so a line cannot be joined to the store's row or to another day's lines. */
function sessionTags(): (id: string) => string {
  const salt = randomBytes(16);
  const tags = new Map<string, string>();
  return (id) => {
    const known = tags.get(id);
    if (known !== undefined) return known;
    if (tags.size >= mostTags) tags.clear();
    const tag = createHmac('sha256', salt).update(id).digest('hex').slice(0, 8);
    tags.set(id, tag);
    return tag;
  };
}

/** Many lines are written within one millisecond, so its text is made once. */
function isoTime(): () => string {
  let at = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== at) text = `,"time":"${new Date(now).toISOString()}"`;
    at = now;
    return text;
  };
}

/** Writes all lines of one turn of the event loop with one system call. Resolves when they are written. */
function turnsOf(write: () => void): () => Promise<void> {
  let written: Promise<void> | undefined;
  return () =>
    (written ??= new Promise((resolve) =>
      setImmediate(() => {
        written = undefined;
        write();
        resolve();
      }),
    ));
}

export function createLogs({ level, instance, to, auditFile }: LogOptions): Logs {
  const options = {
    level,
    base: { instance },
    timestamp: isoTime(),
    redact: neverWritten,
  };
  // A killed process may lose a line of the log, but never a line of the audit.
  const buffered = to === undefined ? pino.destination({ ...inParts, dest: 1 }) : undefined;
  const flush = (): void => buffered?.flush();
  const logger = pino(options, buffered ?? to!);
  const kept =
    auditFile === undefined && to
      ? undefined
      : pino.destination({ dest: auditFile ?? 1, mkdir: true, sync: true, minLength: 4096 });
  // The audit is written whatever the log's level.
  const audit = pino({ ...options, level: 'info', base: { instance, stream: 'audit' } }, kept ?? to!);
  const writing = turnsOf(() => kept?.flushSync());
  const write = (line: Line, as: 'info' | 'warn' | 'error' | 'debug' = 'info'): void => {
    put(logger, as, line);
    if (as === 'warn' || as === 'error') flush();
  };
  const audited = (line: AuditLine): void => put(audit, 'info', line);
  const sessionTag = sessionTags();

  return {
    event: (event, as = 'info', issuer) => {
      write({ event, issuer }, as);
      flush();
    },
    observer: {
      read: (read, access) => {
        write(lineOf(read, access, access && sessionTag(access.sessionId)), levelOf(read.fault));
        if (access === undefined) return undefined;
        audited(auditLineOf(read, access));
        return writing();
      },
      route: ({ route, status, fault, ms }) =>
        write(
          { event: 'request', route: `/${route}`, status, fault, ms },
          fault === undefined ? 'debug' : levelOf(fault),
        ),
      signIn: (how, who) => {
        write({ event: 'sign-in', by: how }, levelOf(how));
        if (who) audited({ ...who, outcome: 'SIGNED_IN' });
        kept?.flushSync();
      },
      ended: (by, count) => {
        if (count > 0) write({ event: 'session-ended', by, count });
      },
      renewed: (how, fault) =>
        write({ event: 'renewal', by: how, fault: fault?.code, messageId: fault?.messageId }, levelOf(fault?.code)),
    },
  };
}

type Read = Parameters<Observer['read']>[0];
type Reader = NonNullable<Parameters<Observer['read']>[1]>;

const kindOf = ({ alerts }: Read): 'alert' | 'silent' | undefined =>
  alerts === undefined ? undefined : alerts ? 'alert' : 'silent';

function lineOf(read: Read, by: Reader | undefined, session: string | undefined): Line {
  const { route, status, fault, ms, bytes, traceId, requestId, messageId } = read;
  return {
    event: 'read',
    route: `/FHIR/R4/${route}`,
    status,
    fault,
    ms,
    bytes,
    traceId,
    requestId,
    messageId,
    session,
    organisation: by?.role.organisation,
    roleCode: by?.roleCode,
    kind: kindOf(read),
  };
}

const auditLineOf = (read: Read, { uid, role }: Reader): AuditLine => ({
  uid,
  roleId: role.id,
  organisation: role.organisation,
  outcome: read.fault ?? 'ANSWERED',
  route: read.route,
  status: read.status,
  traceId: read.traceId,
  kind: kindOf(read),
});

const put = (logger: Logger, as: 'info' | 'warn' | 'error' | 'debug', line: Line | AuditLine): void => logger[as](line);
