import { html, type TemplateResult } from 'lit';

import type { NotCheckedAnswer } from '../../domain/answer.js';
import type { Model } from '../model.js';
import * as words from '../wording.js';

/** Why the status is not known, whether an alert may have gone, and what to do all the same. */
export function notChecked(answer: NotCheckedAnswer, { attendance }: Model): TemplateResult {
  const gone = answer.mayHaveLeft && attendance === 'unscheduled' ? ` ${words.alertMayHaveGone}` : '';
  return html`<div class="why">
    <p>${words.reasonLines[answer.reason]}${gone}</p>
    <p>${words.referAsUsual}</p>
  </div>`;
}
