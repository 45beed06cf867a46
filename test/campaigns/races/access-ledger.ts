import type { BannerState } from '../../../src/domain/banner-state.js';
import { openKey, withoutEncounter, type PatientOpen } from '../../../src/domain/patient-open.js';
import type { Seen } from './virtual-register.js';

interface Entry {
  readonly about: string;
  readonly open: PatientOpen;
  readonly epoch: number;
  encounter: string;
}

/** Every TraceID that a page's banners used, and what it belongs to: one patient-open, one TraceID, one access. */
export class AccessLedger {
  readonly #entries = new Map<string, Entry>();
  /** The opens since the last sign-out, by key: their TraceID, and when it was made. */
  readonly #opens = new Map<string, { traceId: string; at: number }>();
  #epoch = 0;

  get traceIds(): number {
    return this.#entries.size;
  }

  signedOut(): void {
    this.#epoch += 1;
    this.#opens.clear();
  }

  /**
   * A banner asks for the first time or (`again`) because it was told to check again, or an encounter takes over its
   * open.
   */
  take(state: BannerState, freshFor: number, again: boolean): void {
    if (!('asked' in state) || state.asked === undefined) return;
    const { open, traceId } = state.asked;
    const about = openKey(withoutEncounter(open));
    const entry = this.#entries.get(traceId);
    if (entry === undefined) {
      this.#mustBeNew(open, freshFor);
      this.#entries.set(traceId, { about, open, epoch: this.#epoch, encounter: open.encounter });
    } else {
      if (entry.about !== about) throw new Error('One TraceID for two opens');
      if (entry.encounter !== '' && open.encounter !== '' && entry.encounter !== open.encounter)
        throw new Error('One TraceID for two encounters');
      if (open.encounter !== '') entry.encounter = open.encounter;
      if (state.kind === 'checking' && open.encounter === '' && !again && !this.#isFresh(open, freshFor))
        throw new Error('A lapsed open was taken up again');
    }
    if ((entry?.epoch ?? this.#epoch) !== this.#epoch) return;
    const known = this.#opens.get(openKey(open));
    if (open.encounter !== '' && known !== undefined && known.traceId !== traceId)
      throw new Error('Two TraceIDs for one encounter');
    // A late answer to an earlier open does not make that one the latest.
    if (entry === undefined || known === undefined) this.#opens.set(openKey(open), { traceId, at: Date.now() });
  }

  /** Every request belongs to one of these opens, and has its facts. */
  compare(seen: readonly Seen[]): void {
    for (const { traceId, nhsNumber, attendance, user, baseUrl } of seen) {
      const open = this.#entries.get(traceId)?.open;
      if (open === undefined) throw new Error('A request of no open');
      const { nhsNumber: number, attendance: stated, user: by, baseUrl: base } = open;
      if (nhsNumber !== number || attendance !== stated || user !== by || baseUrl !== base)
        throw new Error('A request with the facts of another open');
    }
  }

  /**
   * A new TraceID must be for a new open: with an encounter, one never seen before; without one, one with no fresh
   * predecessor.
   */
  #mustBeNew(open: PatientOpen, freshFor: number): void {
    if (this.#opens.has(openKey(open)) && (open.encounter !== '' || this.#isFresh(open, freshFor)))
      throw new Error('Two TraceIDs for one open');
  }

  #isFresh(open: PatientOpen, freshFor: number): boolean {
    const age = Date.now() - (this.#opens.get(openKey(open))?.at ?? NaN);
    return age >= 0 && age < freshFor * 1000;
  }
}
