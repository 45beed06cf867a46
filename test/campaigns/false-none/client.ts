import type { News } from '../../../src/contract/register-service.js';
import { checkRegister } from '../../../src/register/check.js';
import { nhsNumber } from '../../fixtures/bundles.js';
import type { Case } from './cases.js';
import { sent } from './headers.js';
import { texts } from './payloads.js';

/** What a reader would be told: that there is no record, or that there was no visit. */
export interface Told {
  readonly none: boolean;
  readonly noVisits: boolean;
}

let registers = 0;
const trueTime = (): Record<string, string> => ({ Date: new Date().toUTCString() });

/** The register's client, with a `fetch` that answers as the case says. */
export async function throughTheClient({ api, asked, body, headers }: Case): Promise<Told> {
  const news: News[] = [];
  const baseUrl = `http://register-${++registers}.test/FHIR`;
  let isFirst = headers.hasAnswered && asked === 'plans';
  globalThis.fetch = (address) => {
    const isVisits = new URL(address as string).pathname.endsWith('/AuditEvent');
    const given = isVisits === (asked === 'visits') && !isFirst;
    const bytes = given ? body : Buffer.from(isVisits ? texts.visits : texts.plans);
    // Not this Node's own Response, because a server may have replaced it.
    return Promise.resolve({
      type: 'basic',
      status: 200,
      headers: new Headers(given ? sent(headers) : trueTime()),
      body: new Blob([new Uint8Array(bytes)]).stream(),
    } as unknown as Response);
  };
  const ask = (tell: (item: News) => void): Promise<void> =>
    checkRegister(
      {
        open: {
          baseUrl,
          registerApi: api,
          user: '',
          nhsNumber,
          encounter: '',
          attendance: api === 'cp-is' ? 'unscheduled' : 'scheduled',
        },
        traceId: '0b5f6b5e-6a55-4c55-9d5b-2f1f0a1a9f10',
        timeout: 10,
      },
      undefined,
      new AbortController().signal,
      tell,
      () => Date.now(),
    );
  // A first answer from the same register, from which its clock is known.
  if (isFirst) await ask(() => undefined);
  isFirst = false;
  await ask((item) => news.push(item));
  return {
    none: news.some((item) => item.kind === 'reply' && item.reply.kind === 'none'),
    noVisits: news.some(
      ({ kind, ...item }) =>
        kind === 'visits' &&
        'visits' in item &&
        item.visits.kind === 'shown' &&
        item.visits.accesses.length === 0 &&
        !item.visits.incomplete,
    ),
  };
}
