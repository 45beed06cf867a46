import { html, svg, type TemplateResult } from 'lit';

import type { AccessHistory } from '../../domain/access-history.js';
import { addMonths, formatDay, instantOf, londonDay, type Instant } from '../../domain/calendar.js';
import { stripText } from '../wording.js';

/** Where the dots of one row stand, and the next row, in pixels from the top; across, everything is in per cent. */
const row = 26;
const rise = 8;

/** The estimated visits of the last 12 months on a line from old to now. Its letters keep their size at any width. */
export function strip(history: AccessHistory, now: Instant): TemplateResult {
  const today = londonDay(now);
  const from = instantOf(addMonths(today, -12), 0);
  const at = (instant: Instant): number => 3 + ((instant - from) / (now - from)) * 94;
  const starts = new Map(history.rows.filter(({ visit }) => visit > 0).map(({ visit, at: first }) => [visit, first]));
  const seen = [...starts.values()].filter((start) => start >= from && start <= now).sort((a, b) => a - b);
  const ticks = [-12, -9, -6, -3].map((months) => addMonths(today, months));

  return html`<svg class="strip" role="img" aria-label=${stripText(seen.length, now)}>
    <line class="axis" x1="0" x2="100%" y1=${row + 6} y2=${row + 6} />
    ${ticks.map((day) => svg`<text class="month" aria-hidden="true" x="${at(instantOf(day, 0))}%" y=${row + 8} dy="1em">${formatDay(day.slice(0, 7)).slice(0, 3)}</text>`)}
    <text class="month end" aria-hidden="true" x="100%" y=${row + 8} dy="1em">Now</text>
    ${stacked(seen, at).map(({ x, y }) => svg`<circle class="dot" cx="${x}%" cy=${y} r="4" />`)}
    <line class="now" x1="99.5%" x2="99.5%" y1=${row - 16} y2=${row + 8} />
  </svg>`;
}

/** Dots that would cover each other in a narrow cell are put one above the other. */
function stacked(starts: readonly Instant[], at: (instant: Instant) => number): readonly { x: number; y: number }[] {
  const dots: { x: number; y: number }[] = [];
  for (const start of starts) {
    const x = Math.round(at(start) * 10) / 10;
    const below = dots.filter((dot) => x - dot.x < 3.5).length;
    dots.push({ x, y: row - Math.min(below, 3) * rise });
  }
  return dots;
}
