import { html, nothing, type TemplateResult } from 'lit';

import { isOld, type Actions, type HoldsPlans, type Model } from '../model.js';
import * as words from '../wording.js';

const clockTolerance = 5 * 60_000;

/** What was done, what to do next, and what to do when the patient was opened in error. */
export function foot(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult | typeof nothing {
  const { attendance, setting, reader } = model;
  if (attendance === undefined || setting === undefined || answer.status === 'not-checked') return nothing;
  const lines = words.footLines(attendance, setting, answer.plans, model.today, isOld(answer));
  return html`<div class="foot" part="foot">
    ${lines.map(([strong, rest]) => html`<p><strong>${strong}</strong> ${rest}</p>`)}
    ${isClockWrong(answer.clock) ? clockNote : nothing}
    <button
      type="button"
      class="link small"
      aria-expanded=${reader.errorOpen ? 'true' : 'false'}
      @click=${() => {
        actions.set({ errorOpen: !reader.errorOpen });
      }}
    >
      ${words.openedInError}
    </button>
    ${reader.errorOpen ? html`<p>${words.openedInErrorAdvice(attendance, words.namesOf(answer.plans))}</p>` : nothing}
  </div>`;
}

/** This computer's clock and the register's are five minutes apart or more. */
export const isClockWrong = (clock: number | undefined): boolean =>
  clock !== undefined && Math.abs(clock) >= clockTolerance;

export const clockNote = html`<p><strong>${words.clockWrong}</strong></p>`;
