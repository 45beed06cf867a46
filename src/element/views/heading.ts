import { html, nothing, type TemplateResult } from 'lit';

import { phaseOf, type Plan } from '../../domain/plan.js';
import { icon } from '../icons.js';
import { toneOf, type Actions, type Model } from '../model.js';
import * as words from '../wording.js';
import { areaTag } from './area.js';

/** The line that is read first: icon, heading, what belongs to it, when it was checked, Hide. */
export function heading(model: Model, actions: Actions): TemplateResult {
  return html`<div class="heading" part="heading">
    ${icon(toneOf(model))}
    <div class="says">${says(model)}</div>
    <div class="aside">${aside(model, actions)}</div>
  </div>`;
}

function says({ view, attendance, today, homeAuthorities, setting }: Model): TemplateResult {
  switch (view.status) {
    case 'idle':
      return html``;
    case 'checking':
      return html`<span class="quiet">${words.checking(attendance)}</span>`;
    case 'none':
      return html`<p class="saying"><strong>${words.none[0]}</strong> ${words.none[1]}</p>
        ${
          setting === 'maternity-unit' || setting === 'paediatric-ward'
            ? html`<p class="saying">${words.newborn}</p>`
            : nothing
        }`;
    case 'not-checked':
      return html`<h2>${words.notCheckedHeading}</h2>`;
    case 'current':
    case 'ended': {
      const { plans } = view.answer;
      const [only, ...others] = plans;
      return html`<h2>${words.heldHeading(plans, today)}</h2>
        ${
          only !== undefined && others.length === 0
            ? html`<span class="sub"
                >${subtitle(only, phaseOf(only, today))} ${areaTag(only.authority, homeAuthorities)}</span
              >`
            : nothing
        }`;
    }
  }
}

function subtitle(plan: Plan, phase: string): string {
  const name = words.nameOf(plan.authority);
  return phase === 'current' ? `${words.since(plan)} · ${name}` : name;
}

function aside({ view, now, reader }: Model, actions: Actions): TemplateResult {
  switch (view.status) {
    case 'idle':
    case 'checking':
      return html``;
    case 'not-checked':
      return view.asked === undefined
        ? html``
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
    case 'ended': {
      const at = words.checkedAt(view.answer.checkedAt, now);
      return html`<span class="checked">${at}</span>
        <button
          type="button"
          class="link"
          @click=${() => {
            actions.set({ hidden: !reader.hidden, revealed: false });
          }}
        >
          ${words.hide}
        </button>`;
    }
  }
}
