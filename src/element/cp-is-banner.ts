import type { PropertyValues, TemplateResult } from 'lit';

import type { Answer, Visits } from '../domain/answer.js';
import type { BannerView } from '../domain/banner-state.js';
import { londonDay } from '../domain/calendar.js';
import { registerTime } from '../domain/clocks.js';
import { cleanNhsNumber } from '../domain/nhs-number.js';
import { readIntent } from '../domain/patient-open.js';
import type { Reason } from '../domain/reason.js';
import { ofDocument, pageUrl } from '../session/document.js';
import { eachInTurn } from '../session/each-in-turn.js';
import { signOut } from '../session/page.js';
import { actionsOf } from './actions.js';
import { DrawnElement } from './drawn-element.js';
import { canTryAgain, modelFor, shownNumberOf } from './facts.js';
import { whenIdle } from './frame.js';
import { contextOf, contextProperties, textOf, timeoutOf } from './host-context.js';
import { hostDefaults } from './host-properties.js';
import { LongCheck } from './long-check.js';
import { MinuteController } from './minute-controller.js';
import type { Model } from './model.js';
import { ReaderController } from './reader-controller.js';
import { Reflection } from './reflection.js';
import { rehearseWhenIdle, stopRehearsing } from './rehearsal.js';
import { Said } from './said.js';
import { SessionController } from './session-controller.js';
import { StatusFirst } from './status-first.js';
import { banner } from './views/banner.js';
import { Warnings } from './warnings.js';
import { Watchdog } from './watchdog.js';

/**
 * The Child Protection – Information Sharing banner. When a patient is opened it asks the CP-IS register and says what
 * it answered, whom to ring and where else the patient has been seen. Properties set in one task form one open.
 *
 * @tagname cp-is-banner
 *
 * @attr {string} status - Read-only: `idle`, `checking`, `current`, `ended`, `none` or `not-checked`.
 * @attr {string} reason - Read-only: why it is not checked.
 * @attr {string} visits - Read-only: `none`, `loading`, `shown`, `failed` or `unavailable`.
 *
 * @fires {CpIsChangeEvent} cp-is-change - The status, reason or visits changed: {status, reason, visits, attendance, checkedAt}.
 * @fires {CpIsCallEvent} cp-is-call - A number was followed: {authority, line}. Not to be logged with the patient.
 * @fires {CpIsRevealEvent} cp-is-reveal - The details of a discreet banner were shown.
 *
 * @slot local - Beside the numbers: the host's own, such as the trust's safeguarding number.
 * @slot - Shown until the first rendering and after a fault: "CP-IS not checked".
 */
