import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';

/** What an address does. `status` is the status of success. */
export interface Operation {
  does: string;
  status?: number;
  /** The JSON of a successful answer. At the FHIR addresses it is a Bundle. */
  answer?: GenericSchema;
  /** The shape by which the address itself reads its JSON. */
  body?: GenericSchema;
  mayBeCsv?: boolean;
  mayBeEmpty?: boolean;
  query?: readonly string[];
  /** Which users may ask. When it is left out, nobody need sign in. */
  by?: 'user' | 'localAuthority';
  refuses?: readonly number[];
  /** Refusals that may have the same body as a success. */
  saysWhy?: readonly number[];
}

export const fhir = '/cpis/FHIR/R4';

/** Addresses that are answered without the database. */
const asksNothing = /\/(?:metadata|openapi\.json|available)$/;

/** As it is sent. What JSON Schema cannot express, such as a check digit, is in docs/register.md. */
const contentOf = (body: GenericSchema, mayBeCsv = false) => ({
  'application/json': {
    schema: toJsonSchema(body, {
      target: 'draft-2020-12',
      typeMode: 'input',
      errorMode: 'ignore',
      // These regular expressions use character classes that other languages do not know.
      ignoreActions: ['regex'],
    }),
  },
  ...(mayBeCsv && { 'text/csv': {} }),
});

/** `getCareTeam`, `postUploads`, `putAllocatedWorker`: the method and the last words of the address. */
const idOf = (method: string, path: string): string => {
  const words = path.split('/').filter((word) => word !== '' && !word.startsWith('{'));
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const isOne = path.endsWith('{id}');
  return `${method}${isOne ? 'One' : ''}${(words.at(-1) ?? '').replace('.json', '').split('-').map(capital).join('')}`;
};

const problem = {
  type: 'object',
  required: ['title', 'status', 'detail'],
  properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
};

const problemContent = { 'application/problem+json': { schema: problem } };
const bundle = { 'application/fhir+json': { schema: { $ref: 'https://hl7.org/fhir/R4/bundle.schema.json' } } };

/** RFC 9457. At the FHIR addresses it is an OperationOutcome, whose shape is FHIR's own. */
const refusal = (isFhir: boolean, description: string) => ({
  description,
  content: isFhir
    ? { 'application/fhir+json': { schema: { $ref: 'https://hl7.org/fhir/R4/operationoutcome.schema.json' } } }
    : problemContent,
});

/** One operation of the document. */
export const describe = (
  method: string,
  path: string,
  {
    does,
    status = 200,
    answer,
    body,
    mayBeEmpty = false,
    mayBeCsv = false,
    query = [],
    by,
    refuses = [],
    saysWhy = [],
  }: Operation,
) => {
  const refused = (description: string) => refusal(path.startsWith(fhir), description);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map((name) => ({
    name,
    in: 'query',
    required: path.startsWith(fhir),
    schema: { type: 'string' },
  }));
  const headers = path.startsWith(fhir) && by !== undefined ? ['TraceID', 'IsUnscheduledAccessEvent'] : [];
  const inHeader = headers.map((name) => ({
    name,
    in: 'header',
    required: name === 'TraceID',
    schema: { type: 'string' },
  }));
  return {
    operationId: idOf(method, path),
    summary: does,
    security: by === undefined ? [] : [{ [by]: [] }],
    parameters: [...inPath, ...inQuery, ...inHeader],
    ...(body && { requestBody: { required: !mayBeEmpty, content: contentOf(body, mayBeCsv) } }),
    responses: {
      [status]: {
        description: does,
        ...(answer && { content: contentOf(answer) }),
        ...(path.startsWith(fhir) && by !== undefined && { content: bundle }),
      },
      ...(by !== undefined && { 401: refused('Nobody is signed in') }),
      ...(path.startsWith('/sandbox/') && { 403: refused('Asked by another site’s page') }),
      ...Object.fromEntries(
        [...refuses, ...(body ? [413, 415] : [])].map((code) => [code, refused('What is wrong, and what to do')]),
      ),
      ...(asksNothing.test(path) ? {} : { 503: refused('The database does not answer. Ask again') }),
      ...Object.fromEntries(
        saysWhy.map((code) => [code, { description: does, content: { ...contentOf(answer!), ...problemContent } }]),
      ),
    },
  };
};
