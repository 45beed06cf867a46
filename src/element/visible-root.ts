/**
 * Where an element renders, beside a slot for its light DOM ("CP-IS not checked"). The slot shows until the first
 * rendering and again after any that throws, so that a fault is seen (safety rule 8).
 */
export class VisibleRoot {
  readonly #slot = document.createElement('slot');
  container = document.createElement('div');

  constructor(shadow: ShadowRoot, fallback: string) {
    this.#slot.textContent = fallback;
    shadow.append(this.container, this.#slot);
  }

  rendered(): void {
    // Not set again: the browser would style the page again for it.
    if (!this.#slot.hidden) this.#slot.hidden = true;
  }

  /** Throws away what was half rendered. */
  failed(): void {
    const fresh = document.createElement('div');
    this.container.replaceWith(fresh);
    this.container = fresh;
    this.#slot.hidden = false;
  }
}
