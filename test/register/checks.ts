import type { News, Question, RegisterNews, TokenSource } from '../../src/contract/register-service.js';
import type { PatientOpen } from '../../src/domain/patient-open.js';
import { checkRegister } from '../../src/register/check.js';
import { patientOpen } from '../fixtures/opens.js';
import type { ScriptedRegister } from '../support/page/scripted-register.js';

export const traceId = '0b5f6b5e-6a55-4c55-9d5b-2f1f0a1a9f10';

/** An ED's question to a scripted register. */
export const questionOf = (
  register: Pick<ScriptedRegister, 'baseUrl'>,
  open: Partial<PatientOpen> = {},
  rest: Partial<Question> = {},
): Question => ({
  open: patientOpen({ baseUrl: new URL(register.baseUrl, location.href).href, user: '', ...open }),
  traceId,
  openedAt: Date.now(),
  lasts: 300,
  setting: 'emergency-department',
  freshFor: 300,
  timeout: 5,
  ...rest,
});

export interface CheckFacts {
  readonly open?: Partial<PatientOpen>;
  readonly timeout?: number;
  readonly isRetry?: boolean;
  readonly token?: TokenSource;
  readonly signal?: AbortSignal;
  readonly now?: number;
}

/** Everything that one complete check tells. */
export async function newsOf(register: ScriptedRegister, facts: CheckFacts = {}): Promise<readonly RegisterNews[]> {
  const news: RegisterNews[] = [];
  await checkRegister(
    questionOf(register, facts.open, { timeout: facts.timeout ?? 5, isRetry: facts.isRetry ?? false }),
    facts.token,
    facts.signal ?? new AbortController().signal,
    (item) => news.push(item),
    () => facts.now ?? 0,
  );
  return news;
}

/** News in a few words: `held 2`, `none`, `busy`, `visits 3`, `visits failed`, `trace`, `last-known 2`. */
export const inWords = (news: readonly News[]): readonly string[] =>
  news.map((item) => {
    if (item.kind === 'trace') return item.kind;
    if (item.kind === 'last-known') return `last-known ${item.lastKnown.plans.length}`;
    if (item.kind === 'visits')
      return `visits ${item.visits.kind === 'shown' ? item.visits.accesses.length : item.visits.kind}`;
    if (item.reply.kind === 'failed') return item.reply.reason;
    return item.reply.kind === 'held' ? `held ${item.reply.plans.length}` : item.reply.kind;
  });

/** Resolves when the condition holds. Its only time limit is the test's own. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
