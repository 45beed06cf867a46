import { html, nothing, type TemplateResult } from 'lit';

import type { Day } from '../../domain/calendar.js';
import { mostUrgentFirst, phaseOf, type Plan } from '../../domain/plan.js';
import type { HoldsPlans, Model } from '../model.js';
import * as words from '../wording.js';
import { areaTag } from './area.js';

/** Every plan the register listed, the patient's own apart from an unborn baby's, and what to know of them. */
export function plans(model: Model, answer: HoldsPlans): TemplateResult | typeof nothing {
  const { today, view } = model;
  const listed = mostUrgentFirst(answer.plans, today);
  const notes = notesOn(answer, today);
  // One plan is said whole by the heading, unless the heading is about a failure.
  const asRows = listed.length > 1 || view.status === 'not-checked' || listed[0]?.code !== undefined;
  if (!asRows && notes.length === 0) return nothing;
  return html`<div class="cell" part="plans">
    ${
      asRows
        ? html`<h3>${words.plansTitle}</h3>
            ${rows(listed, model)}`
        : nothing
    }
    ${notes.map((note) => html`<p class="note">${note}</p>`)}
  </div>`;
}

function rows(listed: readonly Plan[], model: Model): TemplateResult {
  const unborn = listed.filter(({ kind }) => kind === 'unborn');
  const own = listed.filter(({ kind }) => kind !== 'unborn');
  if (unborn.length === 0)
    return html`<ul>
      ${own.map((plan) => row(plan, model))}
    </ul>`;
  return html`
    ${
      own.length === 0
        ? nothing
        : html`<h4>${words.ownRow}</h4>
            <ul>
              ${own.map((plan) => row(plan, model))}
            </ul>`
    }
    <h4>${words.unbornRow}</h4>
    <ul>
      ${unborn.map((plan) => row(plan, model))}
    </ul>
  `;
}

function row(plan: Plan, { today, homeAuthorities }: Model): TemplateResult {
  const name = words.nameOf(plan.authority);
  const area = areaTag(plan.authority, homeAuthorities);
  if (phaseOf(plan, today) === 'ended') return html`<li class="quiet">${words.endedRow(plan)} · ${name} ${area}</li>`;
  return html`<li>
    <strong class="kind">${words.planName(plan)}</strong>
    <span class="quiet">${dates(plan, today)} · ${name} ${area}</span>
  </li>`;
}

function dates(plan: Plan, today: Day): string {
  const from =
    phaseOf(plan, today) === 'future' && plan.start !== undefined ? words.startsOn(plan.start) : words.since(plan);
  return words.upperFirst(plan.end === undefined ? from : `${from} ${words.until(plan.end)}`);
}

function notesOn(answer: HoldsPlans, today: Day): readonly string[] {
  const open = answer.plans.filter((plan) => phaseOf(plan, today) !== 'ended');
  const lookedAfter = open.filter(({ kind }) => kind === 'looked-after');
  return [
    ...(open.length > 0 && open.every(({ kind }) => kind === 'unborn') ? [words.heldOnThisRecord] : []),
    ...(lookedAfter.length > 0 ? [words.consent(words.namesOf(lookedAfter))] : []),
    ...(answer.status === 'ended' ? [words.mayHaveNoWorker(answer.plans)] : []),
    ...(answer.status === 'not-checked' || answer.incomplete ? [words.incomplete] : []),
  ];
}
