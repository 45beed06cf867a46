import { CpIsBanner } from './index.js';

declare global {
  interface HTMLElementTagNameMap {
    'cp-is-banner': CpIsBanner;
  }
}

if (customElements.get('cp-is-banner') === undefined) customElements.define('cp-is-banner', CpIsBanner);
