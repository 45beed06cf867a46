import { dress } from './dress.js';
import { VisibleRoot } from './visible-root.js';

/** What stands in the tag's shadow root: what is drawn, its styles, and who has the focus in it. */
export class Screen {
  readonly root: VisibleRoot;
  readonly #shadow: ShadowRoot;
  readonly #css: string;

  /** `fallback`: what the light DOM says until something is drawn; `css`: what everything is dressed in. */
  constructor(host: Element, fallback: string, css: string) {
    this.root = new VisibleRoot(fallback);
    this.#shadow = host.attachShadow({ mode: 'open' });
    this.#css = css;
    this.root.put(this.#shadow);
  }

  /** Throws where what is drawn would stand without styles. */
  dress(): void {
    dress(this.#shadow, this.#css);
  }

  /** Whether anything is drawn. */
  get hasText(): boolean {
    return Boolean(this.root.container.querySelector('.sheet')?.textContent.trim());
  }

  get hasFocus(): boolean {
    return this.#shadow.activeElement instanceof Element;
  }

  focus(options?: FocusOptions): void {
    this.root.container.querySelector('section')?.focus(options);
  }

  /** To the button that took the place of the one pressed (Hide, Show), else to the banner itself. */
  keepFocus(): void {
    const inHeading = [...this.root.container.querySelectorAll<HTMLElement>('.aside button')].at(-1);
    if (inHeading === undefined) this.focus();
    else inHeading.focus();
  }
}
