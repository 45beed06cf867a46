import type { BannerView } from '../domain/banner-state.js';
import { changeOf, CpIsChangeEvent, isSameChange, type Change } from './events.js';

/** What the tag's own attributes and `cp-is-change` say of the banner. */
export class Reflection {
  readonly #element: Element;
  /** What the host was last told; before the first time, that nobody is open. */
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
      // Only if changed: an attribute set to the value it has makes the browser style the page again.
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
