import {
  LitElement,
  type PropertyDeclarations,
  type PropertyDeclaration,
  type PropertyValues,
  type TemplateResult,
} from 'lit';

import type { TokenSource } from '../contract/register-service.js';
import type { Answer, Visits } from '../domain/answer.js';
import { idle, viewOf, type BannerState, type BannerView } from '../domain/banner-state.js';
import { historyOf } from '../domain/history-of.js';
import type { AccessHistory } from '../domain/access-history.js';
import { isFresh } from '../domain/freshness.js';
import { londonDay } from '../domain/calendar.js';
import { registerTime } from '../domain/clocks.js';
import { readEpisode } from '../domain/care-setting.js';
import { cleanNhsNumber, isNhsNumber } from '../domain/nhs-number.js';
import { readIntent, type HostContext } from '../domain/patient-open.js';
import type { Reason } from '../domain/reason.js';
import { ofDocument, pageUrl } from '../session/document.js';
import { signOut } from '../session/page.js';
import { statedWorker } from '../session/worker-url.js';
import { changeOf, CpIsCallEvent, CpIsChangeEvent, CpIsRevealEvent, isSameChange } from './events.js';
import { dress } from './dress.js';
import { whenIdle } from './frame.js';
import { contextOf, contextProperties, secondsOf, textOf } from './host-context.js';
import { MinuteController } from './minute-controller.js';
import { freshReader, modelOf, type Actions, type Model, type Reader } from './model.js';
import { LongCheck } from './long-check.js';
import { rehearseWhenIdle, stopRehearsing } from './rehearsal.js';
import { SessionController } from './session-controller.js';
import { StatusFirst } from './status-first.js';
import { styles } from './styles/index.js';
import { VeilController } from './veil-controller.js';
import { banner } from './views/banner.js';
import { VisibleRoot } from './visible-root.js';
import { Warnings } from './warnings.js';
import { Watchdog } from './watchdog.js';
import { writeToClipboard } from './clipboard.js';
import { lightDom } from './wording/frame.js';

const isAnswer = (status: BannerView['status']): boolean =>
  status === 'current' || status === 'ended' || status === 'none';

/** An empty attribute, as templates write one, is no number: the default holds. */
const numberOrDefault = { fromAttribute: (text: string | null): number => (text?.trim() ? Number(text) : NaN) };

/** Where a fault of the drawing leaves the banner. */
const undrawn: BannerState = { kind: 'let-go', asked: undefined, reason: 'unreachable' };

/** How long "Copied" stands, in milliseconds. */
const copiedFor = 3000;

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
 * @csspart banner - The whole banner.
 * @csspart heading - The line that is read first.
 * @csspart plans - The plans.
 * @csspart contacts - Whom to ring.
 * @csspart visits - Earlier visits in short.
 * @csspart foot - What was done and what to do next.
 *
 * @cssprop --cp-is-text - Text and filled icons.
 * @cssprop --cp-is-secondary - Dates, notes, titles of columns.
 * @cssprop --cp-is-link - Numbers, buttons, the marks of the drawing.
 * @cssprop --cp-is-link-hover - Numbers and buttons under the pointer.
 * @cssprop --cp-is-rule - The frame and the lines between cells.
 * @cssprop --cp-is-focus - The ground of what has the focus.
 * @cssprop --cp-is-focus-text - The text of what has the focus and the line under it.
 * @cssprop --cp-is-background - The sheet.
 * @cssprop --cp-is-alert - Heading: child protection, unborn baby, type not recognised.
 * @cssprop --cp-is-alert-edge - Left edge: child protection, unborn baby, type not recognised.
 * @cssprop --cp-is-care - Heading: looked after only.
 * @cssprop --cp-is-care-edge - Left edge: looked after only.
 * @cssprop --cp-is-care-edge-line - Outer line of that edge, which must stand out from the page by 3 to 1.
 * @cssprop --cp-is-ended - Heading: ended.
 * @cssprop --cp-is-ended-edge - Left edge: ended, hidden or discreet.
 * @cssprop --cp-is-failed - Heading: not checked, out of sync.
 * @cssprop --cp-is-failed-edge - Left edge and icon: not checked, out of sync.
 * @cssprop --cp-is-tag - "Out of area", and the last 30 days of the drawing.
 * @cssprop --cp-is-tag-text - The text of "Out of area".
 * @cssprop --cp-is-edge - Left edge: none, checking.
 * @cssprop --cp-is-font - The face.
 * @cssprop --cp-is-font-size - The size of plain text; all else follows it.
 *
 * @slot local - Beside the numbers: the host's own, such as the trust's safeguarding number.
 * @slot - Shown until the first rendering and after a fault: "CP-IS not checked".
 */
