import { html, type TemplateResult } from 'lit';

import { sayDates } from '../spoken.js';

const date = /(\b(?:\d\d-)?[A-Z][a-z]{2}-\d{4}\b)/;

/**
 * A sentence whose short dates never break, and are read out in words: eyes get "06-Aug-2018", ears "6 August 2018".
 * It is said whole: readers pause where a part of it is said another way.
 */
export function sentence(text: string): TemplateResult {
  const parts = text.split(date);
  if (parts.length === 1) return html`${text}`;
  const seen = parts.map((part, at) => (at % 2 === 0 ? part : html`<span class="whole">${part}</span>`));
  return html`<span aria-hidden="true">${seen}</span><span class="unseen">${sayDates(text)}</span>`;
}

/** Stands between two things in a line; a reader's pause says as much. */
export const dot = html`<span aria-hidden="true"> · </span>`;
