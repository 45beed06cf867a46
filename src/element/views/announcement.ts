import { html, type TemplateResult } from 'lit';

import { phaseOf } from '../../domain/plan.js';
import { isOld, isVeiled, type Model } from '../model.js';
import { sayDates } from '../spoken.js';
import * as words from '../wording.js';

/** What assistive technology is told when the answer comes. No name, no number, no place stands in it. */
export function announcement(model: Model): TemplateResult {
  const text = spoken(model);
  const urgent = isUrgent(model);
  return html`<div class="unseen" role="status">${urgent ? '' : text}</div>
    <div class="unseen" role="alert">${urgent ? text : ''}</div>`;
}

/** Only a current child protection or unborn plan in unscheduled care interrupts, once, and never a discreet banner. */
const isUrgent = (model: Model): boolean => {
  const { view, attendance, discreet, reader } = model;
  return (
    attendance === 'unscheduled' &&
    !discreet &&
    !reader.revealed &&
    view.status === 'current' &&
    view.answer.plans.some(
      (plan) =>
        (plan.kind === 'child-protection' || plan.kind === 'unborn') && phaseOf(plan, model.today) === 'current',
    )
  );
};

function spoken(model: Model): string {
  const { view, reader } = model;
  if (reader.hidden) return '';
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
      return sayDates(
        [
          `CP-IS: ${words.heldHeading(view.answer.plans, model.today)}`,
          ...(isOld(view.answer) ? [words.mayBeOld] : []),
        ].join('. '),
      );
  }
}
