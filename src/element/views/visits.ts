import { html, nothing, type TemplateResult } from 'lit';

import type { AccessHistory, AccessRow } from '../../domain/access-history.js';
import { formatDayTime } from '../../domain/calendar.js';
import type { Actions, Model } from '../model.js';
import * as words from '../wording.js';
import { sentence } from './spoken.js';
import { strip } from './strip.js';

/** Earlier visits to unscheduled care in a sentence and a strip. No name of a person or a service stands here. */
export function visits(model: Model, actions: Actions): TemplateResult | typeof nothing {
  const { view, history, layout } = model;
  if (view.visits.kind === 'none') return nothing;
  const open = areViewsOpen(model);
  return html`<div class="cell" part="visits">
    <h3>${words.visitsTitle}</h3>
    ${summary(model)}
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

function summary({ view, history }: Model): TemplateResult {
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
      const { incomplete } = view.visits;
      const note = incomplete ? html`<p class="note">${words.incomplete}</p>` : nothing;
      // An answer that may lack some views cannot say that there were none.
      if (history === undefined || history.before.views === 0)
        return html`<p>${incomplete ? words.visitsFailed : words.notViewedBefore}</p>
          ${note}`;
      const [viewed, times, rest, estimate] = words.visitsSentence(history, incomplete);
      return html`<p>${viewed}<strong>${times}</strong>${rest} ${estimate}</p>
        ${note}`;
    }
  }
}

/**
 * Every view, newest first, with who and where: the only place that names them. The roles say what the tags say, because
 * some browsers forget that a table is one where a narrow pane lays its rows out as blocks.
 */
export function viewsTable(history: AccessHistory): TemplateResult {
  const [when, where, who, role] = words.tableColumns;
  return html`<div class="table" id="views">
    <table role="table">
      <caption class="unseen">
        ${words.tableCaption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">${when}</th>
          <th scope="col" role="columnheader">${where}</th>
          <th scope="col" role="columnheader">${who}</th>
          <th scope="col" role="columnheader">${role}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${history.rows.map((row) => tableRow(row))}
      </tbody>
    </table>
    <p class="note">
      ${history.capped && history.oldest !== undefined ? html`${sentence(words.mostRecent(history.oldest))} ` : nothing}${words.tableNote}
    </p>
  </div>`;
}

function tableRow(row: AccessRow): TemplateResult {
  const [when, where, who, role] = words.tableColumns;
  const continued = !row.thisCheck && !row.startsVisit;
  const viewer = row.viewer ?? words.notRecorded;
  return html`<tr role="row" class=${row.thisCheck ? 'this-check' : ''}>
    <td role="cell" data-column=${when}>${sentence(formatDayTime(row.at))}</td>
    <td role="cell" data-column=${where} class=${continued ? 'quiet' : ''}>
      ${continued ? words.sameVisit : (row.place ?? words.notRecorded)}
    </td>
    <td role="cell" data-column=${who}>${row.thisCheck ? words.thisCheckBy(viewer) : viewer}</td>
    <td role="cell" data-column=${role}>${row.role ?? words.notRecorded}</td>
  </tr>`;
}
