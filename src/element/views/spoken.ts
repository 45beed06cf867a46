import { html, type TemplateResult } from 'lit';

import { sayDates } from '../wording/dates.js';

const date = /(\b(?:\d\d-)?[A-Z][a-z]{2}-\d{4}\b)/;

/**
 * A sentence whose short dates never break, and are read out in words: shown "06-Aug-2018", said "6 August 2018". The
 * whole sentence is said as one: screen readers pause at a part that is said differently.
 */
export function sentence(text: string): TemplateResult | string {
  const parts = text.split(date);
  if (parts.length === 1) return text;
  return html`<span aria-hidden="true">${seen(parts)}</span><span class="unseen">${sayDates(text)}</span>`;
}

/** Text and dates in turn. Nested templates, since lit leaves two markers in the page for each item of a list. */
const seen = ([before = '', day, ...rest]: readonly string[]): TemplateResult | string =>
  day === undefined ? before : html`${before}<span class="whole">${day}</span>${seen(rest)}`;

/** Separates two things in a line; to a listener the screen reader's pause says as much. */
export const dot = html`<span aria-hidden="true"> · </span>`;
