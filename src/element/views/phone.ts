import { html, nothing, type TemplateResult } from 'lit';

import type { Line } from '../../domain/office-hours.js';
import { readPhone } from '../../domain/phone.js';
import type { Actions, Reader } from '../model.js';
import * as words from '../wording/ring.js';
import { button } from './button.js';

/** A number, whose it is, and on which line it rings. */
export interface Number {
  readonly raw: string;
  readonly authority: string;
  readonly line: Line | 'other';
}

/** The line that the host is told: for a number of no known line, the line for now. */
const rung = (line: Line | 'other', now: Line): Line => (line === 'other' ? now : line);

/** One number of one authority: a link to ring it when it is clearly one number; else the text as received. */
export function phone({ raw, authority, line }: Number, now: Line, actions: Actions): TemplateResult {
  const read = readPhone(raw);
  const text = words.phoneText(read);
  if (read.href === undefined) return html`<span class="phone">${text}</span>`;
  return html`<a
    class="phone"
    href=${read.href}
    aria-label=${words.ringName(authority, line, text)}
    @click=${() => actions.called(authority, rung(line, now))}
    >${text}</a
  >`;
}

/** The number for now: large, and with a button to copy it. */
export function largePhone(number: Number, now: Line, reader: Reader, actions: Actions): TemplateResult {
  const read = readPhone(number.raw);
  const text = words.phoneText(read);
  return html`<span class="number"
    >${phone(number, now, actions)}${read.href === undefined ? nothing : copyButton(text, words.copyName(number.authority, number.line, text), words.copy, reader, actions)}</span
  >`;
}

/** A button that copies a text, and says for three seconds whether it has. */
export function copyButton(
  text: string,
  label: string | undefined,
  name: string,
  reader: Reader,
  actions: Actions,
  look: 'link' | 'bordered' = 'bordered',
): TemplateResult {
  const copied = reader.copied?.text === text ? reader.copied : undefined;
  const said = copied === undefined ? name : copied.done ? words.copied : words.notCopied;
  return button(said, () => actions.copy(text), {
    look,
    ...(copied === undefined && label !== undefined && { label }),
  });
}
