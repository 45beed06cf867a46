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

import type { News } from '../contract/register-service.js';
import {
  askedOf,
  idle,
  reduce,
  type Asked,
  type BannerEvent,
  type BannerState,
  type LetGoReason,
} from '../domain/banner-state.js';
import { continues, encounterAfter, readIntent, type HostContext, type Intent } from '../domain/patient-open.js';
import { endOfTask } from './end-of-task.js';
import type { Opened } from './open-book.js';
import { page as thisPage, watchPage, type Page } from './page.js';
import type { Means } from './register-link.js';
import { whenVisible } from './when-visible.js';

/** How a question is to be asked; times in seconds. */
export interface Asking extends Means {
  readonly freshFor: number;
  readonly timeout: number;
}

/** What a session needs of the element that owns it. */
export interface SessionHost {
  /** Whether the element is in a document: one that was taken out asks nothing. */
  isConnected(): boolean;
  /** The document it stands in, which need not be the page's: nothing is asked before that can be seen. */
  document(): Document;
  context(): HostContext;
  asking(): Asking;
  /** The encounter belongs to the patient before, and must not follow to this one. */
  dropEncounter(): void;
  /** The state has changed: what is shown follows at once. */
  feed(state: BannerState): void;
  /** The task is over: the host is told what has changed. Its listeners may change anything. */
  announce(): void;
  /** Something threw: what stands on the screen may not be true. */
  failed(): void;
}

type Ask = Intent & { kind: 'ask' };
/** What happens at one moment, to be reduced before anybody looks. */
type Events = readonly BannerEvent[];

/** The question that is being asked, or was and is answered: its news is listened to. */
const listenedTo = (state: BannerState): Asked | undefined =>
  state.kind === 'checking' || state.kind === 'answered' ? state.asked : undefined;

const isFault = (reason: LetGoReason): boolean => reason === 'unreachable' || reason === 'timed-out';

/** So many throws one after another are no accident. */
const mostThrows = 3;

