import { html, nothing, type TemplateResult } from 'lit';

import { phaseOf, type Plan } from '../../domain/plan.js';
import { formatTime } from '../../domain/calendar.js';
import { icon } from '../icons.js';
import { isCovered, isOld, shownNumber, toneOf, type Actions, type HoldsPlans, type Model } from '../model.js';
import * as frame from '../wording/frame.js';
import { endedNotes } from '../wording/foot.js';
import * as words from '../wording/plans.js';
import { canCheckAgain } from '../wording/reasons.js';
import { areaTag } from './area.js';
import { button } from './button.js';
import { notChecked } from './not-checked.js';
import { copyButton } from './phone.js';
import { dot, sentence } from './spoken.js';

/** The line to read first: what, since when, whose; the number it is about, when it was checked, Hide. */
export const heading = (model: Model, actions: Actions): TemplateResult =>
  html`<div class="heading" part="heading">
    ${pictured(model)}
    <div class="says">${says(model)}</div>
    <div class="aside">${aside(model, actions)}</div>
  </div>`;

/** Where there is nothing to act on, no picture catches the eye. */
const pictured = (model: Model): TemplateResult | typeof nothing => {
  const tone = toneOf(model);
  return tone === 'none' || tone === 'checking' ? nothing : icon(tone);
};

function says(model: Model): TemplateResult | typeof nothing {
  const { view } = model;
  switch (view.status) {
    case 'idle':
      return nothing;
    case 'checking':
      return html`<p class="quiet">${frame.checking(model.attendance, model.isLong)}</p>
        <div class="likely" aria-hidden="true">${none(model)}</div>`;
    case 'none':
      return none(model);
    case 'not-checked':
      return html`<h2>${frame.notCheckedHeading}</h2>
        ${notChecked(view.answer, model)}`;
    case 'current':
    case 'ended': {
      const { plans } = view.answer;
      const [only] = plans;
      return html`<h2>${sentence(words.heldHeading(plans, model.today))}</h2>
        ${only !== undefined && plans.length === 1 ? subtitle(only, model) : nothing}
        ${view.status === 'ended' ? html`<p class="telling">${endedNotes(plans)[0]}</p>` : nothing}
        ${isOld(view.answer) ? html`<p class="telling">${words.mayBeOld}</p>` : nothing}
        ${view.answer.incomplete ? html`<p class="telling">${words.incomplete}</p>` : nothing}`;
    }
  }
}

const none = ({ attendance, setting }: Model): TemplateResult =>
  html`<p>
    <strong>${frame.noneHeading}</strong>
    ${frame.noneText(attendance, setting).map((each) => html`<span>${each} </span>`)}
  </p>`;

/** A single plan is given in full beside its heading. */
function subtitle(plan: Plan, { today, homeAuthorities, layout }: Model): TemplateResult | typeof nothing {
  if (layout === 'compact') return nothing;
  const name = words.nameOf(plan.authority);
  const code = plan.code === undefined ? '' : `code ${plan.code} · `;
  const said = phaseOf(plan, today) === 'current' ? `${code}${words.since(plan)} · ${name}` : `${code}${name}`;
  return html`<p class="sub" part="plans">${sentence(said)} ${areaTag(plan.authority, homeAuthorities)}</p>`;
}

function aside(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { view, layout } = model;
  switch (view.status) {
    case 'idle':
      return nothing;
    case 'checking':
      // Room is kept for an answer's aside, so that the answer moves nothing.
      return html`<span class="stamp"
          >${number(model)} <span class="likely whole"><span class="word">${frame.checked} </span>00:00</span></span
        >
        <span class="deeds likely" aria-hidden="true"><span>${frame.copyForTheNotes} ${frame.hide}</span></span>`;
    case 'not-checked':
      return html`<span class="stamp">${number(model)}</span>
        <span class="deeds">
          ${copyNote(model, actions)}
          ${
            view.asked === undefined || !canCheckAgain(view.answer.reason)
              ? nothing
              : button(frame.checkAgain, () => actions.check(), { look: 'bordered' })
          }
        </span>`;
    case 'none':
    case 'current':
    case 'ended':
      return html`${
          layout === 'compact' && view.status !== 'none'
            ? nothing
            : html`<span class="stamp">${number(model)} ${checked(model, view.answer.checkedAt)}</span>`
        } <span class="deeds">${copyNote(model, actions)} ${hideButton(actions)}</span>`;
  }
}

const number = (model: Model): TemplateResult | typeof nothing => {
  const shown = shownNumber(model);
  return shown === '' ? nothing : html`<span class="whole">${frame.nhsNumber(shown)}</span>`;
};

/** "Checked" is always read out, and shown where there is room. */
const time = (at: number, seen: TemplateResult | typeof nothing = nothing): TemplateResult =>
  html`<span class="whole" aria-hidden="true">${seen}${formatTime(at)}</span
    ><span class="unseen">${`${frame.checked} ${formatTime(at)}`}</span>`;

function checked({ now }: Model, at: number): TemplateResult {
  if (!frame.isAged(at, now)) return time(at, html`<span class="word">${frame.checked} </span>`);
  const [ago, advice] = frame.aged(at, now);
  return html`<span class="telling">${sentence(frame.checkedAt(at, now))}${ago}. ${advice}</span>`;
}

/** Only once a discreet banner's details are shown, since the pasted text would show them. */
const copyNote = (model: Model, actions: Actions): TemplateResult | typeof nothing =>
  model.note === '' || isCovered(model)
    ? nothing
    : copyButton(model.note, undefined, frame.copyForTheNotes, model.reader, actions, 'link');

const hideButton = (actions: Actions): TemplateResult =>
  button(frame.hide, () => actions.set({ hidden: true, revealed: false }));

/** For a narrow pane, which has no room for it above: whose banner this is, and when it was checked. */
export function stamp(model: Model, answer: HoldsPlans): TemplateResult | typeof nothing {
  if (answer.status === 'not-checked') return nothing;
  const [only, ...others] = answer.plans;
  const since =
    only !== undefined && others.length === 0 && phaseOf(only, model.today) === 'current' ? words.since(only) : '';
  const isAged = frame.isAged(answer.checkedAt, model.now);
  const whose = number(model);
  return html`<p class="note foot-stamp">
    ${since === '' ? nothing : html`${sentence(since)}${dot}`}${whose === nothing ? nothing : html`${whose}${dot}`}${isAged ? checked(model, answer.checkedAt) : time(answer.checkedAt)}
  </p>`;
}