export class CpIsBanner extends LitElement {
  static override styles = styles;

  static override properties: PropertyDeclarations = {
    nhsNumber: { attribute: 'nhs-number' },
    nhsNumberStatus: { attribute: 'nhs-number-status' },
    encounter: {},
    careSetting: { attribute: 'care-setting' },
    attendance: {},
    baseUrl: { attribute: 'base-url' },
    registerApi: { attribute: 'register-api' },
    homeAuthorities: { attribute: 'home-authorities' },
    officeHours: { attribute: 'office-hours' },
    layout: {},
    discreet: { type: Boolean },
    freshFor: { attribute: 'fresh-for', converter: numberOrDefault },
    timeout: { converter: numberOrDefault },
    workerUrl: { attribute: 'worker-url' },
    accessToken: { attribute: false },
    user: { attribute: false },
    storageKey: { attribute: false },
    outOfSync: { attribute: false },
    noAttendance: { attribute: false },
    service: {},
  };

  /** The patient's NHS number; "" = no patient. Spaces and hyphens are tolerated. */
  declare nhsNumber: string;
  /** `verified` when the number was traced on PDS; otherwise no query is made. */
  declare nhsNumberStatus: 'verified' | 'unverified';
  /** Opaque; a new value for the same patient is a new open. */
  declare encounter: string;
  /** Where the patient is being cared for; required. */
  declare careSetting: string;
  /** States this episode where the setting can be either: `scheduled`, `unscheduled` or `not-brought`. */
  declare attendance: string;
  /** The register's FHIR base address. */
  declare baseUrl: string;
  /** `cp-is`, or `patient-flags` (scheduled care only). */
  declare registerApi: string;
  /** Semicolon-separated local-authority names or GSS codes; empty = no claim about area. */
  declare homeAuthorities: string;
  /** The authorities' usual office hours: "Mon-Fri 09:00-17:00". */
  declare officeHours: string;
  /** `banner`, `compact` or `panel`. */
  declare layout: string;
  /** Details only after Show, hidden again when the window loses focus or after 60 seconds. */
  declare discreet: boolean;
  /** Seconds that an answer serves the same open, at most 3600. */
  declare freshFor: number;
  /** Seconds for the whole check. */
  declare timeout: number;
  /** The worker file's address when it is not beside the script. */
  declare workerUrl: string;
  /** Gives the user's bearer token; absent = same-origin cookies. */
  declare accessToken: TokenSource | undefined;
  /** Opaque id of the signed-in user; changing it blanks and re-opens. */
  declare user: string | undefined;
  /** AES-GCM key of the host's session; with it the last answer is kept, sealed, for when the register cannot be asked. */
  declare storageKey: CryptoKey | (() => Promise<CryptoKey>) | undefined;
  /** Set by a context adapter while it cannot tell whether this is still the patient who is open: hides the details. */
  declare outOfSync: boolean;
  /** Set by a context adapter: somebody is open who is not attending now, so that CP-IS is not asked. */
  declare noAttendance: boolean;
  /** This place's name or ODS code as CP-IS lists it: says which views are this attendance. */
  declare service: string;