export class CpIsBanner extends DrawnElement {
  readonly #said = new Said();
  /** The status on screen, and whose number is shown with it. */
  #drawn: { status: BannerView['status']; number: string } = { status: 'idle', number: '' };
  /** In a document, according to the browser's own callbacks. */
  #isHere = false;
  readonly #reflection = new Reflection(this, this.#said.view);
  readonly #reader = new ReaderController(this);
  readonly #warnings = new Warnings();
  readonly #longCheck = new LongCheck(this);
  readonly #statusFirst = new StatusFirst(
    () => this.#refresh(),
    () => this.#controller.session.viewChanged(),
  );
  readonly #controller = new SessionController(this, {
    isConnected: () => this.#isHere,
    feed: (state) => this.#statusFirst.feed(state),
    announce: () => this.#announce(),
    failed: () => this.failVisibly(),
  });
  readonly #watchdog = new Watchdog(
    () => timeoutOf(this),
    () => this.#isUnanswered(),
    // A document that does not say whether it is visible may be.
    () => ofDocument(this.ownerDocument, 'visibilityState') !== 'hidden',
    () => {
      this.#controller.session.giveUp();
      if (this.#isUnanswered()) this.failVisibly();
      this.#announce();
    },
  );
  readonly #actions = actionsOf(this, this.#reader, () => this.#checkVisits());

  constructor() {
    super();
    Object.assign(this, hostDefaults);
    new MinuteController(
      this,
      () => registerTime(Date.now(), this.#said.view.clock),
      () => {
        this.#refresh();
        this.#controller.session.viewChanged();
      },
    );
  }

  /** Forgets everything, stored answers too, and drops everything under way, in every tab. */
  static signOut(): void {
    signOut();
  }

  /** What the banner says: reflected as the attribute `status`. */
  get status(): BannerView['status'] {
    return this.#said.view.status;
  }

  /** Why it is not checked; reflected as `reason`. */
  get reason(): Reason | undefined {
    return this.#said.view.status === 'not-checked' ? this.#said.view.answer.reason : undefined;
  }

  /** How far the earlier visits have loaded; reflected as `visits`. */
  get visits(): Visits['kind'] {
    return this.#said.view.visits.kind;
  }

  /** The structured answer, with the history of visits once they are shown; `undefined` while there is none. */
  get answer(): Answer | undefined {
    return this.#said.answer;
  }

  /** Asks again for the same open, under the same TraceID. */
  check(): void {
    this.#watchdog.begin();
    this.#controller.session.check();
  }

  /**
   * The text of "Copy for the notes", for the host's own record: what CP-IS said and when, without places, staff or the
   * whole NHS number. Empty while nothing is known, or while it is uncertain whose it is.
   */
  note(): string {
    return this.#model().note;
  }

  /** Closes the patient: empties number and encounter. */
  clear(): void {
    this.removeAttribute('nhs-number');
    this.removeAttribute('encounter');
    this.nhsNumber = '';
    this.encounter = '';
    this.noAttendance = false;
  }

  override connectedCallback(): void {
    this.#isHere = true;
    this.#watchdog.begin();
    try {
      super.connectedCallback();
      this.#reflection.reflect(this.#said.view);
      // The browser's first use of London's clock takes longer than a whole rendering: not when the answer comes.
      whenIdle(() => londonDay(0));
      rehearseWhenIdle();
    } catch {
      this.failVisibly();
    }
  }

  override disconnectedCallback(): void {
    this.#isHere = false;
    super.disconnectedCallback();
    this.#watchdog.end();
  }

  protected override hostSet(name: PropertyKey): void {
    if (!contextProperties.has(name)) return;
    if (this.#isHere) rehearseWhenIdle();
    this.#watchdog.begin();
    this.#controller.session.hostChanged();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The reader checked the number before the EPR was lost again.
    if (changed.has('outOfSync') && this.outOfSync) this.#reader.forget();
    if (changed.has('service')) this.#said.count(textOf(this.service));
    if (changed.has('homeAuthorities')) this.#warnings.homeAuthorities(textOf(this.homeAuthorities));
    if (changed.has('workerUrl')) this.#warnings.workerUrl(textOf(this.workerUrl));
  }

  protected override render(): TemplateResult | symbol {
    const model = this.#model();
    const { status } = model.view;
    if (this.#said.isAnswer && status !== this.#drawn.status) this.#statusFirst.drawn();
    this.#drawn = { status, number: model.nhsNumber };
    if (model.hoursUnreadable) this.#warnings.hoursUnreadable();
    return banner(model, this.#actions);
  }

  #checkVisits(): void {
    // The button may be left over from the minute before.
    this.#refresh();
    if (canTryAgain(this, this.#said)) this.#controller.session.checkVisits();
  }

  #model(): Model {
    return modelFor(this, this.#said, this.#reader.state, this.#longCheck.isLong);
  }

  /** Shows what the state says now. Anything but an answer is drawn at once, in the host's own task (safety rule 3). */
  #refresh(): void {
    try {
      this.#say();
    } catch {
      this.failVisibly();
    }
  }

  #say(): void {
    const { asked: before } = this.#said.view;
    this.#said.take(this.#statusFirst.state, cleanNhsNumber(textOf(this.nhsNumber)), textOf(this.service), Date.now());
    const { status, asked } = this.#said.view;
    if (before?.traceId !== asked?.traceId) this.#reader.forget();
    this.requestUpdate();
    this.#longCheck.follow(status === 'checking' ? (asked?.question ?? 0) : undefined);
    if (status !== 'idle') stopRehearsing();
    // Where "checking" is already drawn, only the patient whose number is there can be on the screen.
    const { status: drawn, number } = this.#drawn;
    const stands = status === 'checking' && drawn === status && number === shownNumberOf(this, this.#said.view);
    if (!this.#said.isAnswer && !stands) this.drawNow();
    // An element taken out of its document must clear its attributes; one never in a document must not set any.
    if (this.#isHere || this.hasUpdated) this.#reflection.reflect(this.#said.view);
    this.#warnings.of(this.#said.view, () => contextOf(this, pageUrl()));
  }

  #announce(): void {
    if (this.#isHere) this.#reflection.announce(this.#said.view);
  }

  /** Whether somebody is open and the screen shows no outcome. */
  #isUnanswered(): boolean {
    const isDrawn = this.#drawn.status !== 'checking' && this.#drawn.status !== 'idle';
    if (this.screen?.root.isFallbackShown === true || (this.screen?.hasText === true && isDrawn)) return false;
    try {
      return this.#isHere && readIntent(contextOf(this, pageUrl())).kind !== 'nobody';
    } catch {
      return true;
    }
  }

  /** Whatever threw, the light DOM comes back and says that CP-IS was not checked. */
  protected override failVisibly(): void {
    this.#said.undrawn();
    this.#drawn = { status: 'idle', number: '' };
    // One that fails holds up none of the others: least of all the attributes, which the host reads.
    eachInTurn(
      () => this.screen?.root.showFallback(),
      () => this.screen && this.renew(this.screen),
      () => this.#isHere && this.#reflection.reflect(this.#said.view),
      () => this.#warnings.renderFailed(),
    );
  }
}
