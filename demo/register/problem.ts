import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { Problem as ProblemBody } from '../shared/register-api.js';

const titles = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Does not match',
  429: 'Too many',
  500: 'Fault',
  503: 'Unavailable',
} as const satisfies Partial<Record<ContentfulStatusCode, string>>;

/**
 * A request outside the FHIR addresses that is refused. The message says what to do and repeats nothing that was sent.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: keyof typeof titles;

  constructor(status: keyof typeof titles, message: string) {
    super(message);
    this.status = status;
  }
}

/** As `application/problem+json` (RFC 9457). */
export const problemResponse = ({ status, message }: Problem): Response => {
  const body: ProblemBody = { title: titles[status], status, detail: message };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
      ...(status === 405 && { Allow: 'GET' }),
      ...((status === 429 || status === 503) && { 'Retry-After': '5' }),
    },
  });
};
