import { isFresh } from '../domain/freshness.js';
import { openKey, withoutEncounter, type PatientOpen } from '../domain/patient-open.js';
import { newTraceId } from './trace-id.js';

interface Page {
  readonly traceId: string;
  readonly openedAt: number;
  /** An encounter has taken this open over; no other encounter may. */
  adopted: boolean;
}

/**
 * The TraceID of every patient-open of this page: with an encounter for the page's life, without one for `freshFor`
 * seconds (safety rule 4). In memory only.
 */
export class OpenBook {
  #pages = new Map<string, Page>();

  /** The TraceID that belongs to an open, minted when the open is new. */
  traceIdOf(open: PatientOpen, freshFor: number, now: number): string {
    const known = this.#pages.get(openKey(open));
    if (known !== undefined && (open.encounter !== '' || isFresh(known.openedAt, freshFor, now))) return known.traceId;
    const adoptable = open.encounter === '' ? undefined : this.#adoptable(open, freshFor, now);
    if (adoptable !== undefined) adoptable.adopted = true;
    const page = { traceId: adoptable?.traceId ?? newTraceId(), openedAt: now, adopted: false };
    this.#pages.set(openKey(open), page);
    return page.traceId;
  }

  /** Another tab made this open first: its TraceID is this page's too. */
  keep(open: PatientOpen, traceId: string, openedAt: number): void {
    const adopted = this.#pages.get(openKey(open))?.adopted ?? false;
    this.#pages.set(openKey(open), { traceId, openedAt, adopted });
  }

  /** Whether an encounter that arrives now for this open, so far without one, would take it over. */
  isAdoptable(open: PatientOpen, freshFor: number, now: number): boolean {
    return this.#adoptable(open, freshFor, now) !== undefined;
  }

  forget(): void {
    this.#pages.clear();
  }

  #adoptable(open: PatientOpen, freshFor: number, now: number): Page | undefined {
    const page = this.#pages.get(openKey(withoutEncounter(open)));
    return page !== undefined && !page.adopted && isFresh(page.openedAt, freshFor, now) ? page : undefined;
  }
}
