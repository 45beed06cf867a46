import { isFresh } from '../domain/freshness.js';
import { openKey, withoutEncounter, type PatientOpen } from '../domain/patient-open.js';
import { newTraceId } from './trace-id.js';

interface Page {
  readonly traceId: string;
  readonly openedAt: number;
  /** An encounter has taken this open over; no other encounter may. */
  adopted: boolean;
}

/** So many opens without an encounter are kept however old they are: lapsed ones go only to make room. */
const room = 500;
/** The longest that an open without an encounter may last, in milliseconds (public contract, `fresh-for`). */
const longest = 3_600_000;

/**
 * The TraceID of every patient-open of this page: with an encounter for the page's life, without one for `freshFor`
 * seconds (safety rule 4). In memory only.
 */
export class OpenBook {
  /** Kept for the page's life, so nothing but the TraceID. */
  readonly #withEncounter = new Map<string, string>();
  readonly #without = new Map<string, Page>();

  /** The TraceID that belongs to an open, minted when the open is new. */
  traceIdOf(open: PatientOpen, freshFor: number, now: number): string {
    const key = openKey(open);
    const page = this.#without.get(openKey(withoutEncounter(open)));
    const fresh = page !== undefined && isFresh(page.openedAt, freshFor, now) ? page : undefined;
    if (open.encounter === '') return fresh?.traceId ?? this.#openWithout(key, now);

    const known = this.#withEncounter.get(key);
    if (known !== undefined) return known;
    const adoptable = fresh?.adopted === false ? fresh : undefined;
    if (adoptable !== undefined) adoptable.adopted = true;
    const traceId = adoptable?.traceId ?? newTraceId();
    this.#withEncounter.set(key, traceId);
    return traceId;
  }

  /** Another tab made this open first: its TraceID is this page's too. */
  keep(open: PatientOpen, traceId: string, openedAt: number): void {
    const key = openKey(open);
    if (open.encounter !== '') this.#withEncounter.set(key, traceId);
    else this.#without.set(key, { traceId, openedAt, adopted: this.#without.get(key)?.adopted ?? false });
  }

  /**
   * Whether an encounter that arrives now for an open without one takes it over, with its `traceId`: while it is fresh,
   * and unless another encounter has it or this encounter has an open of its own.
   */
  isAdoptable(open: PatientOpen, traceId: string, freshFor: number, now: number): boolean {
    const page = this.#without.get(openKey(withoutEncounter(open)));
    if (page?.traceId !== traceId || !isFresh(page.openedAt, freshFor, now)) return false;
    const own = this.#withEncounter.get(openKey(open));
    return own === undefined ? !page.adopted : own === traceId;
  }

  forget(): void {
    this.#withEncounter.clear();
    this.#without.clear();
  }

  #openWithout(key: string, now: number): string {
    if (this.#without.size >= room)
      for (const [old, { openedAt }] of this.#without) if (now - openedAt >= longest) this.#without.delete(old);
    const traceId = newTraceId();
    this.#without.set(key, { traceId, openedAt: now, adopted: false });
    return traceId;
  }
}
