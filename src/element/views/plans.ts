import { html, nothing, type TemplateResult } from 'lit';

import type { Today } from '../../domain/clocks.js';
import { mostUrgentFirst, phaseOf, type Plan } from '../../domain/plan.js';
import type { HoldsPlans, Model } from '../model.js';
import * as words from '../wording/plans.js';
import { upperFirst } from '../wording/text.js';
import { areaTag } from './area.js';
import { sentence } from './spoken.js';

/** Every plan the register listed, the patient's own separate from an unborn baby's. */
export const plans = (model: Model, answer: HoldsPlans): TemplateResult =>
  html`<div class="cell" part="plans">
    <h3>${words.plansTitle}</h3>
    ${rows(mostUrgentFirst(answer.plans, model.today), model)}
  </div>`;

/** Whether the heading cannot say it all: several plans, a code not recognised, or a heading about a failure. */
export const areRowsNeeded = ({ status, plans: listed }: HoldsPlans): boolean =>
  listed.length > 1 || status === 'not-checked' || listed[0]?.code !== undefined;

/** The most urgent group first. */
function rows(listed: readonly Plan[], model: Model): TemplateResult {
  const unborn = listed.filter(({ kind }) => kind === 'unborn');
  const own = listed.filter(({ kind }) => kind !== 'unborn');
  if (unborn.length === 0) return list(own, model);
  const groups = [
    [words.ownRow, own],
    [words.unbornRow, unborn],
  ] as const;
  const sorted = listed[0]?.kind === 'unborn' ? [...groups].reverse() : groups;
  return html`${sorted.map(([title, group]) =>
    group.length === 0
      ? nothing
      : html`<h4>${title}</h4>
          ${list(group, model)}`,
  )}`;
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
  const from = words.from(plan, today);
  return upperFirst(plan.end === undefined ? from : `${from} ${words.until(plan.end)}`);
}
