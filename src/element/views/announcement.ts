import { html, type TemplateResult } from 'lit';

import { openOf, phaseOf } from '../../domain/plan.js';
import { isLost, isOld, isVeiled, type Model } from '../model.js';
import { sayDates } from '../wording/dates.js';
import * as frame from '../wording/frame.js';
import * as words from '../wording/plans.js';
import { whyNot } from './not-checked.js';

/**
 * What assistive technology is told when the answer comes: no name, no number, no place. The urgent one has no role:
 * when an `alert` that stays changes its words, Firefox tells a screen reader nothing, and with role and `aria-live`
 * together some say it twice.
 */
export function announcement(model: Model): TemplateResult {
  const text = spoken(model);
  const urgent = isUrgent(model);
  return html`<div class="unseen" role="status">${urgent ? '' : text}</div>
    <div class="unseen" aria-live="assertive" aria-atomic="true">${urgent ? text : ''}</div>`;
}

/** Only a current child protection or unborn plan in unscheduled care interrupts, once; a discreet banner never. */
const isUrgent = (model: Model): boolean => {
  const { view, attendance, discreet, reader } = model;
  return (
    attendance === 'unscheduled' &&
    !discreet &&
    !reader.revealed &&
    !isLost(model) &&
    view.status === 'current' &&
    openOf(view.answer.plans, model.today).some(
      (plan) =>
        (plan.kind === 'child-protection' || plan.kind === 'unborn') && phaseOf(plan, model.today) === 'current',
    )
  );
};

function spoken(model: Model): string {
  const { view, reader, outOfSync } = model;
  if (outOfSync && view.status === 'idle') return frame.outOfSyncNobody;
  if (isLost(model)) return `${frame.mayBeAnother}. ${frame.openAgain}`;
  if (reader.hidden) return '';
  if (isVeiled(model)) return frame.pleaseRead;
  switch (view.status) {
    case 'idle':
      return '';
    case 'checking':
      return model.isLong ? frame.checking(model.attendance, true) : '';
    case 'none':
      return [frame.noneHeading, ...frame.noneText(model.attendance, model.setting)].join(' ');
    case 'not-checked':
      return `${frame.notCheckedHeading}. ${whyNot(view.answer, model).join(' ')}`;
    case 'current':
    case 'ended':
      return sayDates(
        [
          frame.said(words.heldHeading(view.answer.plans, model.today)),
          ...(isOld(view.answer) ? [words.mayBeOld] : []),
        ].join('. '),
      );
  }
}
