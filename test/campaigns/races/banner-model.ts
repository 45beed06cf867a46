import type { HostContext } from '../../../src/domain/patient-open.js';
import { wishOf, type About, type Wish } from './hosts.js';

/** What one banner may say at one moment. `of` says whose plans or views these are. */
export interface Told {
  readonly status: string;
  readonly reason: string | undefined;
  readonly plansOf: string | undefined;
  readonly visits: string;
  readonly viewsOf: string | undefined;
}

export interface HeardReply {
  readonly kind: 'held' | 'none' | 'failed';
  readonly nhsNumber: string;
}
export interface HeardVisits {
  readonly kind: 'shown' | 'failed';
  readonly of: string;
}

/** What blanked a banner: its host, an end, or a question. */
type Blanking = 'nobody' | 'change' | 'question' | { problem: string } | { dropped: string };

const says = (status: string, reason?: string): Told => ({
  status,
  reason,
  plansOf: undefined,
  visits: 'none',
  viewsOf: undefined,
});

/**
 * A banner as the safety rules describe it: it may speak only of what happened since it was last blanked. The model
 * keeps the events themselves and works out anew each time what may be said.
 */
export class BannerModel {
  #host: Wish = { kind: 'nobody' };
  /** The question the banner is about. */
  #asked: { about: About; encounter: string; setting: string; question: number } | undefined;
  #blankedBy: Blanking = 'nobody';
  #reply: HeardReply | undefined;
  #visits: HeardVisits | undefined;
  /** The register is asked again for the visits. Until it replies, what it said before stays. */
  #isAskedForVisits = false;

  hostChanged(context: HostContext, adoptable: boolean): void {
    this.#host = wishOf(context);
    if (this.#host.kind === 'ask' ? this.#stillAbout(this.#host, adoptable) : this.#isAlreadySaid(this.#host)) return;
    this.#blank(this.#host.kind === 'nobody' ? 'nobody' : 'change');
  }

  nobody(): void {
    this.#blank('nobody');
  }

  problem(reason: string): void {
    this.#blank({ problem: reason });
  }

  asked(about: About, encounter: string, setting: string, question: number): void {
    this.#blank('question');
    this.#asked = { about, encounter, setting, question };
  }

  dropped(reason: string): void {
    if (this.#blankedBy === 'nobody' || (typeof this.#blankedBy === 'object' && 'problem' in this.#blankedBy)) return;
    const asked = this.#asked;
    this.#blank({ dropped: reason });
    this.#asked = asked;
  }

  /** An encounter was set for the same patient's open. */
  adopted(about: About, encounter: string): void {
    if (this.#asked === undefined || !same(this.#asked.about, about)) return;
    const had = this.#asked.encounter;
    if (encounter === had || encounter === '' || had === '') this.#asked = { ...this.#asked, encounter };
  }

  /** Whether the visits are asked for again. Only visits that failed are. */
  visitsAsked(question: number): boolean {
    if (this.#asked === undefined || this.told.visits !== 'failed') return false;
    this.#asked = { ...this.#asked, question };
    this.#visits = undefined;
    this.#isAskedForVisits = true;
    return true;
  }

  /** Whether anybody is waiting for it. */
  replied(question: number, reply: HeardReply): boolean {
    if (this.#blankedBy !== 'question' || this.#asked?.question !== question) return false;
    if (this.#reply !== undefined && !this.#isAskedForVisits) return false;
    const stands = this.#isAskedForVisits && reply.kind === 'failed' && reply.nhsNumber === this.#asked.about.nhsNumber;
    if (!stands) this.#reply = reply;
    this.#visits = stands ? { kind: 'failed', of: reply.nhsNumber } : undefined;
    this.#isAskedForVisits = false;
    return true;
  }

  visits(question: number, visits: HeardVisits): boolean {
    if (this.#blankedBy !== 'question' || this.#asked?.question !== question) return false;
    if (this.#reply?.kind !== 'held' || this.#reply.nhsNumber !== this.#asked.about.nhsNumber) return false;
    this.#visits = visits;
    return true;
  }

  get told(): Told {
    if (this.#blankedBy === 'nobody') return says('idle');
    if (this.#blankedBy === 'change') return says('checking');
    if (this.#blankedBy !== 'question')
      return says('not-checked', 'problem' in this.#blankedBy ? this.#blankedBy.problem : this.#blankedBy.dropped);
    if (this.#asked === undefined || this.#reply === undefined) return says('checking');
    const { nhsNumber, registerApi } = this.#asked.about;
    if (this.#reply.nhsNumber !== nhsNumber) return says('not-checked', 'wrong-patient');
    if (this.#reply.kind === 'failed') return says('not-checked', 'busy');
    if (this.#reply.kind === 'none') return says('none');
    const unheard = registerApi === 'patient-flags' && !this.#isAskedForVisits ? 'unavailable' : 'loading';
    const viewsOf = this.#visits?.kind === 'shown' ? this.#visits.of : undefined;
    return { ...says('current'), plansOf: nhsNumber, visits: this.#visits?.kind ?? unheard, viewsOf };
  }

  #blank(by: Blanking): void {
    this.#blankedBy = by;
    this.#asked = undefined;
    this.#reply = undefined;
    this.#visits = undefined;
    this.#isAskedForVisits = false;
  }

  #isAlreadySaid(host: Exclude<Wish, { kind: 'ask' }>): boolean {
    if (host.kind === 'nobody') return this.#blankedBy === 'nobody';
    return typeof this.#blankedBy === 'object' && 'problem' in this.#blankedBy
      ? this.#blankedBy.problem === host.reason
      : false;
  }

  #stillAbout({ about, encounter, setting }: Wish & { kind: 'ask' }, adoptable: boolean): boolean {
    const asked = this.#asked;
    if (asked?.setting !== setting || !same(asked.about, about)) return false;
    if (encounter === '' || encounter === asked.encounter) return true;
    return asked.encounter === '' && adoptable;
  }
}

const same = (one: About, other: About): boolean =>
  one.nhsNumber === other.nhsNumber &&
  one.attendance === other.attendance &&
  one.user === other.user &&
  one.baseUrl === other.baseUrl &&
  one.registerApi === other.registerApi;
