import { CpIsBanner } from './index.js';

declare global {
  interface HTMLElementTagNameMap {
    'cp-is-banner': CpIsBanner;
  }
}

// Below the floor of browsers nothing could be drawn: nothing is asked there either, and the tag's own text stands.
const canDraw = typeof Document === 'undefined' || 'adoptedStyleSheets' in Document.prototype;
if (customElements.get('cp-is-banner') === undefined && canDraw) customElements.define('cp-is-banner', CpIsBanner);
