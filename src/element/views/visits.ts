import { html, nothing, type TemplateResult } from 'lit';

import { isEachViewItsOwn, isSilent } from '../../domain/care-setting.js';
import type { Actions, HoldsPlans, Model } from '../model.js';
import { details, show, tryAgain } from '../wording/frame.js';
import * as words from '../wording/visits.js';
import { button } from './button.js';
import { areDetailsOpen, hasDetails } from './details.js';
import { sentence } from './spoken.js';

/** Earlier visits to unscheduled care in brief, and the button to all that is known of them. Names nobody. */
export function visits(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult | typeof nothing {
  const said = inShort(model);
  const way = wayToDetails(model, answer, actions);
  if (said === undefined && way === nothing) return nothing;
  return html`<div class="cell" part="visits">
    <div>
      <h3 class=${said?.isQuiet === true ? '' : 'telling'}>${sentence(said?.heading ?? '')}</h3>
      <p class="note">
        ${sentence((said?.lines ?? []).join(' · '))}
        ${
          model.view.visits.kind === 'failed' && model.view.visits.wrongPatient !== true && model.canTryAgain
            ? button(tryAgain, () => actions.checkVisits())
            : nothing
        }
        ${way}
      </p>
    </div>
    ${model.view.visits.kind === 'none' || model.view.visits.kind === 'unavailable' ? nothing : room(model)}
  </div>`;
}

/** Room kept from the start, so that the visits move nothing when they come. */
const room = ({ attendance, setting }: Model): TemplateResult => {
  const isShared = !isSilent(attendance) && !isEachViewItsOwn(setting);
  const { heading, lines } = words.likely(isShared);
  return html`<div class="likely" aria-hidden="true">
    <p class="telling">${heading}</p>
    <p class="note">${lines.join(' · ')} <span class="deed">${details}</span></p>
  </div>`;
};

type Said = words.Summary & { readonly isQuiet?: true };

function inShort({ view, history, attendance }: Model): Said | undefined {
  switch (view.visits.kind) {
    case 'none':
      return undefined;
    case 'loading':
      return { heading: words.visitsLoading, lines: [], isQuiet: true };
    case 'failed':
      return {
        heading: view.visits.wrongPatient === true ? words.visitsOfAnother : words.visitsFailed,
        lines: [],
      };
    case 'unavailable':
      return { heading: words.visitsUnavailable, lines: [], isQuiet: true };
    case 'shown':
      return history && words.summaryOf(history, view.visits.incomplete, isSilent(attendance));
  }
}

function wayToDetails(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult | typeof nothing {
  if (model.layout === 'panel' || !hasDetails(model, answer)) return nothing;
  const open = areDetailsOpen(model);
  return button(model.layout === 'compact' ? show : details, () => actions.set({ detailsOpen: !open }), {
    expanded: open,
    controls: 'details',
  });
}
