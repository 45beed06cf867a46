import { html, nothing, type TemplateResult } from 'lit';

import { areaOf } from '../../domain/authority.js';
import { areaLabels } from '../wording/plans.js';

/** Marks an authority out of area or not recognised; nothing for a home authority, or where the host makes no claim. */
export function areaTag(authority: string | undefined, homeAuthorities: string): TemplateResult | typeof nothing {
  const area = authority === undefined ? 'no-claim' : areaOf(authority, homeAuthorities);
  return area === 'out-of-area' || area === 'not-recognised'
    ? html`<span class="tag">${areaLabels[area]}</span>`
    : nothing;
}
