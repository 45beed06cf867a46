import { html, nothing, type TemplateResult } from 'lit';

import { staffIn, type AccessHistory, type AccessRow, type Visit } from '../../domain/access-history.js';
import { londonDay } from '../../domain/calendar.js';
import { serviceKey } from '../../domain/service.js';
import { formatDayTime } from '../wording/dates.js';
import * as words from '../wording/visits.js';
import { sentence } from './spoken.js';

/** Up to this many names are shown in a row; more are folded. */
const inSight = 2;

/**
 * One row per visit, newest first, this attendance on top: the only place that names who looked. The roles repeat the
 * tags, because some browsers forget that it is a table when a narrow pane lays its rows out as blocks.
 */
export function viewsTable(history: AccessHistory): TemplateResult {
  const { thisAttendance, recent, visits } = history;
  return html`<div class="table">
    <table role="table">
      <caption class="unseen">
        ${words.tableCaption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${words.tableColumns.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${together(thisAttendance).map((views) => row(words.thisAttendance, views))}
        ${together(recent).map((views) => row(words.lastTwelveHours, views))} ${visits.map((visit) => visitRow(visit))}
      </tbody>
    </table>
    <p class="note">${words.tableNote}</p>
  </div>`;
}

/** The views of each service, oldest first. */
function together(newestFirst: readonly AccessRow[]): readonly (readonly AccessRow[])[] {
  const groups = new Map<string, AccessRow[]>();
  for (const view of [...newestFirst].reverse()) {
    const key = serviceKey(view.place);
    groups.set(key, [...(groups.get(key) ?? []), view]);
  }
  return [...groups.values()].reverse();
}

const visitRow = ({ views }: Visit): TemplateResult => row(undefined, views);

function row(title: string | undefined, views: readonly AccessRow[]): TemplateResult {
  const [first] = views;
  if (first === undefined) return html``;
  const [visit, where, who] = words.tableColumns;
  return html`<tr role="row" class=${title === undefined ? nothing : 'this-attendance'}>
    <td role="cell" data-column=${visit}>
      ${title === undefined ? nothing : html`<strong>${title}</strong>`} ${sentence(formatDayTime(first.at))}
    </td>
    <td role="cell" data-column=${where}>${words.placeOf(first.place)}</td>
    <td role="cell" data-column=${who}>${viewers(views, londonDay(first.at))}</td>
  </tr>`;
}

function viewers(views: readonly AccessRow[], day: string): TemplateResult | string {
  const said = views.map((view) => sentence(words.viewedBy(view, day)));
  if (said.length === 1) return said[0]!;
  const list = html`<ul>
    ${said.map((each) => html`<li>${each}</li>`)}
  </ul>`;
  return staffIn(views) <= inSight
    ? list
    : html`<details>
        <summary>${words.staff(views)}</summary>
        ${list}
      </details>`;
}
