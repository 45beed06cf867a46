import { html, nothing, type TemplateResult } from 'lit';

import type { Today } from '../../domain/clocks.js';
import { mostUrgentFirst, phaseOf, type Plan } from '../../domain/plan.js';
import type { HoldsPlans, Model } from '../model.js';
import * as words from '../wording.js';
import { areaTag } from './area.js';
import { sentence } from './spoken.js';

/** Every plan the register listed, the patient's own apart from an unborn baby's; a single one is the heading's. */
export function plans(model: Model, answer: HoldsPlans): TemplateResult | typeof nothing {
  if (!areRowsNeeded(answer)) return nothing;
  return html`<div class="cell" part="plans">
    <h3>${words.plansTitle}</h3>
    ${rows(mostUrgentFirst(answer.plans, model.today), model)}
  </div>`;
}

/** More than the heading can say: several plans, a code that is not recognised, or a heading about a failure. */
export const areRowsNeeded = ({ status, plans: listed }: HoldsPlans): boolean =>
  listed.length > 1 || status === 'not-checked' || listed[0]?.code !== undefined;

export function rows(listed: readonly Plan[], model: Model): TemplateResult {
  const unborn = listed.filter(({ kind }) => kind === 'unborn');
  const own = listed.filter(({ kind }) => kind !== 'unborn');
  if (unborn.length === 0) return list(own, model);
  return html`${
      own.length === 0
        ? nothing
        : html`<h4>${words.ownRow}</h4>
            ${list(own, model)}`
    }
    <h4>${words.unbornRow}</h4>
    ${list(unborn, model)}`;
}

const list = (listed: readonly Plan[], model: Model): TemplateResult =>
  html`<ul>
    ${listed.map((plan) => html`<li>${row(plan, model)}</li>`)}
  </ul>`;

function row(plan: Plan, { today, homeAuthorities }: Model): TemplateResult {
  const name = words.nameOf(plan.authority);
  const area = areaTag(plan.authority, homeAuthorities);
  if (phaseOf(plan, today) === 'ended')
    return html`<span class="quiet">${sentence(`${words.endedRow(plan)} · ${name}`)} ${area}</span>`;
  return html`<strong class="kind">${words.planName(plan)}</strong>
    <span class="quiet">${sentence(`${dates(plan, today)} · ${name}`)} ${area}</span>`;
}

function dates(plan: Plan, today: Today): string {
  const from =
    phaseOf(plan, today) === 'future' && plan.start !== undefined ? words.startsOn(plan.start) : words.since(plan);
  return words.upperFirst(plan.end === undefined ? from : `${from} ${words.until(plan.end)}`);
}

/** What to know of these plans besides their rows. */
export function notes(answer: HoldsPlans, { today }: Model): readonly TemplateResult[] {
  const open = answer.plans.filter((plan) => phaseOf(plan, today) !== 'ended');
  const lookedAfter = open.filter(({ kind }) => kind === 'looked-after');
  const heldHere = open.length > 0 && open.every(({ kind }) => kind === 'unborn');
  const quiet = [
    ...(heldHere ? [words.heldOnThisRecord] : []),
    ...(lookedAfter.length > 0 ? [words.consent(words.namesOf(lookedAfter))] : []),
  ];
  // What changes what the reader does is said as loudly as the plans.
  const telling = [
    ...(answer.status === 'ended' ? [words.mayHaveNoWorker(answer.plans)] : []),
    ...(answer.status === 'not-checked' || answer.incomplete ? [words.incomplete] : []),
  ];
  return [
    ...telling.map((note) => html`<p class="telling">${note}</p>`),
    ...quiet.map((note) => html`<p class="note">${note}</p>`),
  ];
}
