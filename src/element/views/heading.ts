import { html, nothing, type TemplateResult } from 'lit';

import { phaseOf, type Plan } from '../../domain/plan.js';
import { icon } from '../icons.js';
import { isOld, toneOf, type Actions, type Model } from '../model.js';
import * as words from '../wording.js';
import { areaTag } from './area.js';
import { sentence } from './spoken.js';

/** The line that is read first: icon, heading, what belongs to it, when it was checked, Hide. */
export function heading(model: Model, actions: Actions): TemplateResult {
  return html`<div class="heading" part="heading">
    ${icon(toneOf(model))}
    <div class="says">${says(model)}</div>
    <div class="aside">${aside(model, actions)}</div>
  </div>`;
}

function says(model: Model): TemplateResult | typeof nothing {
  const { view, attendance, setting, layout } = model;
  switch (view.status) {
    case 'idle':
      return nothing;
    case 'checking':
      return html`<p class="quiet">${words.checking(attendance)}</p>
        <div class="likely" aria-hidden="true">
          <b>${words.likelyHeading}</b>${layout === 'compact' ? nothing : html`<span>${words.likelySubtitle}</span>`}
        </div>`;
    case 'none':
      return html`<p><strong>${words.none[0]}</strong> ${words.none[1]}</p>
        ${setting === 'maternity-unit' || setting === 'paediatric-ward' ? html`<p>${words.newborn}</p>` : nothing}`;
    case 'not-checked':
      return html`<h2>${words.notCheckedHeading}</h2>`;
    case 'current':
    case 'ended': {
      const { plans } = view.answer;
      const [only] = plans;
      return html`<h2>${sentence(words.heldHeading(plans, model.today))}</h2>
        ${only !== undefined && plans.length === 1 ? subtitle(only, model) : nothing}
        ${isOld(view.answer) ? html`<p class="telling">${words.mayBeOld}</p>` : nothing}`;
    }
  }
}

/** A single plan is said whole beside its heading. */
function subtitle(plan: Plan, { today, homeAuthorities, layout }: Model): TemplateResult | typeof nothing {
  if (layout === 'compact') return nothing;
  const name = words.nameOf(plan.authority);
  const said = phaseOf(plan, today) === 'current' ? `${words.since(plan)} · ${name}` : name;
  return html`<p class="sub" part="plans">${sentence(said)} ${areaTag(plan.authority, homeAuthorities)}</p>`;
}

function aside({ view, now }: Model, actions: Actions): TemplateResult | typeof nothing {
  switch (view.status) {
    case 'idle':
      return nothing;
    case 'checking':
      return html`<span class="checked" aria-hidden="true">${words.likelyChecked}</span
        ><span class="link" aria-hidden="true">${words.hide}</span>`;
    case 'not-checked':
      return view.asked === undefined
        ? nothing
        : html`<button
            type="button"
            class="link"
            @click=${() => {
              actions.check();
            }}
          >
            ${words.checkAgain}
          </button>`;
    case 'none':
    case 'current':
    case 'ended':
      return html`<span class="checked">${sentence(words.checkedAt(view.answer.checkedAt, now))}</span>
        <button
          type="button"
          class="link"
          @click=${() => {
            actions.set({ hidden: true, revealed: false });
          }}
        >
          ${words.hide}
        </button>`;
  }
}
