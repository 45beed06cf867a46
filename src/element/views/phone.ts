import { html, type TemplateResult } from 'lit';

import type { Line } from '../../domain/office-hours.js';
import { readPhone } from '../../domain/phone.js';
import type { Actions, Reader } from '../model.js';
import { sayDigits } from '../spoken.js';
import * as words from '../wording.js';
import { number } from './spoken.js';

/** One number of one authority: a link to ring it and a button to copy it, when it is clearly one number. */
export function phone(raw: string, authority: string, line: Line, reader: Reader, actions: Actions): TemplateResult {
  const { display, href } = readPhone(raw);
  if (href === undefined) return html`<span class="phone">${display}</span>`;
  const copied = reader.copied?.phone === display ? reader.copied : undefined;
  const label =
    copied === undefined ? words.copyLabel(sayDigits(display)) : copied.done ? words.copied : words.notCopied;
  return html`<span class="pair"
    ><a
      class="phone"
      href=${href}
      @click=${() => {
        actions.called(authority, line);
      }}
      >${number(display)}</a
    ><button
      type="button"
      class="copy"
      aria-label=${label}
      @click=${() => {
        actions.copy(display);
      }}
    >
      ${
        copied === undefined
          ? html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
              <path class="stroke" d="M5.5 4.5v-3h9v9h-3m-10-6h9v10h-9z" />
            </svg>`
          : html`<span class="copied">${label}</span>`
      }
    </button></span
  >`;
}
