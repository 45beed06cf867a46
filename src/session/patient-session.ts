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

/** How to ask a question; times in seconds. */
export interface CheckSettings extends HostGives {
  readonly freshFor: number;
  readonly timeout: number;
}

/** What a session needs from the element that owns it. */
export interface SessionHost extends OpensHost {
  /** Whether the element is in a document: one that was removed asks nothing. */
  isConnected(): boolean;
  /** The element's document, which need not be the page's: nothing is asked until it is visible. */
  document(): Document;
  checkSettings(): CheckSettings;
  /** The state has changed: the screen must follow at once. */
  feed(state: BannerState): void;
  /** The task is over: tell the host what has changed. Its listeners may change anything. */
  announce(): void;
  /** Something threw: the screen may be wrong. */
  failed(): void;
}

/** The question whose news is followed: one being asked, or one already answered. */
const listenedTo = (state: BannerState): Asked | undefined =>
  state.kind === 'checking' || state.kind === 'answered' ? state.asked : undefined;

/** This many throws in a row are no accident. */
const mostThrows = 3;

/** The state after a fault of ours: not checked, whoever is open. */
const lost = (state: BannerState): BannerState => ({ kind: 'dropped', asked: askedOf(state), reason: 'unreachable' });

/**
 * One element's stream of opens:
 *
 *     what the host does, what the register says → events → reduce → state → fed to the element
 *                                      ↑                               ↓ the task is over: the host is told
 *                                      └──────── news ← asked ← the question of the state
 *
 * What the host changes in one task becomes one open when the task is over. A change of patient blanks the banner in
 * the host's own task. A newer question takes the place of the older one.
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
        // A throw ends its stream: report it, and start another (safety rule 8).
        catchError((_, another) => {
          this.#host.failed();
          this.#feed(lost(this.#state.value));
          // A stream that throws every time would restart for ever: wait until the host or the reader acts.
          return ++this.#throws > mostThrows ? EMPTY : another;
        }),
      )
      .subscribe((state) => {
        this.#feed(state);
      });
  }

  /** The host or the reader has acted: restart the stream if it had stopped. */
  #wake(): void {
    this.#throws = 0;
    if (this.#connection?.closed === true) this.#listen();
  }

  /** The element has left the document: it keeps nothing of its patient. */
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

  /** The element's words have changed by themselves, as when the minute turns, or it has moved in the document. */
  viewChanged(): void {
    this.#views.next();
  }

  /** Asks again for the same open, under its TraceID; does nothing during a check, or with nobody to ask about. */
  check(): void {
    this.#wake();
    this.#checks.next('all');
  }

  /** Asks again for the same open because its visits did not load; everything else stays on screen meanwhile. */
  checkVisits(): void {
    this.#wake();
    this.#checks.next('visits');
  }

  /** No answer has come in the time allowed: the question is dropped. */
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
   * News for the newest question. When the task is over the host is told first, and its reaction is seen before
   * anything is asked. The previous question is followed until the host's task is over.
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
      // By the time the page is visible, the host may have opened somebody else.
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
