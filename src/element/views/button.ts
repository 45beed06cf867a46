import { html, nothing, type TemplateResult } from 'lit';

/** How a button looks, what it opens, and its name when that is more than its words. */
export interface ButtonOptions {
  /** A link in a line of text, or a button with a border. */
  readonly look?: 'link' | 'bordered';
  readonly label?: string;
  readonly expanded?: boolean;
  readonly controls?: string;
}

export const button = (
  text: string | TemplateResult,
  press: () => void,
  { look = 'link', label, expanded, controls }: ButtonOptions = {},
): TemplateResult =>
  html`<button
    type="button"
    class=${look}
    aria-label=${label ?? nothing}
    aria-expanded=${expanded === undefined ? nothing : String(expanded)}
    aria-controls=${controls ?? nothing}
    @click=${press}
  >
    ${text}
  </button>`;
