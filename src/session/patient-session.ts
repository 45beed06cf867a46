import type { News } from '../contract/register-service.js';
import { askedOf, idle, reduce, type Asked, type BannerEvent, type BannerState } from '../domain/banner-state.js';
import { continues, encounterAfter, readIntent, type HostContext, type Intent } from '../domain/patient-open.js';
import { afterTask } from './after-task.js';
import { page, watchPage, type LetGo } from './page.js';
import type { Means } from './register-link.js';
import { whenVisible } from './when-visible.js';

/** How a question is to be asked; times in seconds. */
export interface Asking extends Means {
  readonly freshFor: number;
  readonly timeout: number;
}

/** What a session needs of the element that owns it. */
export interface SessionHost {
  context(): HostContext;
  asking(): Asking;
  /** The encounter belongs to the patient before, and must not follow to this one. */
  dropEncounter(): void;
  /** The state has changed. */
  feed(state: BannerState): void;
}

/**
 * One element's stream of opens. What the host changes in one task becomes one open when the task is over; a change of
 * patient blanks in the host's own task; a newer open stops listening to the older one.
 */
export class PatientSession {
  readonly #host: SessionHost;
  #state: BannerState = idle;
  #connected = false;
  /** The host's task is not over. */
  #settling = false;
  /** The question whose news is listened to; aborted, it is not. */
  #listening: AbortController | undefined;
  /** The patient when the host's last task was over. */
  #settled = { nhsNumber: '', encounter: '' };
  #counted = 0;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  connect(): void {
    watchPage();
    page.link.join(this.#host.asking().workerUrl);
    page.letGo.add(this.#letGo);
    this.#connected = true;
    this.hostChanged();
  }

  /** The element is gone from the document: nothing of its patient stays behind in it. */
  disconnect(): void {
    this.#connected = false;
    page.letGo.delete(this.#letGo);
    this.#settling = false;
    this.#stopListening();
    page.link.part();
    this.#apply({ type: 'nobody' });
  }

  /** The host has set something. Blanks at once when what is shown no longer describes the host's patient. */
  hostChanged(): void {
    if (!this.#connected) return;
    const intent = readIntent(this.#host.context());
    this.#apply({ type: 'host-changed', intent, adoptable: this.#adoptable(intent) });
    if (this.#settling) return;
    this.#settling = true;
    afterTask(() => {
      if (!this.#settling) return;
      this.#settling = false;
      this.#settle();
    });
  }

  /** Asks again for the same open, under its TraceID; not while it is being asked, nor with nobody to ask about. */
  check(): void {
    const asked = askedOf(this.#state);
    if (asked !== undefined && this.#state.kind !== 'checking') this.#ask({ ...asked, question: ++this.#counted }, 0);
  }

  /** The host's task is over: what it set becomes one open, or the reason why there is none. */
  #settle(): void {
    const context = this.#host.context();
    if (encounterAfter(this.#settled, context) !== context.encounter) this.#host.dropEncounter();
    const { nhsNumber, encounter } = this.#host.context();
    this.#settled = { nhsNumber, encounter };

    const intent = readIntent(this.#host.context());
    if (intent.kind !== 'ask') {
      this.#stopListening();
      this.#apply(intent.kind === 'nobody' ? { type: 'nobody' } : { type: 'cannot-ask', reason: intent.reason });
      return;
    }
    if (!this.#carriesOn(intent)) this.#ask(this.#askedFor(intent), this.#host.asking().freshFor);
  }

  /** Whether the host still means the open at hand; an encounter that has come for it takes it over. */
  #carriesOn(intent: Intent & { kind: 'ask' }): boolean {
    const asked = askedOf(this.#state);
    if (asked?.setting !== intent.setting || !continues(asked.open, intent.open, this.#adoptable(intent))) return false;
    if (intent.open.encounter !== '' && asked.open.encounter === '') {
      // The book notes that this encounter has taken the open over, with its TraceID; so do the other tabs.
      page.link.adopt(this.#traceIdOf(intent), intent.open);
      this.#apply({ type: 'adopted', open: intent.open });
    }
    return true;
  }

  #askedFor(intent: Intent & { kind: 'ask' }): Asked {
    const { open, setting } = intent;
    return { open, setting, traceId: this.#traceIdOf(intent), question: ++this.#counted };
  }

  #ask(asked: Asked, freshFor: number): void {
    this.#apply({ type: 'asked', asked });
    const before = this.#listening;
    const { signal } = (this.#listening = new AbortController());
    whenVisible(() => {
      const asking = this.#host.asking();
      const { open, traceId, question } = asked;
      const tell = (news: News): void => {
        this.#hear(question, news);
      };
      page.link.ask({ open, traceId, freshFor, timeout: asking.timeout }, asking, tell, signal);
    }, signal);
    // Only now: the register's side hears of what it is asked before it hears of what nobody waits for any more.
    before?.abort();
  }

  #stopListening(): void {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  #hear(question: number, news: News): void {
    switch (news.kind) {
      case 'reply':
        this.#apply({ type: 'replied', question, reply: news.reply });
        return;
      case 'visits':
        this.#apply({ type: 'visits', question, visits: news.visits });
        return;
      case 'last-known':
        this.#apply({ type: 'last-known', question, lastKnown: news.lastKnown });
        return;
      case 'trace': {
        const asked = askedOf(this.#state);
        if (asked?.question !== question) return;
        page.book.keep(asked.open, news.traceId, news.openedAt);
        this.#apply({ type: 'traced', question, traceId: news.traceId });
      }
    }
  }

  /** What the host has set in the task that is not over is let go with the rest: nothing is asked when it is over. */
  readonly #letGo: LetGo = (reason) => {
    const intent = readIntent(this.#host.context());
    if (intent.kind === 'ask' && !this.#carriesOn(intent))
      this.#apply({ type: 'asked', asked: this.#askedFor(intent) });
    this.#stopListening();
    this.#apply({ type: 'let-go', reason });
  };

  #adoptable(intent: Intent): boolean {
    const asked = askedOf(this.#state);
    if (intent.kind !== 'ask' || asked === undefined) return false;
    return page.book.isAdoptable(intent.open, asked.traceId, this.#host.asking().freshFor, Date.now());
  }

  #traceIdOf({ open }: Intent & { kind: 'ask' }): string {
    return page.book.traceIdOf(open, this.#host.asking().freshFor, Date.now());
  }

  #apply(event: BannerEvent): void {
    const state = reduce(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#host.feed(state);
  }
}