  #view: BannerView = viewOf(idle, '', 0);
  #now = 0;
  #reader: Reader = freshReader;
  #painting = false;
  #drawn: BannerView['status'] = 'idle';
  /** Whose number stands there. */
  #drawnNumber = '';
  #history: AccessHistory | undefined;
  #answer: Answer | undefined;
  /** What the host knows, as the last `cp-is-change` said it; before the first, that nobody is open. */
  #announced = changeOf(this.#view);
  /** In a document, as the browser has said by its own calls. */
  #isHere = false;
  #root: VisibleRoot | undefined;
  #shadow: ShadowRoot | undefined;
  readonly #warnings = new Warnings();
  readonly #longCheck = new LongCheck(this);
  readonly #statusFirst = new StatusFirst(
    () => {
      this.#refresh();
    },
    () => {
      this.#controller.session.viewChanged();
    },
  );
  readonly #controller = new SessionController(this, {
    isConnected: () => this.#isHere,
    document: () => this.ownerDocument,
    context: () => this.#context(),
    asking: () => ({
      freshFor: this.#freshFor,
      timeout: this.#timeout(),
      workerUrl: textOf(this.workerUrl),
      token: typeof this.accessToken === 'function' ? this.accessToken : undefined,
      storageKey: this.storageKey,
    }),
    dropEncounter: () => {
      this.removeAttribute('encounter');
      this.encounter = '';
    },
    feed: (state) => {
      this.#statusFirst.feed(state);
    },
    announce: () => {
      this.#announce();
    },
    failed: () => {
      this.#failVisibly();
    },
  });
  readonly #veil = new VeilController(this, () => {
    if (this.#reader.revealed) this.#setReader({ revealed: false });
  });

  readonly #watchdog = new Watchdog(
    () => this.#isUnanswered(),
    // Where a document does not say whether it is seen, it may be.
    () => ofDocument(this.ownerDocument, 'visibilityState') !== 'hidden',
    () => {
      this.#waitedEnough();
    },
  );

  constructor() {
    super();
    new MinuteController(
      this,
      () => registerTime(Date.now(), this.#view.clock),
      () => {
        this.#refresh();
        this.#controller.session.viewChanged();
      },
    );
    this.nhsNumber = '';
    this.nhsNumberStatus = 'unverified';
    this.encounter = '';
    this.careSetting = '';
    this.attendance = '';
    this.baseUrl = '/cpis/FHIR/R4';
    this.registerApi = 'cp-is';
    this.homeAuthorities = '';
    this.officeHours = 'Mon-Fri 09:00-17:00';
    this.layout = 'banner';
    this.discreet = false;
    this.freshFor = 300;
    this.timeout = 10;
    this.workerUrl = '';
    this.accessToken = undefined;
    this.user = undefined;
    this.storageKey = undefined;
    this.outOfSync = false;
    this.noAttendance = false;
    this.service = '';
  }

  /** Forgets everything, stored answers too, and drops everything under way, in every tab. */
  static signOut(): void {
    signOut();
  }

  /** What the banner says: reflected as the attribute `status`. */
  get status(): BannerView['status'] {
    return this.#view.status;
  }

  /** Why it is not checked; reflected as `reason`. */
  get reason(): Reason | undefined {
    return this.#view.status === 'not-checked' ? this.#view.answer.reason : undefined;
  }

  /** How far the earlier visits are; reflected as `visits`. */
  get visits(): Visits['kind'] {
    return this.#view.visits.kind;
  }

  /** The structured answer, with the history of visits once they are shown; `undefined` while there is none. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** Asks again for the same open, under the same TraceID. */
  check(): void {
    this.#watch();
    this.#controller.session.check();
  }

  /**
   * The text of "Copy for the notes", for the host's own record: what CP-IS said and when, without places, staff or the
   * whole NHS number. Empty while nothing is known, and while it is not sure whose it is.
   */
  note(): string {
    return this.#model().note;
  }

  /** The keyboard goes to the banner. */
  override focus(options?: FocusOptions): void {
    this.#root?.container.querySelector('section')?.focus(options);
  }

  /** The patient is closed: empties number and encounter. */
  clear(): void {
    this.removeAttribute('nhs-number');
    this.removeAttribute('encounter');
    this.nhsNumber = '';
    this.encounter = '';
    this.noAttendance = false;
  }

  override connectedCallback(): void {
    this.#isHere = true;
    this.#watch();
    try {
      super.connectedCallback();
      this.#reflect();
      // The browser's first look at London's clock takes longer than a whole rendering: not when the answer is there.
      whenIdle(() => londonDay(this.#now));
      rehearseWhenIdle();
    } catch {
      this.#failVisibly();
    }
  }

  override disconnectedCallback(): void {
    this.#isHere = false;
    super.disconnectedCallback();
    this.#watchdog.end();
  }

  /** It stands in another document now, without its styles; nobody is to see it so. */
  adoptedCallback(): void {
    try {
      this.#dress();
    } catch {
      this.#failVisibly();
    }
  }

  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, oldValue, options);
    if (name !== undefined && contextProperties.has(name)) {
      if (this.#isHere) rehearseWhenIdle();
      this.#watch();
      this.#controller.session.hostChanged();
    }
  }

  protected override createRenderRoot(): HTMLElement {
    const root = new VisibleRoot(lightDom);
    this.#shadow = this.attachShadow({ mode: 'open' });
    root.put(this.#shadow);
    this.#root = root;
    try {
      super.createRenderRoot();
    } catch {
      // Where lit cannot put the styles, they are missed when something is to be drawn.
    }
    // Not before what it finds in the shadow root, but in a container of its own.
    this.renderOptions.renderBefore = null;
    return root.container;
  }

  protected override performUpdate(): void {
    // Lit comes once more for what was drawn at once; if that failed, it stays failed.
    if (!this.isUpdatePending) return;
    const focused = this.#hasFocus();
    this.#painting = true;
    try {
      this.#dress();
      if (this.#root?.isWrittenByOthers === true) this.#renew(this.#root);
      super.performUpdate();
      this.#root?.rendered();
      // What had the focus may be gone: whoever works by keyboard stays where they were.
      if (focused && !this.#hasFocus()) this.#keepFocus();
    } catch {
      this.#failVisibly();
    } finally {
      this.#painting = false;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Whoever checked the number did so before the EPR was lost again.
    if (changed.has('outOfSync') && this.outOfSync) this.#reader = freshReader;
    if (changed.has('service')) this.#readVisits();
    if (changed.has('homeAuthorities')) this.#warnings.homeAuthorities(textOf(this.homeAuthorities));
    const workerUrl = textOf(this.workerUrl);
    if (workerUrl !== '' && statedWorker(workerUrl).length === 0) this.#warnings.workerUrl();
  }

  protected override render(): TemplateResult | symbol {
    const model = this.#model();
    const { status } = model.view;
    if (isAnswer(status) && status !== this.#drawn) this.#statusFirst.drawn();
    this.#drawn = status;
    this.#drawnNumber = model.nhsNumber;
    if (model.hoursUnreadable) this.#warnings.hoursUnreadable();
    return banner(model, this.#actions);
  }

  readonly #actions: Actions = {
    check: () => {
      this.check();
    },
    checkVisits: () => {
      // The button may have stood since the minute before.
      this.#refresh();
      if (this.#canTryAgain) this.#controller.session.checkVisits();
    },
    set: (change) => {
      this.#setReader(change);
    },
    reveal: () => {
      this.#setReader({ hidden: false, revealed: true });
      this.#veil.revealed();
      if (this.discreet) this.dispatchEvent(new CpIsRevealEvent());
    },
    close: () => {
      this.#setReader({ detailsOpen: false, errorOpen: false, revealed: false });
    },
    copy: (text) => {
      void this.#copy(text);
    },
    called: (authority, line) => {
      this.dispatchEvent(new CpIsCallEvent(authority, line));
    },
  };

  get #freshFor(): number {
    return secondsOf(this.freshFor, 300, 0, 3600);
  }

  /** The TraceID of the open lives: with an encounter as long as the page, else while an answer would be fresh. */
  get #canTryAgain(): boolean {
    const { asked } = this.#view;
    return asked !== undefined && (asked.open.encounter !== '' || isFresh(asked.openedAt, this.#freshFor, this.#now));
  }

  #context(): HostContext {
    return contextOf(this, pageUrl());
  }

  /** The number that is asked about, or would be; "" when there is none that is valid. */
  get #shownNumber(): string {
    const number = this.#view.asked?.open.nhsNumber ?? cleanNhsNumber(textOf(this.nhsNumber));
    return isNhsNumber(number) ? number : '';
  }

  #model(): Model {
    const { asked } = this.#view;
    const episode = readEpisode(textOf(this.careSetting), textOf(this.attendance));
    return modelOf({
      view: this.#view,
      nhsNumber: this.#shownNumber,
      now: this.#now,
      history: this.#history,
      service: textOf(this.service),
      isLong: this.#longCheck.isLong,
      canTryAgain: this.#canTryAgain,
      attendance: asked?.open.attendance ?? ('attendance' in episode ? episode.attendance : undefined),
      setting: asked?.setting ?? ('setting' in episode ? episode.setting : undefined),
      layout: textOf(this.layout),
      discreet: this.discreet,
      outOfSync: this.outOfSync,
      officeHours: textOf(this.officeHours),
      homeAuthorities: textOf(this.homeAuthorities),
      reader: this.#reader,
    });
  }

  /** Says what the state says now. Whatever is no answer goes to the screen at once, in the host's own task (safety rule 3). */
  #refresh(): void {
    try {
      this.#say();
    } catch {
      this.#failVisibly();
    }
  }

  #say(): void {
    const before = this.#view;
    this.#now = Date.now();
    this.#view = viewOf(this.#statusFirst.state, cleanNhsNumber(textOf(this.nhsNumber)), this.#now);
    if (before.asked?.traceId !== this.#view.asked?.traceId) this.#reader = freshReader;
    if (before.visits !== this.#view.visits || before.answer !== this.#view.answer) this.#readVisits();
    this.requestUpdate();
    const { status, asked } = this.#view;
    this.#longCheck.follow(status === 'checking' ? (asked?.question ?? 0) : undefined);
    if (status !== 'idle') stopRehearsing();
    // Where "checking" is drawn already nobody is on the screen but the patient whose number stands there.
    const stands = status === 'checking' && this.#drawn === status && this.#drawnNumber === this.#shownNumber;
    if (!isAnswer(status) && !stands && this.hasUpdated && !this.#painting) this.performUpdate();
    // Taken out of the document it says nothing any more; before it has come into one it must not say anything.
    if (this.#isHere || this.hasUpdated) this.#reflect();
    const { reason } = this;
    if (reason !== undefined) this.#warnings.of(reason, this.#context());
  }

  #readVisits(): void {
    const { answer } = this.#view;
    const history = historyOf(this.#view, textOf(this.service));
    this.#history = history;
    const holds = answer?.status === 'current' || answer?.status === 'ended';
    this.#answer = holds && history !== undefined ? { ...answer, history } : answer;
  }

  #reflect(): void {
    const { status, reason, visits } = this;
    this.#reflectOne('status', status);
    this.#reflectOne('visits', visits);
    this.#reflectOne('reason', reason);
  }

  /** Tells the host what has changed since it was last told, if anything has. */
  #announce(): void {
    if (!this.#isHere) return;
    const change = changeOf(this.#view);
    if (isSameChange(change, this.#announced)) return;
    this.#announced = change;
    this.dispatchEvent(new CpIsChangeEvent({ ...change }));
  }

  /** Only what is another: an attribute set to the value it has makes the browser style the page again. */
  #reflectOne(name: string, value: string | undefined): void {
    if (value === undefined) this.removeAttribute(name);
    else if (this.getAttribute(name) !== value) this.setAttribute(name, value);
  }

  #hasFocus(): boolean {
    return this.shadowRoot?.activeElement instanceof Element;
  }

  /** The button that took the place of the one pressed (Hide, Show), else the banner itself. */
  #keepFocus(): void {
    const { container } = this.#root ?? {};
    const inHeading = [...(container?.querySelectorAll<HTMLElement>('.aside button') ?? [])].at(-1);
    (inHeading ?? container?.querySelector('section'))?.focus();
  }

  #setReader(change: Partial<Reader>): void {
    this.#reader = { ...this.#reader, ...change };
    this.requestUpdate();
  }

  async #copy(text: string): Promise<void> {
    const done = await writeToClipboard(text);
    this.#setReader({ copied: { text, done } });
    setTimeout(() => {
      if (this.#reader.copied?.text === text) this.#setReader({ copied: undefined });
    }, copiedFor);
  }

  #timeout(): number {
    return secondsOf(this.timeout, 10, 0.001, 3600);
  }

  #watch(): void {
    this.#watchdog.begin(() => this.#timeout());
  }

  /** Somebody is open, and of what was asked nothing can be seen. */
  #isUnanswered(): boolean {
    if (this.#root?.isFallbackShown === true) return false;
    const isDrawn = this.#root?.container.querySelector('.sheet')?.textContent.trim();
    if (isDrawn && this.#drawn !== 'checking' && this.#drawn !== 'idle') return false;
    try {
      return this.#isHere && readIntent(this.#context()).kind !== 'nobody';
    } catch {
      return true;
    }
  }

  #waitedEnough(): void {
    this.#controller.session.giveUp();
    if (this.#isUnanswered()) this.#failVisibly();
    this.#announce();
  }

  #dress(): void {
    if (this.#shadow !== undefined) dress(this.#shadow, styles.cssText);
  }

  /** Whatever threw, the light DOM comes back and says that CP-IS was not checked. */
  #failVisibly(): void {
    this.#view = viewOf(undrawn, '', 0);
    this.#drawn = 'idle';
    try {
      this.#root?.failed();
      if (this.#root !== undefined) this.#renderInto(this.#root);
      if (this.#isHere) this.#reflect();
    } finally {
      this.#warnings.renderFailed();
    }
  }

  /** Nothing is patched where others have written: an old line would stay. */
  #renew(root: VisibleRoot): void {
    root.renew();
    this.#renderInto(root);
  }

  #renderInto({ container }: VisibleRoot): void {
    (this as { renderRoot: HTMLElement }).renderRoot = container;
  }
}