/** Where a fault of ours leaves a session: not checked, whoever is open. */
const lost = (state: BannerState): BannerState => ({ kind: 'let-go', asked: askedOf(state), reason: 'unreachable' });

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
  readonly #changes = new Subject<void>();
  readonly #checks = new Subject<'all' | 'visits'>();
  readonly #waitedEnough = new Subject<void>();
  readonly #views = new Subject<void>();
  readonly #state = new BehaviorSubject<BannerState>(idle);
  #connection: Subscription | undefined;
  /** Who was open when the host's last task was over. */
  #lastPatient = { nhsNumber: '', encounter: '' };
  #counted = 0;
  #throws = 0;

  constructor(host: SessionHost, page: Page = thisPage) {
    this.#host = host;
    this.#page = page;
  }

  connect(): void {
    watchPage();
    this.#page.link.join(this.#host.asking().workerUrl);
    this.#listen();
    this.hostChanged();
  }

  #listen(): void {
    const events = merge(
      this.#changes.pipe(map(() => this.#changed())),
      this.#changes.pipe(
        audit(endOfTask),
        map(() => this.#settle()),
      ),
      this.#checks.pipe(map((what) => (what === 'visits' ? this.#askForVisits() : this.#askAgain()))),
      this.#page.letGo.pipe(map((reason) => this.#letGo(reason))),
      this.#waitedEnough.pipe(map((): Events => [{ type: 'let-go', reason: 'timed-out' }])),
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
        const asking = this.#host.asking();
        const { freshFor: lasts, timeout } = asking;
        const freshFor = again === true ? 0 : lasts;
        return this.#page.link.ask({ open, setting, traceId, openedAt, lasts, freshFor, timeout }, asking);
      }),
      map((news) => this.#heard(question, news)),
      takeUntil(this.#page.letGo),
    );
  }

  /** Blanks in the host's own task when what is shown no longer describes the host's patient (safety rule 3). */
  #changed(): Events {
    const intent = readIntent(this.#host.context());
    return [{ type: 'host-changed', intent, adoptable: this.#adoptable(intent) }];
  }

  /** The host's task is over: what it set becomes one open, or the reason why there is none. */
  #settle(): Events {
    const intent = this.#intent();
    switch (intent.kind) {
      case 'nobody':
        return [{ type: 'nobody' }];
      case 'cannot-ask':
        return [{ type: 'cannot-ask', reason: intent.reason }];
      case 'ask':
        return this.#open(intent);
    }
  }

  /** What the host means now that its task is over: another patient does not take over the encounter of the one before. */
  #intent(): Intent {
    let context = this.#host.context();
    if (encounterAfter(this.#lastPatient, context) !== context.encounter) {
      this.#host.dropEncounter();
      context = this.#host.context();
    }
    this.#lastPatient = { nhsNumber: context.nhsNumber, encounter: context.encounter };
    return readIntent(context);
  }

  /** A new open; or the open at hand, which an encounter that has come for it takes over. */
  #open(intent: Ask): Events {
    const { open, setting } = intent;
    const asked = askedOf(this.#state.value);
    if (asked?.setting !== setting || !continues(asked.open, open, this.#adoptable(intent)))
      return [this.#asked(intent)];
    if (open.encounter === '' || asked.open.encounter !== '') return [];
    // The book notes that this encounter has taken the open over, with its TraceID; so do the other tabs.
    this.#page.link.adopt(this.#opened(intent).traceId, open);
    return [{ type: 'adopted', open }];
  }

  #askAgain(): Events {
    const state = this.#state.value;
    if (state.kind === 'let-go' && isFault(state.reason)) return this.#askAfterFault();
    const asked = askedOf(state);
    if (asked === undefined || state.kind === 'checking') return [];
    return [{ type: 'asked', asked: { ...asked, question: ++this.#counted, again: true } }];
  }

  #askForVisits(): Events {
    return [{ type: 'visits-asked', question: ++this.#counted }];
  }

  /** After a fault: about whoever is open now, since what the host has set may have been lost too. */
  #askAfterFault(): Events {
    const intent = this.#intent();
    return intent.kind === 'ask' ? [this.#asked(intent, true)] : this.#settle();
  }

  #asked(intent: Ask, again = false): BannerEvent {
    const { open, setting } = intent;
    return {
      type: 'asked',
      asked: { open, setting, ...this.#opened(intent), question: ++this.#counted, again },
    };
  }

  /** What the host has set in the task that is not over is let go with the rest: nothing is asked when it is over. */
  #letGo(reason: 'signed-out' | 'check-again'): Events {
    const intent = readIntent(this.#host.context());
    return [...(intent.kind === 'ask' ? this.#open(intent) : []), { type: 'let-go', reason }];
  }

  #heard(question: number, news: News): Events {
    switch (news.kind) {
      case 'reply':
        return [{ type: 'replied', question, reply: news.reply }];
      case 'visits':
        return [{ type: 'visits', question, visits: news.visits }];
      case 'last-known':
        return [{ type: 'last-known', question, lastKnown: news.lastKnown }];
      case 'trace': {
        const asked = askedOf(this.#state.value);
        if (asked?.question !== question) return [];
        this.#page.book.keep(asked.open, news.traceId, news.openedAt, news.adoptedBy);
        return [{ type: 'traced', question, traceId: news.traceId, openedAt: news.openedAt }];
      }
    }
  }

  #adoptable(intent: Intent): boolean {
    const asked = askedOf(this.#state.value);
    if (intent.kind !== 'ask' || asked === undefined) return false;
    return this.#page.book.isAdoptable(intent.open, asked.traceId, this.#host.asking().freshFor, Date.now());
  }

  #opened({ open }: Ask): Opened {
    const { traceId, openedAt } = this.#page.book.opened(open, this.#host.asking().freshFor, Date.now());
    return { traceId, openedAt };
  }
}

const reduceAll = (state: BannerState, events: Events): BannerState => events.reduce(reduce, state);
