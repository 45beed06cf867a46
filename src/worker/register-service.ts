import type { News, Question, RegisterService } from '../contract/register-service.js';
import { checkRegister } from '../register/check.js';

/** One check under way or answered, and everyone who waits for it. */
interface Flight {
  readonly abort: AbortController;
  readonly askers: Map<string, (news: News) => void>;
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
export function createRegisterService(now: () => number = () => Date.now()): RegisterService {
  const flights = new Map<string, Flight>();

  const isFresh = (flight: Flight, seconds: number): boolean => {
    if (flight.answeredAt === undefined) return true;
    const age = now() - flight.answeredAt;
    return age >= 0 && age < seconds * 1000;
  };

  const start = (question: Question, token: Parameters<RegisterService['ask']>[3]): Flight => {
    const flight: Flight = { abort: new AbortController(), askers: new Map(), told: [], answeredAt: undefined };
    for (const [traceId, old] of flights)
      if (old.askers.size === 0 && !isFresh(old, longestFresh)) flights.delete(traceId);
    flights.set(question.traceId, flight);
    const tell = (news: News): void => {
      flight.told.push(news);
      for (const listener of flight.askers.values()) listener(news);
    };
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
    ask(asker, question, tell, token) {
      const known = flights.get(question.traceId);
      const flight = known !== undefined && isFresh(known, question.freshFor) ? known : start(question, token);
      flight.askers.set(asker, tell);
      for (const news of flight.told) tell(news);
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
