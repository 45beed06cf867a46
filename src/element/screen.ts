import { dress } from './dress.js';
import { VisibleRoot } from './visible-root.js';

/** The tag's shadow root: what is drawn there, its styles and its focus. */
export class Screen {
  readonly root: VisibleRoot;
  readonly #shadow: ShadowRoot;
  readonly #css: string;

  /** `fallback`: the words shown until something is drawn; `css`: the styles of everything. */
  constructor(host: Element, fallback: string, css: string) {
    this.root = new VisibleRoot(fallback);
    this.#shadow = host.attachShadow({ mode: 'open' });
    this.#css = css;
    this.root.put(this.#shadow);
  }

  /** Throws where the drawing would have no styles. */
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

  /** Moves the focus to the button that replaced the pressed one (Hide, Show), else to the banner itself. */
  keepFocus(): void {
    const inHeading = [...this.root.container.querySelectorAll<HTMLElement>('.aside button')].at(-1);
    if (inHeading === undefined) this.focus();
    else inHeading.focus();
  }
}
