import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

import type { AccessHistory, Visit } from '../../domain/access-history.js';
import { addMonths, instantOf, londonDay, type Instant } from '../../domain/calendar.js';
import { isService, kindOfService, type ServiceKind } from '../../domain/service.js';
import { formatDay } from '../wording/dates.js';
import * as words from '../wording/visits.js';

/** In pixels from the top. Across, everything is in per cent, so that letters keep their size at any width. */
const axis = 46;
const lowest = 36;
const rise = 13;
const DAY = 86_400_000;

/** The earlier visits of the last 12 months on a line from old to now, the last 30 days shaded. */
export function drawing(history: AccessHistory, service: string, now: Instant): TemplateResult {
  const today = londonDay(now);
  const from = instantOf(addMonths(today, -12), 0);
  const at = (instant: Instant): number => Math.round((2 + ((instant - from) / (now - from)) * 96) * 10) / 10;
  const seen = history.visits.filter((visit) => visit.at >= from && visit.at <= now).reverse();
  const recent = at(now - 30 * DAY);
  const months = [-12, -9, -6, -3].map((ago) => addMonths(today, ago));

  return html`<svg class="drawing" role="img" aria-label=${words.drawn(seen.length, history.last30Days.visits, now)}>
      <rect class="recent" x="${recent}%" y="16" width="${at(now) - recent}%" height=${axis - 16} />
      <text class="month end" aria-hidden="true" x="98%" y="12">${words.in30Days(history.last30Days.visits)}</text>
      <line class="axis" x1="0" x2="100%" y1=${axis} y2=${axis} />
      ${months.map((day, index) => month(day, at(instantOf(day, 0)), index))}
      <text class="month end" aria-hidden="true" x="100%" y=${axis + 4} dy="1em">${words.now}</text>
      ${stacked(seen, at).map(({ visit, x, y }) => mark(kindOfService(visit.place), isService(visit.place, service), `${x}%`, y))}
    </svg>
    <p class="note legend" aria-hidden="true">
      ${kinds.map((kind) => html`<svg width="14" height="14">${mark(kind, true, '7', 7)}</svg> ${words.kindNames[kind]} `)}
      ${service === '' ? '' : html`· ${words.filledHere}`}
    </p>`;
}

const kinds = Object.keys(words.kindNames) as readonly ServiceKind[];

/** The oldest month has its year: "Dec 2025". */
const month = (day: string, x: number, index: number): SVGTemplateResult => {
  const isFirst = index === 0;
  const [name, year] = formatDay(day.slice(0, 7)).split('-');
  return svg`<line class="axis" x1="${x}%" x2="${x}%" y1=${axis - 3} y2=${axis + 3} />
    <text class="month ${isFirst ? 'first' : index % 2 === 1 ? 'odd' : ''}" aria-hidden="true" x="${isFirst ? 0 : x}%" y=${axis + 4} dy="1em">${isFirst ? `${name!} ${year!}` : name!}</text>`;
};

/** The shape tells the kind of service; filled means this one. Neither relies on colour alone. */
function mark(kind: ServiceKind, isHere: boolean, x: string, y: number): SVGTemplateResult {
  const filled = `mark${isHere ? ' here' : ''}`;
  const shape = {
    'emergency-department': svg`<circle class=${filled} r="4.5" />`,
    'call-or-ambulance': svg`<path class=${filled} d="M0-5.5 5.5 4.5h-11z" />`,
    other: svg`<path class=${filled} d="M-4-4h8v8h-8z" />`,
  }[kind];
  return svg`<svg x=${x} y=${y} overflow="visible">${shape}</svg>`;
}

/** Marks that would cover each other in a narrow cell are stacked. */
function stacked(
  visits: readonly Visit[],
  at: (instant: Instant) => number,
): readonly { visit: Visit; x: number; y: number }[] {
  const marks: { visit: Visit; x: number; y: number }[] = [];
  for (const visit of visits) {
    const x = at(visit.at);
    const below = marks.filter((mark) => x - mark.x < 3.5).length;
    marks.push({ visit, x, y: lowest - Math.min(below, 2) * rise });
  }
  return marks;
}
