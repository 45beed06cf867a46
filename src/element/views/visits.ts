import { html, nothing, type TemplateResult } from 'lit';

import type { AccessHistory, AccessRow } from '../../domain/access-history.js';
import { formatDayTime } from '../../domain/calendar.js';
import type { Actions, Model } from '../model.js';
import * as words from '../wording.js';
import { strip } from './strip.js';

/** Earlier visits to unscheduled care in a sentence and a strip. No name of a person or a service stands here. */
export function visits(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { view, history, layout } = model;
  if (view.visits.kind === 'none') return nothing;
  const open = areViewsOpen(model);
  return html`<div class="cell" part="visits">
    <h3>${words.visitsTitle}</h3>
    ${sentence(model)}
    ${
      history === undefined || history.rows.length === 0
        ? nothing
        : html`${strip(history, model.now)}
          ${
            layout === 'panel'
              ? nothing
              : html`<button
                  type="button"
                  class="link"
                  aria-expanded=${open ? 'true' : 'false'}
                  aria-controls="views"
                  @click=${() => {
                    actions.set({ viewsOpen: !open });
                  }}
                >
                  ${open ? words.hideViews : words.showViews(history.rows.length)}
                </button>`
          }`
    }
  </div>`;
}

export const areViewsOpen = ({ layout, reader }: Model): boolean => layout === 'panel' || reader.viewsOpen;

export function sentence({ view, history }: Model): TemplateResult {
  switch (view.visits.kind) {
    case 'none':
      return html``;
    case 'loading':
      return html`<p class="quiet">${words.visitsLoading}</p>`;
    case 'failed':
      return html`<p><strong>${words.visitsFailed}</strong></p>`;
    case 'unavailable':
      return html`<p class="quiet">${words.visitsUnavailable}</p>`;
    case 'shown': {
      const note = view.visits.incomplete ? html`<p class="note">${words.incomplete}</p>` : nothing;
      if (history === undefined || history.before.views === 0)
        return html`<p>${words.notViewedBefore}</p>
          ${note}`;
      const [viewed, times, rest, estimate] = words.visitsSentence(history, view.visits.incomplete);
      return html`<p>${viewed}<strong>${times}</strong>${rest} ${estimate}</p>
        ${note}`;
    }
  }
}

/** Every view, newest first, with who and where: the only place that names them. */
export function viewsTable(history: AccessHistory): TemplateResult {
  const [when, where, who, role] = words.tableColumns;
  return html`<div class="table" id="views">
    <table>
      <caption class="unseen">
        ${words.tableCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${when}</th>
          <th scope="col">${where}</th>
          <th scope="col">${who}</th>
          <th scope="col">${role}</th>
        </tr>
      </thead>
      <tbody>
        ${history.rows.map((row) => tableRow(row))}
      </tbody>
    </table>
    <p class="note">
      ${history.capped && history.oldest !== undefined ? html`${words.mostRecent(history.oldest)} ` : nothing}${words.tableNote}
    </p>
  </div>`;
}

function tableRow(row: AccessRow): TemplateResult {
  const [when, where, who, role] = words.tableColumns;
  const continued = !row.thisCheck && !row.startsVisit;
  return html`<tr class=${row.thisCheck ? 'this-check' : ''}>
    <td data-column=${when}>${formatDayTime(row.at)}</td>
    <td data-column=${where} class=${continued ? 'quiet' : ''}>
      ${continued ? words.sameVisit : (row.place ?? words.notRecorded)}
    </td>
    <td data-column=${who}>${row.thisCheck ? words.thisCheck : (row.viewer ?? words.notRecorded)}</td>
    <td data-column=${role}>${row.thisCheck ? nothing : (row.role ?? words.notRecorded)}</td>
  </tr>`;
}
