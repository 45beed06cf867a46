import type { PropertyDeclaration, PropertyValues } from 'lit';

import { HostProperties } from './host-properties.js';
import { Screen } from './screen.js';
import { styles } from './styles/index.js';
import { proveTree } from './tree.js';
import { lightDom } from './wording/frame.js';

/**
 * An element that is drawn whole or not at all: any throw on the way ends in `failVisibly` (safety rule 8).
 *
 * @csspart banner - The whole banner.
 * @csspart heading - The line to read first.
 * @csspart plans - The plans.
 * @csspart contacts - Whom to ring.
 * @csspart visits - Earlier visits in brief.
 * @csspart foot - What was done and what to do next.
 *
 * @cssprop --cp-is-text - Text and filled icons.
 * @cssprop --cp-is-secondary - Dates, notes, column titles.
 * @cssprop --cp-is-link - Numbers, buttons, marks in the drawing.
 * @cssprop --cp-is-link-hover - Numbers and buttons under the pointer.
 * @cssprop --cp-is-rule - The frame and the lines between cells.
 * @cssprop --cp-is-focus - Background of the focused element.
 * @cssprop --cp-is-focus-text - Text of the focused element and the line under it.
 * @cssprop --cp-is-background - Background of the banner.
 * @cssprop --cp-is-alert - Heading: child protection, unborn baby, type not recognised.
 * @cssprop --cp-is-alert-edge - Left edge: child protection, unborn baby, type not recognised.
 * @cssprop --cp-is-care - Heading: looked after only.
 * @cssprop --cp-is-care-edge - Left edge: looked after only.
 * @cssprop --cp-is-care-edge-line - Outer line of that edge, which must stand out from the page by 3 to 1.
 * @cssprop --cp-is-ended - Heading: ended.
 * @cssprop --cp-is-ended-edge - Left edge: ended, hidden or discreet.
 * @cssprop --cp-is-failed - Heading: not checked, out of sync.
 * @cssprop --cp-is-failed-edge - Left edge and icon: not checked, out of sync.
 * @cssprop --cp-is-tag - "Out of area", and the last 30 days of the drawing.
 * @cssprop --cp-is-tag-text - The text of "Out of area".
 * @cssprop --cp-is-edge - Left edge: none, checking.
 * @cssprop --cp-is-font - The typeface.
 * @cssprop --cp-is-font-size - The size of plain text; all else follows it.
 */
export abstract class DrawnElement extends HostProperties {
  static override styles = styles;

  #screen: Screen | undefined;
  #isPainting = false;

  /** Makes the banner say that CP-IS was not checked. */
  protected abstract failVisibly(): void;

  protected get screen(): Screen | undefined {
    return this.#screen;
  }

  /** Draws in this task, unless a drawing is under way. */
  protected drawNow(): void {
    if (this.hasUpdated && !this.#isPainting) this.performUpdate();
  }

  /** Discards what is drawn, to draw it afresh. */
  protected renew({ root }: Screen): void {
    root.renew();
    (this as { renderRoot: HTMLElement }).renderRoot = root.container;
  }

  /** Moves the keyboard focus to the banner. */
  override focus(options?: FocusOptions): void {
    this.#screen?.focus(options);
  }

  /** It has moved to another document, without its styles: nobody must see it like that. */
  adoptedCallback(): void {
    try {
      this.#screen?.dress();
    } catch {
      this.failVisibly();
    }
  }

  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, oldValue, options);
    if (name !== undefined) this.hostSet(name);
  }

  /** The host has set a property to another value. */
  protected abstract hostSet(name: PropertyKey): void;

  protected override createRenderRoot(): HTMLElement {
    this.#screen = new Screen(this, lightDom, styles.cssText);
    try {
      super.createRenderRoot();
    } catch {
      // If lit cannot add the styles, they are missed when something is drawn.
    }
    // Renders into a container of its own, not before what is in the shadow root.
    this.renderOptions.renderBefore = null;
    return this.#screen.root.container;
  }

  /** A fault thrown here is one of this update, so lit still takes the next. */
  protected override update(changed: PropertyValues<this>): void {
    const screen = this.#screen;
    screen?.dress();
    // Never patch where others have written: an old line would stay.
    if (screen?.root.isWrittenByOthers === true) this.renew(screen);
    proveTree();
    super.update(changed);
  }

  protected override performUpdate(): void {
    // lit calls again for what was drawn at once; if that failed, it stays failed.
    if (!this.isUpdatePending) return;
    const screen = this.#screen;
    const hadFocus = screen?.hasFocus ?? false;
    this.#isPainting = true;
    try {
      super.performUpdate();
      screen?.root.rendered();
      // The focused element may be gone: keep a keyboard user in the same place.
      if (hadFocus && screen?.hasFocus === false) screen.keepFocus();
    } catch {
      this.failVisibly();
    } finally {
      this.#isPainting = false;
    }
  }
}
