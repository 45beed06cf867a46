import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

import type { Tone } from './model.js';

const icons: Readonly<Record<Tone, SVGTemplateResult>> = {
  alert: svg`<path class="ink" d="M12 2.2 23 21.8H1z"/><path class="paper" d="M10.9 9h2.2v6.2h-2.2zm0 7.6h2.2v2.2h-2.2z"/>`,
  care: svg`<circle class="ink" cx="12" cy="12" r="10.5"/><path class="paper" d="M10.6 5.8h2.8v2.8h-2.8zM9.6 10.2h3.8v6.2h1.4v2H9.4v-2h1.4v-4.2H9.6z"/>`,
  ended: svg`<circle class="stroke" cx="12" cy="12" r="9.6"/><path class="stroke" d="M12 6.4V12l3.8 2.6"/>`,
  none: svg`<circle class="stroke" cx="12" cy="12" r="9.6"/><path class="stroke" d="M7.6 12h8.8"/>`,
  failed: svg`<circle class="ink" cx="12" cy="12" r="10.5"/><path class="paper-stroke" d="m8.2 8.2 7.6 7.6m0-7.6-7.6 7.6"/>`,
  checking: svg`<circle class="stroke" cx="12" cy="12" r="9.6"/>`,
};

/** The tone's picture. It repeats the heading, so assistive technology skips it. */
export const icon = (tone: Tone): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    ${icons[tone]}
  </svg>`;
