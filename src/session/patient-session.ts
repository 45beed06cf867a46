import {
  audit,
  BehaviorSubject,
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  map,
  merge,
  scan,
  Subject,
  switchMap,
  takeUntil,
  tap,
  type Observable,
  type Subscription,
} from 'rxjs';

import { askedOf, idle, reduce, type Asked, type BannerState } from '../domain/banner-state.js';
import type { HostGives } from './asked-question.js';
import { endOfTask } from './end-of-task.js';
import { OpenEvents, type Events, type OpensHost } from './open-events.js';
import { page as thisPage, watchPage, type Page } from './page.js';
import { whenVisible } from './when-visible.js';

/** How a question is to be asked; times in seconds. */
export interface CheckSettings extends HostGives {
  readonly freshFor: number;
  readonly timeout: number;
}

/** What a session needs of the element that owns it. */
export interface SessionHost extends OpensHost {
  /** Whether the element is in a document: one that was taken out asks nothing. */
  isConnected(): boolean;
  /** The document it stands in, which need not be the page's: nothing is asked before that can be seen. */
  document(): Document;
  checkSettings(): CheckSettings;
  /** The state has changed: what is shown follows at once. */
  feed(state: BannerState): void;
  /** The task is over: the host is told what has changed. Its listeners may change anything. */
  announce(): void;
  /** Something threw: what stands on the screen may not be true. */
  failed(): void;
}

/** The question that is being asked, or was and is answered: its news is listened to. */
const listenedTo = (state: BannerState): Asked | undefined =>
  state.kind === 'checking' || state.kind === 'answered' ? state.asked : undefined;

/** So many throws one after another are no accident. */
const mostThrows = 3;

/** Where a fault of ours leaves a session: not checked, whoever is open. */
const lost = (state: BannerState): BannerState => ({ kind: 'dropped', asked: askedOf(state), reason: 'unreachable' });

/**
 * One element's stream of opens:
 *
 *     what the host does, what the register says → events → reduce → state → fed to the element
 *                                      ↑                               ↓ the task is over: the host is told
 *                                      └──────── news ← asked ← the question of the state
 *
 * What the host changes in one task becomes one open when the task is over; a change of patient blanks in the host's
 * own task; a newer question stops listening to the older one.
 */
export class PatientSession {
  readonly #host: SessionHost;
  readonly #page: Page;
  readonly #opens: OpenEvents;
  readonly #changes = new Subject<void>();
  readonly #checks = new Subject<'all' | 'visits'>();
  readonly #waitedEnough = new Subject<void>();
  readonly #views = new Subject<void>();
  readonly #state = new BehaviorSubject<BannerState>(idle);
  #connection: Subscription | undefined;
  #throws = 0;

  constructor(host: SessionHost, page: Page = thisPage) {
    this.#host = host;
    this.#page = page;
    this.#opens = new OpenEvents(host, page, () => this.#state.value);
  }

  connect(): void {
    watchPage();
    this.#page.link.join(this.#host.checkSettings().workerUrl);
    this.#listen();
    this.hostChanged();
  }

  #listen(): void {
    const events = merge(
      this.#changes.pipe(map(() => this.#opens.changed())),
      this.#changes.pipe(
        audit(endOfTask),
        map(() => this.#opens.settled()),
      ),
      this.#checks.pipe(map((what) => (what === 'visits' ? this.#opens.askForVisits() : this.#opens.askAgain()))),
      this.#page.dropped.pipe(map((reason) => this.#opens.dropped(reason))),
      this.#waitedEnough.pipe(map((): Events => [{ type: 'dropped', reason: 'timed-out' }])),
      this.#news(),
    );
    this.#connection = defer(() => events.pipe(scan(reduceAll, this.#state.value), distinctUntilChanged()))
      .pipe(
        // A throw ends the stream that it was thrown in: it is said, and another stream begins (safety rule 8).
        catchError((_, another) => {
          this.#host.failed();
          this.#feed(lost(this.#state.value));
          // What throws each time would go on for ever: it is let be until the host or the reader does something.
          return ++this.#throws > mostThrows ? EMPTY : another;
        }),
      )
      .subscribe((state) => {
        this.#feed(state);
      });
  }

  /** Something is done: what had stopped begins again. */
  #wake(): void {
    this.#throws = 0;
    if (this.#connection?.closed === true) this.#listen();
  }

  /** The element is gone from the document: nothing of its patient stays behind in it. */
  disconnect(): void {
    this.#connection?.unsubscribe();
    this.#connection = undefined;
    this.#page.link.part();
    this.#feed(idle);
  }

  /** The host has set something. */
  hostChanged(): void {
    this.#wake();
    this.#changes.next();
  }

  /** The element says something else by itself, as when the minute turns; or it stands elsewhere in the document. */
  viewChanged(): void {
    this.#views.next();
  }

  /** Asks again for the same open, under its TraceID; not while it is being asked, nor with nobody to ask about. */
  check(): void {
    this.#wake();
    this.#checks.next('all');
  }

  /** Asks again for the same open for the sake of its visits, which did not load; what is known stands meanwhile. */
  checkVisits(): void {
    this.#wake();
    this.#checks.next('visits');
  }

  /** Nothing has come for longer than it may take: whatever was asked is let go. */
  giveUp(): void {
    this.#waitedEnough.next();
  }

  #feed(state: BannerState): void {
    this.#state.next(state);
    try {
      this.#host.feed(state);
    } catch {
      this.#host.failed();
    }
  }

  /**
   * What the register says to the newest question. When the task is over the host is told first; what it does then is
   * seen before anything is asked. The question before is listened to until the host's task is over.
   */
  #news(): Observable<Events> {
    return merge(this.#state, this.#views).pipe(
      filter(() => this.#isSettled),
      audit(endOfTask),
      filter(() => this.#isSettled),
      tap(() => {
        this.#host.announce();
      }),
      filter(() => this.#isSettled && this.#host.isConnected()),
      map(() => listenedTo(this.#state.value)),
      distinctUntilChanged((before, asked) => before?.question === asked?.question),
      switchMap((asked) => (asked === undefined ? EMPTY : this.#ask(asked))),
    );
  }

  get #isSettled(): boolean {
    return this.#state.value.kind !== 'settling';
  }

  #ask({ open, setting, traceId, openedAt, question, again }: Asked): Observable<Events> {
    return whenVisible(this.#host.document()).pipe(
      // Whoever makes the page visible may first have opened somebody else.
      filter(() => listenedTo(this.#state.value)?.question === question),
      switchMap(() => {
        const settings = this.#host.checkSettings();
        const { freshFor: lasts, timeout } = settings;
        const freshFor = again === true ? 0 : lasts;
        return this.#page.link.ask({ open, setting, traceId, openedAt, lasts, freshFor, timeout }, settings);
      }),
      map((news) => this.#opens.heard(question, news)),
      takeUntil(this.#page.dropped),
    );
  }
}

const reduceAll = (state: BannerState, events: Events): BannerState => events.reduce(reduce, state);
