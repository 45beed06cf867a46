import type { ContentfulStatusCode } from 'hono/utils/http-status';

const spineCodes = 'https://fhir.nhs.uk/CodeSystem/England-SpineErrorOrWarningCode';

const displays = {
  INVALID_SEARCH_DATA: 'Invalid search data',
  PRECONDITION_FAILED: 'Precondition failed',
  ACCESS_DENIED: 'Access has been denied to process this request',
} as const;

/** A request that is refused. `reason` is for a developer and never repeats what the request held. */
export class Refusal extends Error {
  readonly status: ContentfulStatusCode;
  /** FHIR issue type. */
  readonly issue: string;
  readonly spineCode: keyof typeof displays | undefined;

  constructor(status: ContentfulStatusCode, issue: string, reason: string, spineCode?: keyof typeof displays) {
    super(reason);
    this.status = status;
    this.issue = issue;
    this.spineCode = spineCode;
  }
}

export const invalidSearch = (reason: string) => new Refusal(400, 'invalid', reason, 'INVALID_SEARCH_DATA');
export const preconditionFailed = (reason: string) => new Refusal(400, 'invalid', reason, 'PRECONDITION_FAILED');
export const accessDenied = () => new Refusal(403, 'forbidden', 'This user may not make this read', 'ACCESS_DENIED');
/** The consumer guide documents no body for this, so it carries no Spine code. */
export const notSignedIn = () => new Refusal(401, 'login', 'A bearer token of a sandbox user is required');
export const notFound = () => new Refusal(404, 'not-found', 'The register has nothing at this address');
export const getOnly = () => new Refusal(405, 'not-supported', 'The register is read with GET');
/** Nothing was recorded, so the same TraceID may ask again. */
export const busy = () => new Refusal(503, 'transient', 'The register’s database does not answer. Ask again');
export const fault = () => new Refusal(500, 'exception', 'The register has a fault');

/** The body of a refusal: an OperationOutcome, with the national code where there is one. */
export const operationOutcome = ({ issue, message, spineCode }: Refusal) => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'error',
      code: issue,
      ...(spineCode && {
        details: { coding: [{ system: spineCodes, code: spineCode, display: displays[spineCode] }] },
      }),
      diagnostics: message,
    },
  ],
});
