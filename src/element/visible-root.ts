/**
 * Where an element renders, beside a slot for its light DOM ("CP-IS not checked"). The slot shows until the first
 * rendering and again after any that throws, so that a fault is seen (safety rule 8).
 *
 * Translators and detectors of numbers write into pages, shadow roots too. A template patches the nodes that it made,
 * which may stand there no more, and an old line would stay: whoever renders asks first whether others have written.
 */
export class VisibleRoot {
  readonly #slot = document.createElement('slot');
  #isWritten = false;
  readonly #others = observer(() => {
    this.#isWritten = true;
  });
  container = document.createElement('div');

  constructor(shadow: ShadowRoot, fallback: string) {
    this.#slot.textContent = fallback;
    shadow.append(this.container, this.#slot);
    this.#watch();
  }

  rendered(): void {
    this.#others?.takeRecords();
    // Not set again: the browser would style the page again for it.
    if (!this.#slot.hidden) this.#slot.hidden = true;
  }

  /** Whether anybody else has written into what was rendered. */
  get isWrittenByOthers(): boolean {
    return (this.#others?.takeRecords().length ?? 0) > 0 || this.#isWritten;
  }

  /** Throws away what stands, to be rendered anew. */
  renew(): void {
    const fresh = document.createElement('div');
    this.container.replaceWith(fresh);
    this.container = fresh;
    this.#watch();
  }

  /** Throws away what was half rendered. */
  failed(): void {
    this.renew();
    this.#slot.hidden = false;
  }

  #watch(): void {
    this.#isWritten = false;
    this.#others?.disconnect();
    this.#others?.observe(this.container, { subtree: true, childList: true, characterData: true });
  }
}

/** Where a page has spoilt it nobody is watched, and the banner is drawn all the same. */
function observer(changed: () => void): MutationObserver | undefined {
  try {
    return new MutationObserver(changed);
  } catch {
    return undefined;
  }
}
