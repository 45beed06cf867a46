/** By the document's own method: an element named `createElement` does not stand in its place. */
const make = (name: string): HTMLElement => {
  const own: unknown = Reflect.get(Document.prototype, 'createElement');
  return (own as (this: Document, name: string) => HTMLElement).call(document, name);
};

/**
 * Where an element renders, beside a slot for its light DOM ("CP-IS not checked"). The slot shows until the first
 * rendering and again after any that throws, so that a fault is seen (safety rule 8). Made before there is a shadow root,
 * which would hide the light DOM.
 */
export class VisibleRoot {
  readonly #slot = make('slot');
  container = make('div');

  constructor(fallback: string) {
    this.#slot.textContent = fallback;
  }

  put(shadow: ShadowRoot): void {
    const nodes = [this.container, this.#slot];
    try {
      shadow.append(...nodes);
      if (shadow.lastChild === this.#slot) return;
    } catch {
      // A host that has broken the one way may have left the other: without its slot the light DOM is not seen.
    }
    for (const node of nodes) shadow.appendChild(node);
  }

  get isFallbackShown(): boolean {
    return !this.#slot.hidden;
  }

  rendered(): void {
    // Not set again: the browser would style the page again for it.
    if (!this.#slot.hidden) this.#slot.hidden = this.container.parentNode !== null;
  }

  /** Throws away what was half rendered. */
  failed(): void {
    this.#slot.hidden = false;
    this.container.remove();
    this.container = make('div');
    this.#slot.before(this.container);
  }
}
