import { html, nothing, type TemplateResult } from 'lit';

import { mostUrgentFirst, phaseOf, type Plan } from '../../domain/plan.js';
import type { Actions, HoldsPlans, Model } from '../model.js';
import * as words from '../wording.js';
import { areaTag } from './area.js';
import { contacts } from './contacts.js';
import { areRowsNeeded, rows } from './plans.js';
import { sentence } from './spoken.js';

/** The details for a narrow pane in the middle of a call: one line of facts, then whom to ring. */
export function compactDetails(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult {
  const listed = mostUrgentFirst(answer.plans, model.today);
  const [only] = listed;
  const visits = visitsInShort(model);
  return html`<div class="details">
    <div class="cell" part="plans">
      ${
        only !== undefined && !areRowsNeeded(answer)
          ? html`<p class="quiet">
              ${inShort(only, model)}${visits === undefined ? nothing : html` · <span part="visits">${visits}</span>`}
            </p>`
          : html`<h3 class="unseen">${words.plansTitle}</h3>
              ${rows(listed, model)}${visits === undefined ? nothing : html`<p class="quiet" part="visits">${words.upperFirst(visits)}</p>`}`
      }
    </div>
    ${contacts(model, answer, actions)}
  </div>`;
}

function inShort(plan: Plan, { today, homeAuthorities }: Model): TemplateResult {
  const name = words.nameOf(plan.authority);
  const area = areaTag(plan.authority, homeAuthorities);
  return phaseOf(plan, today) === 'current'
    ? html`${name} ${area} · ${sentence(words.since(plan))}`
    : html`${name} ${area}`;
}

function visitsInShort({ view, history }: Model): string | undefined {
  switch (view.visits.kind) {
    case 'none':
      return undefined;
    case 'loading':
      return words.visitsLoading;
    case 'failed':
      return words.visitsFailed;
    case 'unavailable':
      return words.visitsUnavailable;
    case 'shown':
      return history === undefined ? undefined : words.visitsInShort(history, view.visits.incomplete);
  }
}
