/** Every fault of the gateway's own, and the status the tag gets. The table is in gateway/README.md. */
const statuses = {
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  OTHER_SITE: 403,
  HEADER_MISSING: 400,
  REQUEST_MALFORMED: 400,
  REQUEST_TOO_LARGE: 413,
  SIGNED_OUT: 401,
  ROLE_MAY_NOT_VIEW: 403,
  ROLE_MAY_NOT_ALERT: 403,
  LIMIT_REACHED: 429,
  ASSURANCE_TOO_LOW: 403,
  TOKEN_SERVICE_REFUSES: 502,
  TOKEN_SERVICE_DOWN: 503,
  STORE_DOWN: 503,
  GATEWAY_FAULT: 500,
  DRAINING: 503,
  NO_ANSWER_IN_TIME: 504,
  REGISTER_REFUSES_ROLE: 403,
  REGISTER_FAULT: 502,
} as const;

export type FaultCode = keyof typeof statuses | 'REGISTER_ANSWERED';

/** What went wrong, as a code alone. A `tokenFor` may reject with a Fault: the tag is then sent that fault. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** What the platform calls the failure, for its service desk. */
  readonly messageId: string | undefined;

  constructor(
    code: FaultCode,
    {
      status,
      retryAfter,
      messageId,
    }: { status?: number; retryAfter?: string | undefined; messageId?: string | undefined } = {},
  ) {
    super(code);
    this.code = code;
    this.status = status ?? (code === 'REGISTER_ANSWERED' ? 502 : statuses[code]);
    this.retryAfter = retryAfter;
    this.messageId = messageId;
  }
}

/**
 * The platform's words, in November 2026, for a role that it does not accept. Any other words count as an expired
 * token: a needless renewal does no harm, but an expired token reported as a wrong role would.
 */
const roleWords: readonly RegExp[] = [
  /multiple roles found in user info/i,
  /no userroles available/i,
  /selected_roleid is (misconfigured|invalid|missing)/i,
  /nhsd-session-urid is invalid/i,
];

/**
 * The platform's own name for a failure, in the two forms that it writes. Text of any other form may be about a
 * patient.
 */
export const messageIdOf = (body: string): string | undefined =>
  /"message_id"\s*:\s*"(rrt-[\w-]{8,60}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})"/i.exec(body)?.[1];

/**
 * The register's answer as a fault. `body` is searched for role words and goes no further, because it may repeat the
 * number.
 */
export function faultOf(status: number, body: string, retryAfter: string | undefined): Fault {
  const messageId = messageIdOf(body);
  if (status === 401 && roleWords.some((words) => words.test(body)))
    return new Fault('REGISTER_REFUSES_ROLE', { messageId });
  if (status === 500 && /unable to retrieve user info/i.test(body))
    return new Fault('REGISTER_REFUSES_ROLE', { messageId });
  if (status === 401) return new Fault('SIGNED_OUT', { messageId });
  if (status < 400) return new Fault('REGISTER_FAULT');
  return new Fault('REGISTER_ANSWERED', { status, retryAfter, messageId });
}

/** An answer before it is written, through `Response` or Node's own server. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | string;
}

export const responseOf = ({ status, headers, body }: Reply): Response => new Response(body, { status, headers });

export const faultResponse = (fault: Fault): Response => responseOf(faultReply(fault));

/** An OperationOutcome with the code and no free text. */
export function faultReply({ code, status, retryAfter }: Fault): Reply {
  const coding = [{ code }];
  const issue = [{ severity: 'error', code: status < 500 ? 'processing' : 'exception', details: { coding } }];
  return {
    status,
    headers: {
      'Content-Type': 'application/fhir+json',
      'Cache-Control': 'no-store',
      ...(status === 405 && { Allow: 'GET' }),
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    },
    body: JSON.stringify({ resourceType: 'OperationOutcome', issue }),
  };
}
