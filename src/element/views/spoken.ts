import { html, type TemplateResult } from 'lit';

import { sayDates } from '../wording/dates.js';

const date = /(\b(?:\d\d-)?[A-Z][a-z]{2}-\d{4}\b)/;

/**
 * A sentence whose short dates never break, and are read out in words: eyes get "06-Aug-2018", ears "6 August 2018".
 * It is said whole: readers pause where a part of it is said another way.
 */
export function sentence(text: string): TemplateResult | string {
  const parts = text.split(date);
  if (parts.length === 1) return text;
  return html`<span aria-hidden="true">${seen(parts)}</span><span class="unseen">${sayDates(text)}</span>`;
}

/** Text and dates by turns. As templates one in another: lit keeps two marks in the page for each item of a list. */
const seen = ([before = '', day, ...rest]: readonly string[]): TemplateResult | string =>
  day === undefined ? before : html`${before}<span class="whole">${day}</span>${seen(rest)}`;

/** Stands between two things in a line; a reader's pause says as much. */
export const dot = html`<span aria-hidden="true"> · </span>`;
