import { html, type TemplateResult } from 'lit';

import type { NotCheckedAnswer } from '../../domain/answer.js';
import type { Model } from '../model.js';
import { allTheSame, dontRely } from '../wording/frame.js';
import { mayBeCurrent } from '../wording/plans.js';
import { reasonLines } from '../wording/reasons.js';

/** Why the status is not known, not to rely on an alert, and what to do anyway. */
export const notChecked = (answer: NotCheckedAnswer, model: Model): TemplateResult =>
  html`<p class="why">${whyNot(answer, model).join(' ')}</p>`;

/** The sentences, both shown and read out. */
export function whyNot(
  { reason, mayHaveLeft, plans }: NotCheckedAnswer,
  { attendance, setting }: Pick<Model, 'attendance' | 'setting'>,
): readonly string[] {
  return [
    plans.length > 0 ? mayBeCurrent : reasonLines[reason],
    ...(mayHaveLeft && attendance === 'unscheduled' ? [dontRely] : []),
    ...(reason === 'no-attendance' ? [] : [allTheSame(attendance, setting)]),
  ];
}
