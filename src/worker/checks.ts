import { build } from '../contract/build.js';
import type { CanGive, News, PageSide, Question, RegisterService, Rehearsal } from '../contract/register-service.js';
import type { PatientOpen } from '../domain/patient-open.js';
import { checkRegister } from '../register/check.js';
import { Check } from './check.js';
import { Keeper } from './keeper.js';
import { Post } from './post.js';
import { rehearse } from './rehearsal.js';
import { SharedChecks } from './shared-checks.js';

/** The longest that a TraceID without an encounter may be used, in seconds (public contract, `fresh-for`). */
const longestFresh = 3600;

/**
 * The register as one page sees it. However many banners share an open, one request is made, under one TraceID. With a
 * user, the open is also shared with other tabs of the origin. Answers are kept in memory; failures never are.
 */
export class Checks implements RegisterService {
  readonly #page: PageSide;
  readonly #now: () => number;
  /** Under every TraceID by which a banner of this page may know them. */
  readonly #checks = new Map<string, Check>();
  readonly #shared: SharedChecks;
  readonly #post = new Post();
  readonly #keeper: Keeper;

  constructor(page: PageSide, now: () => number = () => Date.now()) {
    this.#page = page;
    this.#now = now;
    this.#shared = new SharedChecks(page, now);
    this.#keeper = new Keeper(page, this.#tell, now);
  }

  ready(): Promise<string> {
    return Promise.resolve(build);
  }

  rehearse(): Promise<Rehearsal> {
    return rehearse();
  }

  ask(asker: string, question: Question, canGive: CanGive): Promise<readonly News[]> {
    this.#post.open(asker);
    this.#tidy();
    const known = this.#checks.get(question.traceId);
    if (known?.serves(question.freshFor) === true) this.#join(known, asker, question);
    else this.#start(this.#newCheck(question, known), asker, question, canGive);
    return this.#post.collect(asker);
  }

  more(asker: string): Promise<readonly News[]> {
    return this.#post.collect(asker);
  }

  leave(asker: string): Promise<void> {
    for (const check of new Set(this.#checks.values()))
      if (check.askers.delete(asker) && check.askers.size === 0 && check.phase !== 'over') void this.#drop(check);
    this.#post.close(asker);
    return Promise.resolve();
  }

  async adopt(traceId: string, open: PatientOpen): Promise<void> {
    const check = this.#checks.get(traceId);
    if (check === undefined || open.user === '') return;
    this.#keeper.adopted(check, open);
    await this.#shared.alsoNamed(check, open);
  }

  forget(stored: boolean): Promise<void> {
    for (const check of this.#checks.values()) {
      check.askers.clear();
      check.finish();
    }
    this.#checks.clear();
    this.#post.forget();
    this.#shared.forget(!stored);
    this.#keeper.forget(stored);
    return Promise.resolve();
  }

  readonly #tell = (asker: string, news: News): void => {
    this.#post.put(asker, news);
  };

  #newCheck(question: Question, known: Check | undefined): Check {
    const { traceId, open, openedAt } = question;
    const trace = known?.trace ?? { traceId, openedAt, hasEncounter: open.encounter !== '' };
    const check = new Check(question, trace, {
      tell: this.#tell,
      saidAll: (asker) => {
        this.#post.seal(asker);
      },
      heard: (check, news) => {
        this.#keeper.heard(check, news);
      },
      adopted: (check) => this.#checks.set(check.trace.traceId, check),
      now: this.#now,
    });
    check.isTraceKnown = known?.isTraceKnown ?? false;
    // A check asked again keeps its answer at least as long as the first did.
    check.keptFor = known?.keptFor ?? 0;
    this.#checks.set(traceId, check);
    this.#checks.set(trace.traceId, check);
    return check;
  }

  #start(check: Check, asker: string, question: Question, canGive: CanGive): void {
    this.#join(check, asker, question);
    if (canGive.storageKey) this.#keeper.mayKeep(check, asker);
    const ask = async (seconds: number): Promise<void> => {
      const startedAt = performance.now();
      await this.#keeper.keep(check);
      await this.#askRegister(check, asker, canGive.token, seconds - (performance.now() - startedAt) / 1000);
    };
    void (question.open.user === ''
      ? check.run(() => ask(question.timeout))
      : this.#shared.share(check, () => this.#keeper.recall(check), ask));
  }

  /** A timer drops the answer once it is too old to serve anybody. */
  #join(check: Check, asker: string, { traceId, freshFor, timeout }: Question): void {
    check.keptFor = Math.max(check.keptFor, freshFor);
    setTimeout(
      () => {
        this.#tidy();
      },
      (check.keptFor + timeout) * 1000,
    );
    check.join(asker, traceId);
  }

  #askRegister(check: Check, asker: string, hasToken: boolean, timeout: number): Promise<void> {
    const token = async (): Promise<string> => {
      check.needsPage = true;
      try {
        return await this.#page.token([...check.askers][0] ?? asker);
      } finally {
        check.needsPage = false;
      }
    };
    return checkRegister(
      { ...check.question, traceId: check.trace.traceId, timeout },
      hasToken ? token : undefined,
      check.abort.signal,
      (news) => {
        check.tell(news);
        // If it failed and nobody here was waiting, say nothing: the tab with the next turn asks again.
        if (check.askers.size > 0 || !check.hasFailed) this.#shared.tell(check);
      },
      this.#now,
    );
  }

  async #drop(check: Check): Promise<void> {
    // A request that may have left is not aborted while another tab waits for its answer (safety rule 4).
    if (check.phase === 'asking' && check.isTraceKnown && (await this.#shared.isAwaited(check))) return;
    if (check.askers.size === 0 && check.phase !== 'over') check.finish();
  }

  #tidy(): void {
    for (const [traceId, check] of this.#checks)
      if (check.askers.size === 0 && !check.serves()) this.#checks.delete(traceId);
    this.#shared.tidy(longestFresh);
  }
}
