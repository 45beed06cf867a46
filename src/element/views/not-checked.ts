import { html, nothing, type TemplateResult } from 'lit';

import type { NotCheckedAnswer } from '../../domain/answer.js';
import { isCovered, type Actions, type Model } from '../model.js';
import * as words from '../wording.js';
import { lastKnown, showDetails } from './last-known.js';

/** Why the status is not known, whether an alert may have gone, and what to do all the same. */
export function notChecked(answer: NotCheckedAnswer, model: Model, actions: Actions): TemplateResult {
  const { attendance } = model;
  const gone = answer.mayHaveLeft && attendance === 'unscheduled' ? ` ${words.alertMayHaveGone}` : '';
  return html`<div class="why">
      <p>${words.reasonLines[answer.reason]}${gone}</p>
      <p>${words.referAsUsual}</p>
    </div>
    ${answer.lastKnown === undefined ? nothing : lastKnown(answer.lastKnown, model, actions)}
    ${answer.plans.length > 0 && isCovered(model) ? html`<div class="last-known"><p>${showDetails(actions)}</p></div>` : nothing}`;
}
