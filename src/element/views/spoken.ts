import { html, type TemplateResult } from 'lit';

import { sayDates } from '../spoken.js';

const date = /(\b(?:\d\d-)?[A-Z][a-z]{2}-\d{4}\b)/;

/** A sentence whose short dates never break, and are read out in words: eyes get "06-Aug-2018", ears "6 August 2018". */
export const sentence = (text: string): TemplateResult =>
  html`${text
    .split(date)
    .map((part, at) =>
      at % 2 === 0
        ? part
        : html`<span class="whole" aria-hidden="true">${part}</span><span class="unseen">${sayDates(part)}</span>`,
    )}`;
