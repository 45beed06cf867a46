import type { Instant } from '../domain/calendar.js';
import { isFresh } from '../domain/freshness.js';
import { openKey, withoutEncounter, type PatientOpen } from '../domain/patient-open.js';
import { newTraceId } from './trace-id.js';

/** The TraceID of an open, and when the open was made. */
export interface Opened {
  readonly traceId: string;
  readonly openedAt: Instant;
}

interface Page extends Opened {
  /** The encounter that has taken this open over; no other may. */
  adoptedBy: string | undefined;
}

/** Up to this many opens without an encounter are kept, however old; then lapsed ones are dropped to make room. */
const room = 500;
/** The longest that an open without an encounter may last, in milliseconds (public contract, `fresh-for`). */
const longest = 3_600_000;

/**
 * The TraceID of every patient-open of this page: with an encounter for the page's life, without one for `freshFor`
 * seconds (safety rule 4). In memory only.
 */
export class OpenBook {
  readonly #withEncounter = new Map<string, Opened>();
  readonly #without = new Map<string, Page>();

  /** The TraceID of an open, created when the open is new. */
  opened(open: PatientOpen, freshFor: number, now: Instant): Opened {
    const key = openKey(open);
    const page = this.#without.get(openKey(withoutEncounter(open)));
    const fresh = page !== undefined && isFresh(page.openedAt, freshFor, now) ? page : undefined;
    if (open.encounter === '') return fresh ?? this.#openWithout(key, now);

    const known = this.#withEncounter.get(key);
    if (known !== undefined) return known;
    const adoptable = (fresh?.adoptedBy ?? open.encounter) === open.encounter ? fresh : undefined;
    if (adoptable !== undefined) adoptable.adoptedBy = open.encounter;
    const { traceId, openedAt } = adoptable ?? { traceId: newTraceId(), openedAt: now };
    const opened = { traceId, openedAt };
    this.#withEncounter.set(key, opened);
    return opened;
  }

  /** Another tab or page made this open first: this page uses its TraceID too. */
  keep(open: PatientOpen, traceId: string, openedAt: Instant, adoptedBy?: string): void {
    const key = openKey(open);
    if (open.encounter !== '') this.#withEncounter.set(key, { traceId, openedAt });
    else this.#without.set(key, { traceId, openedAt, adoptedBy: this.#without.get(key)?.adoptedBy ?? adoptedBy });
  }

  /**
   * Whether an arriving encounter takes over an open without one, with its `traceId`: only while it is fresh, and
   * unless another encounter has it or this encounter already has an open of its own.
   */
  isAdoptable(open: PatientOpen, traceId: string, freshFor: number, now: number): boolean {
    const page = this.#without.get(openKey(withoutEncounter(open)));
    if (page?.traceId !== traceId || !isFresh(page.openedAt, freshFor, now)) return false;
    const own = this.#withEncounter.get(openKey(open));
    if (own !== undefined) return own.traceId === traceId;
    return (page.adoptedBy ?? open.encounter) === open.encounter;
  }

  forget(): void {
    this.#withEncounter.clear();
    this.#without.clear();
  }

  #openWithout(key: string, now: Instant): Opened {
    if (this.#without.size >= room)
      for (const [old, { openedAt }] of this.#without) if (now - openedAt >= longest) this.#without.delete(old);
    const opened: Page = { traceId: newTraceId(), openedAt: now, adoptedBy: undefined };
    this.#without.set(key, opened);
    return opened;
  }
}
