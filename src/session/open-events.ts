import type { News } from '../contract/register-service.js';
import { askedOf, type BannerEvent, type BannerState, type DropReason } from '../domain/banner-state.js';
import { continues, encounterAfter, readIntent, type HostContext, type Intent } from '../domain/patient-open.js';
import type { Opened } from './open-book.js';
import type { Page } from './page.js';

/** The events of one moment, reduced together before the state is read. */
export type Events = readonly BannerEvent[];

/** What one element's opens need from its host. */
export interface OpensHost {
  context(): HostContext;
  /** How long an answer serves the same open, in seconds. */
  checkSettings(): { readonly freshFor: number };
  /** Drops the encounter: it belongs to the previous patient. */
  dropEncounter(): void;
}

type Ask = Intent & { kind: 'ask' };

const isFault = (reason: DropReason): boolean => reason === 'unreachable' || reason === 'timed-out';

/** Turns the host's changes, the reader's requests and the register's news into events for one element's state. */
export class OpenEvents {
  readonly #host: OpensHost;
  readonly #page: Page;
  readonly #state: () => BannerState;
  /** Who was open when the host's last task ended. */
  #lastPatient = { nhsNumber: '', encounter: '' };
  #counted = 0;

  constructor(host: OpensHost, page: Page, state: () => BannerState) {
    this.#host = host;
    this.#page = page;
    this.#state = state;
  }

  /** Blanks the banner in the host's own task when it no longer describes the host's patient (safety rule 3). */
  changed(): Events {
    const intent = readIntent(this.#host.context());
    return [{ type: 'host-changed', intent, adoptable: this.#adoptable(intent) }];
  }

  /** The host's task is over: what it set becomes one open, or the reason why there is none. */
  settled(): Events {
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

  /** The host's intent once its task is over: a new patient does not inherit the previous one's encounter. */
  #intent(): Intent {
    let context = this.#host.context();
    if (encounterAfter(this.#lastPatient, context) !== context.encounter) {
      this.#host.dropEncounter();
      context = this.#host.context();
    }
    this.#lastPatient = { nhsNumber: context.nhsNumber, encounter: context.encounter };
    return readIntent(context);
  }

  /** A new open, or the current one if an encounter has just arrived for it. */
  #open(intent: Ask): Events {
    const { open, setting } = intent;
    const asked = askedOf(this.#state());
    if (asked?.setting !== setting || !continues(asked.open, open, this.#adoptable(intent)))
      return [this.#asked(intent)];
    if (open.encounter === '' || asked.open.encounter !== '') return [];
    // This book and the other tabs record that the encounter has taken over the open and its TraceID.
    this.#page.link.adopt(this.#opened(intent).traceId, open);
    return [{ type: 'adopted', open }];
  }

  askAgain(): Events {
    const state = this.#state();
    if (state.kind === 'dropped' && isFault(state.reason)) return this.#askAfterFault();
    const asked = askedOf(state);
    if (asked === undefined || state.kind === 'checking') return [];
    return [{ type: 'asked', asked: { ...asked, question: ++this.#counted, again: true } }];
  }

  askForVisits(): Events {
    return [{ type: 'visits-asked', question: ++this.#counted }];
  }

  /** After a fault, asks about the patient open now: the host's latest changes may have been lost too. */
  #askAfterFault(): Events {
    const intent = this.#intent();
    return intent.kind === 'ask' ? [this.#asked(intent, true)] : this.settled();
  }

  #asked(intent: Ask, again = false): BannerEvent {
    const { open, setting } = intent;
    return {
      type: 'asked',
      asked: { open, setting, ...this.#opened(intent), question: ++this.#counted, again },
    };
  }

  /** Changes from the host's unfinished task are dropped too: nothing is asked when it ends. */
  dropped(reason: 'signed-out' | 'check-again'): Events {
    const intent = readIntent(this.#host.context());
    return [...(intent.kind === 'ask' ? this.#open(intent) : []), { type: 'dropped', reason }];
  }

  heard(question: number, news: News): Events {
    switch (news.kind) {
      case 'reply':
        return [{ type: 'replied', question, reply: news.reply }];
      case 'visits':
        return [{ type: 'visits', question, visits: news.visits }];
      case 'last-known':
        return [{ type: 'last-known', question, lastKnown: news.lastKnown }];
      case 'trace': {
        const asked = askedOf(this.#state());
        if (asked?.question !== question) return [];
        this.#page.book.keep(asked.open, news.traceId, news.openedAt, news.adoptedBy);
        return [{ type: 'traced', question, traceId: news.traceId, openedAt: news.openedAt }];
      }
    }
  }

  #adoptable(intent: Intent): boolean {
    const asked = askedOf(this.#state());
    if (intent.kind !== 'ask' || asked === undefined) return false;
    return this.#page.book.isAdoptable(intent.open, asked.traceId, this.#host.checkSettings().freshFor, Date.now());
  }

  #opened({ open }: Ask): Opened {
    const { traceId, openedAt } = this.#page.book.opened(open, this.#host.checkSettings().freshFor, Date.now());
    return { traceId, openedAt };
  }
}
