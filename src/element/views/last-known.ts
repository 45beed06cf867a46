import { html, nothing, type TemplateResult } from 'lit';

import type { LastKnown } from '../../domain/answer.js';
import { contactsOf } from '../../domain/contact.js';
import { isCovered, type Actions, type Model } from '../model.js';
import { lastChecked, show } from '../wording/frame.js';
import { heldHeading, incomplete } from '../wording/plans.js';
import { button } from './button.js';
import { inLine, numbersIn } from './contacts.js';
import { sentence } from './spoken.js';

/** Opens what a discreet banner hides. */
export const showButton = (actions: Actions): TemplateResult =>
  button(show, () => actions.reveal(), { look: 'bordered' });

/** What was known before this check failed, with the time of the earlier check; behind Show when discreet. */
export function lastKnown(known: LastKnown, model: Model, actions: Actions): TemplateResult {
  const { now, today } = model;
  const when = sentence(lastChecked(known.checkedAt, now));
  if (isCovered(model))
    return html`<div class="last-known">
      <p>${when} ${showButton(actions)}</p>
    </div>`;
  const numbers = numbersIn(model, actions);
  return html`<div class="last-known">
    <p>
      ${when} <strong>${sentence(heldHeading(known.plans, today).replace(/\.?$/, '.'))}</strong>
      ${known.incomplete ? incomplete : nothing}
    </p>
    <ul>
      ${contactsOf(known.plans, today).map((contact) => html`<li>${inLine(contact, numbers)}</li>`)}
    </ul>
  </div>`;
}
