import { isHidden, make, putBefore, setHidden, takeOut } from './tree.js';

/**
 * Where an element renders, beside a slot for its light DOM ("CP-IS not checked"). The slot shows until the first
 * rendering, and again after any that throws, so that a fault is seen (safety rule 8). Made before there is a shadow
 * root, which would hide the light DOM.
 *
 * Translators and phone-number detectors write into pages, shadow roots too. A template patches the nodes that it made;
 * if they have been replaced, an old line would stay. So a rendering begins by asking whether others have written.
 */
export class VisibleRoot {
  readonly #slot = make('slot');
  #isWritten = false;
  readonly #others = observer(() => {
    this.#isWritten = true;
  });
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
      // A host that broke `append` may have left `appendChild`: without its slot the light DOM is not seen.
    } finally {
      this.#watch();
    }
    for (const node of nodes) shadow.appendChild(node);
  }

  get isFallbackShown(): boolean {
    return !isHidden(this.#slot);
  }

  showFallback(): void {
    setHidden(this.#slot, false);
  }

  rendered(): void {
    this.#others?.takeRecords();
    // Not set again, since the browser would restyle the page.
    if (this.isFallbackShown) setHidden(this.#slot, this.container.parentNode !== null);
  }

  /** Whether anybody else has written into what was rendered. */
  get isWrittenByOthers(): boolean {
    return (this.#others?.takeRecords().length ?? 0) > 0 || this.#isWritten;
  }

  /** Discards what is drawn, to render it afresh. */
  renew(): void {
    takeOut(this.container);
    this.container = make('div');
    putBefore(this.#slot, this.container);
    this.#watch();
  }

  #watch(): void {
    this.#isWritten = false;
    this.#others?.disconnect();
    this.#others?.observe(this.container, { subtree: true, childList: true, characterData: true });
  }
}

/** Where a page has broken it nothing is watched, and the banner is still drawn. */
function observer(changed: () => void): MutationObserver | undefined {
  try {
    return new MutationObserver(changed);
  } catch {
    return undefined;
  }
}
