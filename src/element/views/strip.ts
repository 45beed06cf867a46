import { html, svg, type TemplateResult } from 'lit';

import type { AccessHistory } from '../../domain/access-history.js';
import { addMonths, formatDay, instantOf, londonDay, type Instant } from '../../domain/calendar.js';
import { stripText } from '../wording.js';

const width = 300;
const base = 26;

/** The estimated visits of the last 12 months on a line from old to now. */
export function strip(history: AccessHistory, now: Instant): TemplateResult {
  const today = londonDay(now);
  const from = instantOf(addMonths(today, -12), 0);
  const at = (instant: Instant): number => 8 + ((instant - from) / (now - from)) * (width - 16);
  const starts = new Map(history.rows.filter(({ visit }) => visit > 0).map(({ visit, at: first }) => [visit, first]));
  const seen = [...starts.values()].filter((start) => start >= from && start <= now).sort((a, b) => a - b);
  const ticks = [-12, -9, -6, -3].map((months) => addMonths(today, months));

  return html`<svg class="strip" viewBox="0 0 ${width} 44" role="img" aria-label=${stripText(seen.length, now)}>
    <path class="axis" d="M0 ${base + 6}H${width}" />
    ${ticks.map((day) => svg`<text class="month" x=${at(instantOf(day, 0))} y="42">${formatDay(day.slice(0, 7)).slice(0, 3)}</text>`)}
    <text class="month end" x=${width} y="42">Now</text>
    ${stacked(seen, at).map(({ x, y }) => svg`<circle class="dot" cx=${x} cy=${y} r="3.6" />`)}
    <path class="now" d="M${width - 1} ${base - 16}V${base + 8}" />
  </svg>`;
}

/** Dots that would cover each other are put one above the other. */
function stacked(starts: readonly Instant[], at: (instant: Instant) => number): readonly { x: number; y: number }[] {
  const dots: { x: number; y: number }[] = [];
  for (const start of starts) {
    const x = Math.round(at(start) * 10) / 10;
    const below = dots.filter((dot) => x - dot.x < 7).length;
    dots.push({ x, y: base - Math.min(below, 3) * 8 });
  }
  return dots;
}
