import { html, type TemplateResult } from 'lit';

import { sayDates, sayDigits } from '../spoken.js';

/** A sentence whose short dates are read out in words: eyes get "06-Aug-2018", ears "6 August 2018". */
export const sentence = (text: string): TemplateResult => seenAndHeard(text, sayDates(text));

/** A telephone number that is read out digit by digit. */
export const number = (text: string): TemplateResult => seenAndHeard(text, sayDigits(text));

const seenAndHeard = (seen: string, heard: string): TemplateResult =>
  seen === heard ? html`${seen}` : html`<span aria-hidden="true">${seen}</span><span class="unseen">${heard}</span>`;
