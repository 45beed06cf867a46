/**
 * What a local authority asks of the register, over HTTP. An NHS number is sent only in bodies, never in an address.
 */
import type {
  AcknowledgementNote,
  AllocatedWorker,
  BirthRecord,
  BirthRecorded,
  ChildDetail,
  ChildListed,
  LocalAuthorityListed,
  Notifications,
  Problem,
  ToCorrect,
  UploadResult,
} from '../shared/register-api.js';

import { inWords } from './words.js';

export type Client = ReturnType<typeof clientOf>;

/** The register answered, and refused. */
export class Refused extends Error {
  readonly status: number;

  /** @param detail what to do, in the register's words */
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

export const localAuthorities = async (): Promise<readonly LocalAuthorityListed[]> =>
  read(await fetch('/local-authorities', { cache: 'no-store' }));

/** @param code GSS code; the sandbox's token is made from it */
export const clientOf = (code: string) => {
  const address = `/local-authorities/${encodeURIComponent(code)}`;
  const headers = { Authorization: `Bearer demo-la-${code}` };

  const get = async <Answer>(path: string): Promise<Answer> =>
    read(await fetch(address + path, { headers, cache: 'no-store' }));

  const send = (method: string, path: string, body?: string, type = 'application/json'): Promise<Response> =>
    fetch(address + path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': type },
      ...(body !== undefined && { body }),
    });

  return {
    code,
    notifications: (after: number): Promise<Notifications> => get(`/notifications?after=${after}&limit=1000`),

    /** Stays open until `signal` aborts or the connection is lost. */
    stream: async (after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
      const response = await fetch(`${address}/notifications/stream`, {
        headers: { ...headers, Accept: 'text/event-stream', 'Last-Event-ID': String(after) },
        cache: 'no-store',
        signal,
      });
      if (!response.ok || !response.body) throw await refusalOf(response);
      return response.body;
    },

    acknowledge: async (id: number, said: AcknowledgementNote): Promise<void> =>
      nothing(await send('POST', `/notifications/${id}/acknowledgement`, JSON.stringify(said))),

    children: (): Promise<readonly ChildListed[]> => get('/children'),
    child: (id: string): Promise<ChildDetail> => get(`/children/${encodeURIComponent(id)}`),
    allocateWorker: async (id: string, allocatedWorker: NonNullable<AllocatedWorker>): Promise<void> =>
      nothing(
        await send('PUT', `/children/${encodeURIComponent(id)}/allocated-worker`, JSON.stringify({ allocatedWorker })),
      ),

    /** A file that could not be read or matched is an answer too: CPF01 comes as 400, CPF05 as 503. */
    upload: async (text: string, type: 'application/json' | 'text/csv'): Promise<UploadResult> => {
      const response = await send('POST', '/uploads', text, type);
      const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json') ?? false;
      if (isProblem) throw await refusalOf(response);
      return (await response.json()) as UploadResult;
    },
    toCorrect: (): Promise<readonly ToCorrect[]> => get('/to-correct'),
    takeOffList: async (id: string): Promise<void> =>
      nothing(await send('DELETE', `/to-correct/${encodeURIComponent(id)}`)),

    recordBirth: async (birth: BirthRecord): Promise<BirthRecorded> =>
      read(await send('POST', '/births', JSON.stringify(birth))),
  };
};

/** What to tell the user of a failed request. */
export const faultText = (error: unknown): string =>
  error instanceof Refused ? inWords(error.message) : 'The register did not answer. Nothing was changed. Try again.';

const read = async <Answer>(response: Response): Promise<Answer> => {
  if (!response.ok) throw await refusalOf(response);
  return (await response.json()) as Answer;
};

const nothing = async (response: Response): Promise<void> => {
  if (!response.ok) throw await refusalOf(response);
};

const refusalOf = async (response: Response): Promise<Refused> => {
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return new Refused(response.status, problem?.detail ?? `The register refused this (${response.status}).`);
};
