import { html, nothing, type TemplateResult } from 'lit';

import type { HoldsPlans, Model } from '../model.js';
import * as words from '../wording/visits.js';
import { drawing } from './drawing.js';
import { areRowsNeeded, plans } from './plans.js';
import { viewsTable } from './views-table.js';

/** The plans in full, how often the patient was seen, and every visit: for a reader who wants more than the strip. */
export function details(model: Model, answer: HoldsPlans): TemplateResult | typeof nothing {
  const { history, service, now } = model;
  if (!areDetailsOpen(model) || !hasDetails(model, answer)) return nothing;
  const hasVisits = history !== undefined && history.rows.length > 0;
  return html`<div class="more" id="details">
    <div class="cells">
      ${plans(model, answer)}
      ${
        hasVisits
          ? html`<div class="cell">
              <h3>${words.drawingTitle}</h3>
              <p class="note">${words.byService(history)}</p>
              ${drawing(history, service, now)}
            </div>`
          : nothing
      }
    </div>
    ${hasVisits ? viewsTable(history) : nothing}
  </div>`;
}

export const areDetailsOpen = ({ layout, reader }: Model): boolean => layout === 'panel' || reader.detailsOpen;

/** Whether there is more than the strip says. */
export const hasDetails = ({ history, layout }: Model, answer: HoldsPlans): boolean =>
  areRowsNeeded(answer) || layout === 'compact' || (history !== undefined && history.rows.length > 0);
