import { build } from '../contract/build.js';
import type { Gives, PageSide, Question, RegisterService } from '../contract/register-service.js';
import { checkRegister } from '../register/check.js';
import { Flight, type Ground } from './flight.js';
import { Post } from './post.js';
import { rehearse } from './rehearsal.js';
import { Remembering } from './remembering.js';
import { Sharing } from './sharing.js';

/** The longest that any TraceID without an encounter may serve, in seconds (public contract, `fresh-for`). */
const longestFresh = 3600;

/**
 * The register as one page sees it: however many banners share an open, one request is made, under one TraceID. With a
 * user the open is shared with the other tabs of the origin too. Answers are kept in memory; failures never.
 */
export function createRegisterService(page: PageSide, now: () => number = () => Date.now()): RegisterService {
  /** By every TraceID that a banner of this page may know them under. */
  const flights = new Map<string, Flight>();
  const sharing = new Sharing(page, now);
  const post = new Post();
  const tell: Post['put'] = (asker, news) => {
    post.put(asker, news);
  };
  const remembering = new Remembering(page, tell, now);
  const ground: Ground = {
    tell,
    saidAll: (asker) => {
      post.seal(asker);
    },
    heard: (flight, news) => {
      remembering.heard(flight, news);
    },
    adopted: (flight) => flights.set(flight.trace.traceId, flight),
    now,
  };

  const tidy = (): void => {
    for (const [traceId, flight] of flights) if (flight.askers.size === 0 && !flight.serves()) flights.delete(traceId);
    sharing.tidy(longestFresh);
  };

  const check = (flight: Flight, asker: string, hasToken: boolean, seconds: number): Promise<void> => {
    const token = async (): Promise<string> => {
      flight.needsPage = true;
      try {
        return await page.token([...flight.askers][0] ?? asker);
      } finally {
        flight.needsPage = false;
      }
    };
    const question = { ...flight.question, traceId: flight.trace.traceId, timeout: seconds };
    return checkRegister(
      question,
      hasToken ? token : undefined,
      flight.abort.signal,
      (news) => {
        flight.tell(news);
        // What failed for want of anybody here to wait for it is asked again by the tab whose turn is next.
        if (flight.askers.size > 0 || !flight.hasFailed) sharing.tell(flight);
      },
      now,
    );
  };

  const drop = async (flight: Flight): Promise<void> => {
    // A request that may have left is not aborted while another tab waits for its answer (safety rule 4).
    if (flight.phase === 'asking' && flight.isTraceKnown && (await sharing.isAwaited(flight))) return;
    if (flight.askers.size === 0 && flight.phase !== 'over') flight.finish();
  };

  /** When what is answered serves nobody any more, it goes by itself. */
  const keep = (flight: Flight, { freshFor, timeout }: Question): void => {
    flight.keptFor = Math.max(flight.keptFor, freshFor);
    setTimeout(tidy, (flight.keptFor + timeout) * 1000);
  };

  const ask = (asker: string, question: Question, gives: Gives): void => {
    tidy();
    const known = flights.get(question.traceId);
    if (known?.serves(question.freshFor) === true) {
      keep(known, question);
      known.join(asker, question.traceId);
      return;
    }
    const { traceId, open, openedAt } = question;
    const fresh = { traceId, openedAt, hasEncounter: open.encounter !== '' };
    const flight = new Flight(question, known?.trace ?? fresh, ground);
    flight.isTraceKnown = known?.isTraceKnown ?? false;
    // Asked again, it serves as long as what it was asked for first.
    flight.keptFor = known?.keptFor ?? 0;
    keep(flight, question);
    flights.set(question.traceId, flight);
    flights.set(flight.trace.traceId, flight);
    flight.join(asker, question.traceId);
    if (gives.storageKey) remembering.mayKeep(flight, asker);
    const checked = async (seconds: number): Promise<void> => {
      const startedAt = performance.now();
      await remembering.keep(flight);
      await check(flight, asker, gives.token, seconds - (performance.now() - startedAt) / 1000);
    };
    void (open.user === ''
      ? flight.fly(() => checked(question.timeout))
      : sharing.share(flight, () => remembering.recall(flight), checked));
  };

  return {
    ready: () => Promise.resolve(build),
    rehearse,
    ask(asker, question, gives) {
      post.open(asker);
      ask(asker, question, gives);
      return post.collect(asker);
    },
    more: (asker) => post.collect(asker),
    leave(asker) {
      for (const flight of new Set(flights.values()))
        if (flight.askers.delete(asker) && flight.askers.size === 0 && flight.phase !== 'over') void drop(flight);
      post.close(asker);
      return Promise.resolve();
    },
    async adopt(traceId, open) {
      const flight = flights.get(traceId);
      if (flight === undefined || open.user === '') return;
      remembering.adopted(flight, open);
      await sharing.alsoNamed(flight, open);
    },
    forget(stored) {
      for (const flight of flights.values()) {
        flight.askers.clear();
        flight.finish();
      }
      flights.clear();
      post.forget();
      sharing.forget(!stored);
      remembering.forget(stored);
      return Promise.resolve();
    },
  };
}
