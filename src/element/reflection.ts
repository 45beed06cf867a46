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
    for (const [name, value] of Object.entries({ status, visits, reason })) {
      if (value === undefined) this.#element.removeAttribute(name);
      // Only if changed: setting the value it has makes the browser restyle the page.
      else if (this.#element.getAttribute(name) !== value) this.#element.setAttribute(name, value);
    }
  }

  /** Tells the host what has changed since it was last told, if anything has. */
  announce(view: BannerView): void {
    const change = changeOf(view);
    if (isSameChange(change, this.#told)) return;
    this.#told = change;
    this.#element.dispatchEvent(new CpIsChangeEvent({ ...change }));
  }
}
