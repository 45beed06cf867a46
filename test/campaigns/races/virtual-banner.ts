import { idle, viewOf, type BannerState } from '../../../src/domain/banner-state.js';
import type { HostContext } from '../../../src/domain/patient-open.js';
import { PatientSession, type SessionHost } from '../../../src/session/patient-session.js';
import { nobody, patients, wishOf } from './hosts.js';
import { isHeld, markOf } from './virtual-register.js';

/** Called with every state that a banner is fed. */
export type Watcher = (banner: VirtualBanner, state: BannerState, checksAgain: boolean) => void;
/** What the host does when it is told that something has changed. */
export type Listener = (banner: VirtualBanner) => void;

/** A banner without its screen: the tag's own session, and a host that examines everything it is fed. */
export class VirtualBanner implements SessionHost {
  readonly freshFor: number;
  state: BannerState = idle;
  connected = false;
  /** The user has signed out, and since then the host has neither set anything nor asked. */
  mustStaySilent = false;
  readonly #session = new PatientSession(this);
  readonly #watch: Watcher;
  readonly #listen: Listener;
  #announced: BannerState = idle;
  #host: HostContext = nobody;
  /** The host as it was when its last task was over. */
  #settled: HostContext = nobody;
  #checksAgain = false;

  constructor(freshFor: number, watch: Watcher, listen: Listener) {
    this.freshFor = freshFor;
    this.#watch = watch;
    this.#listen = listen;
  }

  document(): Document {
    return document;
  }
  isConnected(): boolean {
    return this.connected;
  }

  context(): HostContext {
    return this.#host;
  }

  checkSettings() {
    const { user } = this.#host;
    return {
      freshFor: this.freshFor,
      timeout: 10,
      workerUrl: '',
      token: () => Promise.resolve(`token-of-${user}`),
    };
  }

  dropEncounter(): void {
    this.set({ encounter: '' });
  }

  feed(state: BannerState): void {
    this.state = state;
    this.look();
    this.#watch(this, state, this.#checksAgain);
  }

  announce(): void {
    this.#settled = this.#host;
    if (this.state === this.#announced) return;
    if (this.state.kind === 'settling') throw new Error('The host is told before its task is over');
    this.#announced = this.state;
    this.look();
    this.#listen(this);
    this.look();
  }

  failed(): void {
    throw new Error('Something threw');
  }

  /** Reports each changed property at once, as an element does. */
  set(change: Partial<HostContext>): void {
    for (const [name, value] of Object.entries(change) as [keyof HostContext, string | undefined][]) {
      if (this.#host[name] === value) continue;
      this.#host = { ...this.#host, [name]: value };
      this.mustStaySilent = false;
      this.#session.hostChanged();
      this.look();
    }
  }

  connect(): void {
    if (this.connected) return;
    this.connected = true;
    this.mustStaySilent = false;
    this.#session.connect();
  }

  disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    this.#session.disconnect();
  }

  check(): void {
    if (!this.connected) return;
    this.mustStaySilent = false;
    this.#checksAgain = true;
    this.#session.check();
    this.#checksAgain = false;
  }

  /** The host's task is over. The previous patient's encounter must not have stayed for another patient. */
  taskOver(): void {
    if (!this.connected) return;
    const [before, after] = [this.#settled, this.#host];
    const digits = ({ nhsNumber }: HostContext): string => nhsNumber.replace(/[ -]/g, '');
    const replaced = digits(before) !== '' && digits(before) !== digits(after);
    if (replaced && after.encounter !== '' && after.encounter === before.encounter)
      throw new Error('Another patient’s encounter');
    this.#settled = after;
  }

  /** Whether it is waiting for an answer. */
  get waits(): boolean {
    return this.state.kind === 'checking' || this.state.kind === 'settling';
  }

  /** Checks the safety rules for what the banner now knows and says. Throws when one is broken. */
  look(): void {
    const { state } = this;
    const wish = wishOf(this.#host);
    const number = wish.kind === 'ask' ? wish.about.nhsNumber : '';
    const known = JSON.stringify(state);
    for (const other of patients)
      if (other !== number && known.includes(other)) throw new Error(`${state.kind}: another number than the host’s`);
    if (!this.connected && state.kind !== 'idle') throw new Error('Out of the document, and not idle');
    if (this.mustStaySilent && (this.waits || state.kind === 'answered'))
      throw new Error(`${state.kind} after signing out`);
    if (wish.kind !== 'ask') {
      if ('asked' in state && state.asked !== undefined)
        throw new Error('Speaks of a question that the host does not ask');
      return;
    }

    const { answer, visits, status } = viewOf(state, number, Date.now());
    const named = [
      ...(answer !== undefined && 'plans' in answer ? answer.plans.map(({ authority }) => authority) : []),
      ...(visits.kind === 'shown' ? visits.accesses.map(({ viewer }) => viewer) : []),
    ];
    const mark = markOf({ ...wish.about, baseUrl: wish.about.baseUrl });
    if (named.some((name) => name?.endsWith(mark) !== true)) throw new Error('An answer to another question');
    if (status === 'none' && isHeld(number)) throw new Error('A false none');
    if ((status === 'current' || status === 'ended') && !isHeld(number)) throw new Error('A false record');
  }
}
