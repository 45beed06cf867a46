import { html, nothing, type TemplateResult } from 'lit';

import { standingOf } from '../../domain/plan.js';
import { isOld, type Actions, type HoldsPlans, type Model } from '../model.js';
import * as words from '../wording/foot.js';
import { namesOf } from '../wording/plans.js';
import { button } from './button.js';

/** What was done, what to do next, and what to do when the patient was opened in error. */
export function foot(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult | typeof nothing {
  const { attendance, setting, reader, today } = model;
  if (attendance === undefined || setting === undefined || answer.status === 'not-checked') return nothing;
  const { plans } = answer;
  const lines = words.footLines({ attendance, setting, plans, today, kept: isOld(answer) });
  const [, toDo] = answer.status === 'ended' ? words.endedNotes(plans) : [];
  return html`<div class="cell" part="foot">
    ${toDo === undefined ? nothing : html`<p>${toDo}</p>`}
    ${lines.map(([strong, rest], at) => html`<p><strong>${strong}</strong> ${rest} ${at === lines.length - 1 ? errorButton(model, actions) : nothing}</p>`)}
    ${reader.errorOpen ? html`<p>${words.openedInErrorAdvice(attendance, namesOf(standingOf(plans, today)))}</p>` : nothing}
    ${words.footNotes(plans, today).map((note) => html`<p class="note">${note}</p>`)}
  </div>`;
}

const errorButton = ({ reader }: Model, actions: Actions): TemplateResult =>
  button(words.openedInError, () => actions.set({ errorOpen: !reader.errorOpen }), { expanded: reader.errorOpen });
