import { html, nothing, type TemplateResult } from 'lit';

import { isCovered, isVeiled, toneOf, type Actions, type HoldsPlans, type Model } from '../model.js';
import * as words from '../wording.js';
import { contacts } from './contacts.js';
import { compactDetails } from './compact.js';
import { clockNote, foot, isClockWrong } from './foot.js';
import { heading } from './heading.js';
import { announcement } from './announcement.js';
import { showDetails } from './last-known.js';
import { notChecked } from './not-checked.js';
import { plans } from './plans.js';
import { areViewsOpen, viewsTable, visits } from './visits.js';

/** The whole banner for one model. Pure: the same model gives the same banner. */
export function banner(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { view, layout, attendance } = model;
  if (view.status === 'idle' && !model.outOfSync) return nothing;
  const tone = isVeiled(model) ? 'veiled' : toneOf(model);
  return html`<section
    translate="no"
    class="banner notranslate ${tone} ${layout} ${attendance ?? ''}"
    part="banner"
    tabindex="-1"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isAnythingOpen(model)) return;
      actions.close();
      // One press closes one thing: not the host's dialog as well.
      event.preventDefault();
      event.stopPropagation();
    }}
    aria-label=${words.regionName}
    aria-busy=${view.status === 'checking' ? 'true' : nothing}
  >
    <div class="sheet">${model.outOfSync ? outOfSync(model) : nothing} ${sheet(model, actions)}</div>
    <p class="printed">
      ${view.status === 'not-checked' || view.status === 'idle' ? words.notCheckedHeading : words.pleaseRead}
    </p>
    ${announcement(model)}
  </section>`;
}

const isAnythingOpen = ({ reader, discreet }: Model): boolean =>
  reader.viewsOpen || reader.errorOpen || (discreet && reader.revealed);

const outOfSync = ({ view }: Model): TemplateResult =>
  html`<p class="sync" role="status">${view.status === 'idle' ? words.outOfSyncNobody : words.outOfSync}</p>`;

function sheet(model: Model, actions: Actions): TemplateResult | typeof nothing {
  if (model.view.status === 'idle') return nothing;
  return isVeiled(model) ? veil(actions) : html`${heading(model, actions)} ${body(model, actions)}`;
}

const veil = (actions: Actions): TemplateResult =>
  html`<div class="heading" part="heading">
    <div class="says"><h2>${words.pleaseRead}</h2></div>
    <div class="aside">${showDetails(actions)}</div>
  </div>`;

function body(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { answer } = model.view;
  if (answer === undefined) return nothing;
  switch (answer.status) {
    case 'none':
      return isClockWrong(answer.clock) ? html`<div class="foot" part="foot">${clockNote}</div>` : nothing;
    case 'not-checked':
      return html`${notChecked(answer, model, actions)}
      ${answer.plans.length === 0 || isCovered(model) ? nothing : details(model, answer, actions)}`;
    case 'current':
    case 'ended':
      return html`${details(model, answer, actions)} ${foot(model, answer, actions)}`;
  }
}

function details(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult {
  const { history, layout } = model;
  if (layout === 'compact') return compactDetails(model, answer, actions);
  return html`<div class="details">
      ${plans(model, answer)} ${contacts(model, answer, actions)} ${visits(model, actions)}
    </div>
    ${history !== undefined && history.rows.length > 0 && areViewsOpen(model) ? viewsTable(history) : nothing}`;
}
