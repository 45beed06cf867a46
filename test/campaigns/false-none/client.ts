import type { News } from '../../../src/contract/register-service.js';
import { checkRegister } from '../../../src/register/check.js';
import { nhsNumber } from '../../fixtures/bundles.js';
import type { Case } from './cases.js';
import { texts } from './payloads.js';

/** What a reader would be told: that there is no record, that there was no visit. */
export interface Told {
  readonly none: boolean;
  readonly noVisits: boolean;
}

/** The register's client with `fetch` answering as the case says. */
export async function throughTheClient({ api, asked, body }: Case): Promise<Told> {
  const news: News[] = [];
  globalThis.fetch = (address) => {
    const isVisits = new URL(address as string).pathname.endsWith('/AuditEvent');
    const given = isVisits === (asked === 'visits');
    const bytes = given ? body : Buffer.from(isVisits ? texts.visits : texts.plans);
    // No Response of this Node's: some take off a second byte order mark, and a server may have put its own in its place.
    const text = (): Promise<string> => Promise.resolve(new TextDecoder().decode(bytes));
    return Promise.resolve({ type: 'basic', status: 200, headers: new Headers(), text } as Response);
  };
  await checkRegister(
    {
      open: {
        baseUrl: 'http://register.test',
        registerApi: api,
        user: '',
        nhsNumber,
        encounter: '',
        attendance: api === 'cp-is' ? 'unscheduled' : 'scheduled',
      },
      traceId: '0b5f6b5e-6a55-4c55-9d5b-2f1f0a1a9f10',
      freshFor: 0,
      timeout: 10,
    },
    undefined,
    new AbortController().signal,
    (item) => news.push(item),
    () => 0,
  );
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
