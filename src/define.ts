import { CpIsBanner } from './index.js';

declare global {
  interface HTMLElementTagNameMap {
    'cp-is-banner': CpIsBanner;
  }
}

// Below the floor of browsers nothing could be drawn: nothing is asked there either, and the tag's own text stands.
if (customElements.get('cp-is-banner') === undefined && 'adoptedStyleSheets' in Document.prototype)
  customElements.define('cp-is-banner', CpIsBanner);
