import type { Question, RegisterNews, TokenSource } from '../contract/register-service.js';
import type { Reply } from '../domain/answer.js';
import type { Instant } from '../domain/calendar.js';
import { nhsNumberSystem } from '../domain/nhs-number.js';
import type { ReplyReason } from '../domain/reason.js';
import { bearerToken } from './bearer-token.js';
import { getter } from './get.js';
import { parseAuditEvents } from './parse-audit-event.js';
import { parseCareTeams, type PlansRead } from './parse-care-team.js';
import { flagCode, parsePatientFlags } from './parse-patient-flags.js';

/**
 * One whole check: the token, the plans, and when a record is held the earlier visits, all under one deadline and one
 * TraceID. Tells what it finds as it finds it; never rejects. `signal` is aborted when nobody waits any more.
 */
export async function checkRegister(
  question: Question,
  token: TokenSource | undefined,
  signal: AbortSignal,
  tell: (news: RegisterNews) => void,
  now: () => Instant,
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  const timer = setTimeout(abort, question.timeout * 1000);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  await ask(question, token, stop.signal, tell, now, performance.now() + question.timeout * 1000);
  clearTimeout(timer);
  signal.removeEventListener('abort', abort);
}

async function ask(
  { open, traceId }: Question,
  token: TokenSource | undefined,
  signal: AbortSignal,
  tell: (news: RegisterNews) => void,
  now: () => Instant,
  endsAt: number,
): Promise<void> {
  const { nhsNumber } = open;
  const failed = (reason: ReplyReason, mayHaveLeft: boolean): void => {
    tell({ kind: 'reply', reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft } });
  };

  const bearer = await bearerToken(token, signal);
  if ('reason' in bearer) {
    failed(bearer.reason, false);
    return;
  }
  const get = getter(
    { traceId, unscheduled: open.attendance === 'unscheduled', token: bearer.token, signal },
    token,
    endsAt,
  );

  const flags = open.registerApi === 'patient-flags';
  const response = await get(flags ? patientFlagUrl(open.baseUrl, nhsNumber) : careTeamUrl(open.baseUrl, nhsNumber));
  if (response.kind === 'failed') {
    failed(response.reason, true);
    return;
  }
  const read = inDoubt(
    (flags ? readSafely(parsePatientFlags) : readSafely(parseCareTeams))(response.body, nhsNumber),
    response.keyTwice,
  );
  if (read.kind === 'failed') {
    failed(read.reason, true);
    return;
  }
  tell({ kind: 'reply', reply: replyOf(read, nhsNumber, response.date, now()) });
  if (read.kind === 'none' || flags) return;

  const history = await get(auditEventUrl(open.baseUrl, nhsNumber));
  const accesses = history.kind === 'ok' ? readSafely(parseAuditEvents)(history.body, nhsNumber) : undefined;
  if (history.kind === 'failed' || accesses === undefined || 'kind' in accesses)
    tell({ kind: 'visits', visits: { kind: 'failed' } });
  else {
    const incomplete = accesses.incomplete || history.keyTwice;
    const respondedAt = history.date ?? now();
    tell({ kind: 'visits', visits: { kind: 'shown', accesses: accesses.accesses, incomplete, respondedAt } });
  }
}

/** What an answer may have lost: of a record, all that was read, and that there may be more; but never that there is none. */
function inDoubt(read: PlansRead, keyTwice: boolean): PlansRead {
  if (!keyTwice || read.kind === 'failed') return read;
  return read.kind === 'none' ? { kind: 'failed', reason: 'unreadable' } : { ...read, incomplete: true };
}

function replyOf(
  read: Exclude<PlansRead, { kind: 'failed' }>,
  nhsNumber: string,
  date: Instant | undefined,
  now: Instant,
): Reply {
  const at = { nhsNumber, checkedAt: date ?? now, clock: date === undefined ? undefined : now - date };
  return read.kind === 'none' ? { kind: 'none', ...at } : { ...read, ...at };
}

/** A body that makes a parser throw (nested beyond the stack, say) is unreadable, and nothing else. */
const readSafely =
  <T>(parse: (body: unknown, nhsNumber: string) => T) =>
  (body: unknown, nhsNumber: string): T | { kind: 'failed'; reason: 'unreadable' } => {
    try {
      return parse(body, nhsNumber);
    } catch {
      return { kind: 'failed', reason: 'unreadable' };
    }
  };

const identified = (nhsNumber: string): string =>
  `patient:identifier=${encodeURIComponent(`${nhsNumberSystem}|${nhsNumber}`)}`;

const careTeamUrl = (base: string, nhsNumber: string): string => `${base}/CareTeam?${identified(nhsNumber)}`;

const viewers = encodeURIComponent(
  'AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED',
);

const auditEventUrl = (base: string, nhsNumber: string): string =>
  `${base}/AuditEvent?${identified(nhsNumber)}&_include=${viewers}`;

const patientFlagUrl = (base: string, nhsNumber: string): string =>
  `${base}/PatientFlag?patient=${nhsNumber}&code=${flagCode}`;
