import type { Question, RegisterNews, TokenSource } from '../contract/register-service.js';
import { clockOf, type Reply } from '../domain/answer.js';
import { londonDay, type Day, type Instant } from '../domain/calendar.js';
import { registerTime } from '../domain/clocks.js';
import { nhsNumberSystem } from '../domain/nhs-number.js';
import type { ReplyReason } from '../domain/reason.js';
import { bearerToken } from './bearer-token.js';
import { getter } from './get.js';
import type { HttpOutcome } from './request.js';
import { parseAuditEvents } from './parse-audit-event.js';
import { parseCareTeams, type PlansRead } from './parse-care-team.js';
import { flagCode, parsePatientFlags } from './parse-patient-flags.js';

/** The parts of a question that the register's client needs. */
type Asked = Pick<Question, 'open' | 'traceId' | 'timeout' | 'isRetry'>;

/**
 * One whole check: the token, the plans and, when a record is held, the earlier visits, all under one deadline and one
 * TraceID. Reports each part as it comes; never rejects. `signal` aborts when nobody is waiting.
 */
export async function checkRegister(
  question: Asked,
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
  { open, traceId, isRetry }: Asked,
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
    isRetry,
  );

  const flags = open.registerApi === 'patient-flags';
  const response = await get(flags ? patientFlagUrl(open.baseUrl, nhsNumber) : careTeamUrl(open.baseUrl, nhsNumber));
  if (response.kind === 'failed') {
    failed(response.reason, true);
    return;
  }
  const read = inDoubt(
    (flags ? readSafely(parsePatientFlags) : readSafely(parseCareTeams))(
      response.body,
      nhsNumber,
      londonDay(answeredAt(response) ?? now()),
    ),
    response,
  );
  if (read.kind === 'failed') {
    failed(read.reason, true);
    return;
  }
  const reply = replyOf(read, nhsNumber, response, now());
  tell({ kind: 'reply', reply });
  if (read.kind === 'none' || flags) return;

  const history = await get(auditEventUrl(open.baseUrl, nhsNumber));
  const accesses = history.kind === 'ok' ? readSafely(parseAuditEvents)(history.body, nhsNumber) : undefined;
  if (accesses === 'wrong-patient') tell({ kind: 'visits', visits: { kind: 'failed', wrongPatient: true } });
  else if (history.kind === 'failed' || accesses === undefined || 'kind' in accesses)
    tell({ kind: 'visits', visits: { kind: 'failed' } });
  else {
    const incomplete = accesses.incomplete || history.keyTwice || history.kept;
    const respondedAt = answeredAt(history) ?? registerTime(now(), clockOf(reply));
    tell({ kind: 'visits', visits: { kind: 'shown', accesses: accesses.accesses, incomplete, respondedAt } });
  }
}

type Response = HttpOutcome & { kind: 'ok' };

/** The register's clock now; the `Date` of a response cached on its way is from another time. */
const answeredAt = ({ date, kept }: Response): Instant | undefined => (kept ? undefined : date);

/** An answer that lost something, or was cached on its way, never means "no record"; a record in it still counts. */
function inDoubt(read: PlansRead, { keyTwice, kept }: Pick<Response, 'keyTwice' | 'kept'>): PlansRead {
  if (read.kind === 'none') return keyTwice || kept ? { kind: 'failed', reason: 'unreadable' } : read;
  return keyTwice && read.kind === 'held' ? { ...read, incomplete: true } : read;
}

function replyOf(
  read: Exclude<PlansRead, { kind: 'failed' }>,
  nhsNumber: string,
  { date, kept }: Response,
  now: Instant,
): Reply {
  const at = { nhsNumber, checkedAt: date ?? now, clock: date === undefined ? undefined : now - date };
  return read.kind === 'none' ? { kind: 'none', ...at } : { ...read, ...at, ...(kept && { kept }) };
}

/** A body that makes a parser throw (nested beyond the stack, say) counts as unreadable. */
const readSafely =
  <T>(parse: (body: unknown, nhsNumber: string, today?: Day) => T) =>
  (body: unknown, nhsNumber: string, today?: Day): T | { kind: 'failed'; reason: 'unreadable' } => {
    try {
      return parse(body, nhsNumber, today);
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
