import { html, nothing, type TemplateResult } from 'lit';

import type { LastKnown } from '../../domain/answer.js';
import { contactsOf } from '../../domain/contact.js';
import { isCovered, type Actions, type Model } from '../model.js';
import * as words from '../wording.js';
import { inLine, numberIn } from './contacts.js';
import { sentence } from './spoken.js';

/** The way to what a discreet banner does not show in the open. */
export const showDetails = (actions: Actions): TemplateResult =>
  html`<button
    type="button"
    class="link"
    @click=${() => {
      actions.reveal();
    }}
  >
    ${words.show}
  </button>`;

/** What was known before this check failed, under the time of that check; behind Show when discreet. */
export function lastKnown(known: LastKnown, model: Model, actions: Actions): TemplateResult {
  const { now, today } = model;
  const when = sentence(words.lastChecked(known.checkedAt, now));
  if (isCovered(model))
    return html`<div class="last-known">
      <p>${when} ${showDetails(actions)}</p>
    </div>`;
  const number = numberIn(model, actions);
  return html`<div class="last-known">
    <p>
      ${when} <strong>${sentence(words.heldHeading(known.plans, today).replace(/\.?$/, '.'))}</strong>
      ${known.incomplete ? words.incomplete : nothing}
    </p>
    <ul>
      ${contactsOf(known.plans, today).map((contact) => html`<li>${inLine(contact, number)}</li>`)}
    </ul>
  </div>`;
}
