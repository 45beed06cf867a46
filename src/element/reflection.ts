import type { BannerView } from '../domain/banner-state.js';
import { changeOf, CpIsChangeEvent, isSameChange, type Change } from './events.js';

/** Reports the banner's state, by the tag's own attributes and by `cp-is-change`. */
export class Reflection {
  readonly #element: Element;
  /** What the host was last told; at first, that nobody is open. */
  #told: Change;

  constructor(element: Element, view: BannerView) {
    this.#element = element;
    this.#told = changeOf(view);
  }

  /** The attributes `status`, `reason` and `visits`. */
  reflect(view: BannerView): void {
    const { status, reason, visits } = changeOf(view);
    for (const [name, value] of Object.entries({ status, visits, reason })) this.#reflect(name, value);
  }

  #reflect(name: string, value: string | undefined): void {
    const says = (): boolean => this.#element.getAttribute(name) === value;
    try {
      // Only if changed: setting the value it has makes the browser restyle the page.
      if (value !== undefined && !says()) this.#element.setAttribute(name, value);
      if (says()) return;
    } catch {
      // A host may have spoilt either: then no word is better than the last one.
    }
    this.#element.removeAttribute(name);
  }

  /** Tells the host what has changed since it was last told, if anything has. */
  announce(view: BannerView): void {
    const change = changeOf(view);
    if (isSameChange(change, this.#told)) return;
    this.#told = change;
    this.#element.dispatchEvent(new CpIsChangeEvent({ ...change }));
  }
}
