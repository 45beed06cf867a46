import type { News, PageSide, Question, RegisterService } from '../contract/register-service.js';
import { isFresh } from '../domain/freshness.js';
import { checkRegister } from '../register/check.js';

/** One check under way or answered, and everyone who waits for it. */
interface Flight {
  readonly abort: AbortController;
  readonly askers: Set<string>;
  readonly told: News[];
  /** When the last word of a whole, faultless answer came; `undefined` while under way. */
  answeredAt: number | undefined;
}

/** The longest that any answer may serve, in seconds (public contract, `fresh-for`). */
const longestFresh = 3600;

/**
 * The register as one page sees it: however many banners ask the same question, one request is made. Answers are kept
 * in memory under their TraceID, which is the open's own; failures are never kept.
 */
export function createRegisterService(page: PageSide, now: () => number = () => Date.now()): RegisterService {
  const flights = new Map<string, Flight>();

  const serves = ({ answeredAt }: Flight, seconds: number): boolean =>
    answeredAt === undefined || isFresh(answeredAt, seconds, now());

  const start = (asker: string, question: Question, hasToken: boolean): Flight => {
    const flight: Flight = { abort: new AbortController(), askers: new Set(), told: [], answeredAt: undefined };
    for (const [traceId, old] of flights)
      if (old.askers.size === 0 && !serves(old, longestFresh)) flights.delete(traceId);
    flights.set(question.traceId, flight);
    const tell = (news: News): void => {
      flight.told.push(news);
      for (const waiting of flight.askers) page.tell(waiting, news);
    };
    const token = hasToken ? () => page.token([...flight.askers][0] ?? asker) : undefined;
    void checkRegister(question, token, flight.abort.signal, tell, now).then(() => {
      if (flight.told.some(isFailure)) {
        if (flights.get(question.traceId) === flight) flights.delete(question.traceId);
      } else flight.answeredAt = now();
    });
    return flight;
  };

  const leave = (asker: string): void => {
    for (const [traceId, flight] of flights) {
      if (!flight.askers.delete(asker) || flight.askers.size > 0 || flight.answeredAt !== undefined) continue;
      flight.abort.abort();
      flights.delete(traceId);
    }
  };

  return {
    ask(asker, question, hasToken) {
      const known = flights.get(question.traceId);
      const flight = known !== undefined && serves(known, question.freshFor) ? known : start(asker, question, hasToken);
      flight.askers.add(asker);
      for (const news of flight.told) page.tell(asker, news);
    },
    leave,
    forget() {
      for (const flight of flights.values()) {
        flight.askers.clear();
        flight.abort.abort();
      }
      flights.clear();
    },
  };
}

const isFailure = (news: News): boolean =>
  news.kind === 'reply' ? news.reply.kind === 'failed' : news.visits.kind === 'failed';
