import { html, type TemplateResult } from 'lit';

import { isVeiled, toneOf, type Model } from '../model.js';
import { sayDates } from '../spoken.js';
import * as words from '../wording.js';

/** What assistive technology is told when the answer comes. No name, no number, no place stands in it. */
export function announcement(model: Model): TemplateResult {
  const { attendance, discreet } = model;
  const urgent = toneOf(model) === 'alert' && attendance === 'unscheduled' && !discreet;
  const text = spoken(model);
  return html`<div class="unseen" role="status">${urgent ? '' : text}</div>
    <div class="unseen" role="alert">${urgent ? text : ''}</div>`;
}

function spoken(model: Model): string {
  const { view, today } = model;
  if (isVeiled(model)) return words.pleaseRead;
  switch (view.status) {
    case 'idle':
    case 'checking':
      return '';
    case 'none':
      return words.none.join(' ');
    case 'not-checked':
      return `${words.notCheckedHeading}. ${words.reasonLines[view.answer.reason]} ${words.referAsUsual}`;
    case 'current':
    case 'ended':
      return sayDates(`CP-IS: ${words.heldHeading(view.answer.plans, today)}`);
  }
}
