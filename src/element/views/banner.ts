import { html, nothing, type TemplateResult } from 'lit';

import { isSilent } from '../../domain/care-setting.js';
import {
  isCovered,
  isLost,
  isVeiled,
  shownNumber,
  toneOf,
  type Actions,
  type HoldsPlans,
  type Model,
} from '../model.js';
import { icon } from '../icons.js';
import * as words from '../wording/frame.js';
import { announcement } from './announcement.js';
import { button } from './button.js';
import { contacts } from './contacts.js';
import { isClockWrong } from './clock.js';
import { details } from './details.js';
import { foot } from './foot.js';
import { heading, stamp } from './heading.js';
import { lastKnown, showButton } from './last-known.js';
import { plans } from './plans.js';
import { visits } from './visits.js';
import { clockDiffers } from '../wording/ring.js';

/**
 * The whole banner for one model. Pure: the same model gives the same banner. What is announced stands beside it and
 * stays while nobody is open: Firefox tells a screen reader when the words of a live region change, not when it comes.
 */
export const banner = (model: Model, actions: Actions): TemplateResult =>
  html`${model.view.status === 'idle' && !model.outOfSync ? nothing : seen(model, actions)}${announcement(model)}`;

function seen(model: Model, actions: Actions): TemplateResult {
  const { view, layout, attendance } = model;
  return html`<section
    translate="no"
    class="banner notranslate ${lookOf(model)} ${layout} ${isSilent(attendance) ? 'silent' : ''} ${words.noneText(attendance, model.setting).length > 1 ? 'newborn' : ''}"
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
    <div class="sheet">${sheet(model, actions)}</div>
    <p class="printed">${printed(model)}</p>
  </section>`;
}

const lookOf = (model: Model): string =>
  model.outOfSync && (isLost(model) || model.view.status === 'idle')
    ? 'failed'
    : isVeiled(model)
      ? 'veiled'
      : toneOf(model);

const isAnythingOpen = ({ reader, discreet }: Model): boolean =>
  reader.detailsOpen || reader.errorOpen || (discreet && reader.revealed);

/** The same for held and none: on paper a banner says only that there is something to look up. */
function printed({ view, outOfSync }: Model): string {
  const isKnown = view.status === 'current' || view.status === 'ended' || view.status === 'none';
  return isKnown && !outOfSync ? words.printed(view.answer.checkedAt) : words.notCheckedHeading;
}

function sheet(model: Model, actions: Actions): TemplateResult {
  const lost = model.outOfSync ? outOfSync(model, actions) : nothing;
  if (model.view.status === 'idle' || isLost(model)) return html`${lost}`;
  return html`${lost}
  ${isVeiled(model) ? veil(model, actions) : html`${heading(model, actions)} ${body(model, actions)}`}`;
}

/** The EPR is out of reach: nothing of a record is shown until the reader has looked at the number. */
function outOfSync(model: Model, actions: Actions): TemplateResult {
  const number = shownNumber(model);
  const isNobody = model.view.status === 'idle';
  const title = isNobody
    ? words.outOfSyncNobody
    : number === ''
      ? words.mayBeAnother
      : html`${words.mayBeAnother}: <span class="whole">${words.nhsNumber(number)}</span>`;
  return html`<div class="heading sync" part="heading">
    ${icon('failed')}
    <div class="says">
      <h2>${title}</h2>
      ${isNobody ? nothing : html`<p>${words.openAgain}</p>`}
    </div>
    <div class="aside">
      ${
        isLost(model) && !isNobody
          ? button(words.show, () => actions.set({ knowsPatient: true }), { look: 'bordered' })
          : nothing
      }
    </div>
  </div>`;
}

const veil = ({ reader }: Model, actions: Actions): TemplateResult =>
  html`<div class="heading" part="heading">
    <div class="says"><h2>${reader.hidden ? words.hidden : words.pleaseRead}</h2></div>
    <div class="aside">${showButton(actions)}</div>
  </div>`;

function body(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { answer } = model.view;
  if (answer === undefined) return nothing;
  switch (answer.status) {
    case 'none':
      return isClockWrong(answer.clock) ? html`<p class="below telling">${clockDiffers}</p>` : nothing;
    case 'not-checked':
      return html`${answer.lastKnown === undefined ? nothing : lastKnown(answer.lastKnown, model, actions)}
      ${
        answer.plans.length === 0
          ? nothing
          : isCovered(model)
            ? html`<p class="below">${showButton(actions)}</p>`
            : html`<div class="cells">${plans(model, answer)} ${contacts(model, answer, actions)}</div>`
      }`;
    case 'current':
    case 'ended':
      return html`<div class="cells">${cells(model, answer, actions)}</div>
        ${details(model, answer)} ${model.layout === 'compact' ? stamp(model, answer) : nothing}`;
  }
}

/** For a call handler, what they can do comes first; the numbers are the clinician's. */
function cells(model: Model, answer: HoldsPlans, actions: Actions): readonly unknown[] {
  const { setting, layout, attendance } = model;
  const whom = [contacts(model, answer, actions), visits(model, answer, actions)];
  const isFootFirst = setting === 'nhs-111' || (layout === 'compact' && isSilent(attendance));
  return isFootFirst ? [foot(model, answer, actions), ...whom] : [...whom, foot(model, answer, actions)];
}
