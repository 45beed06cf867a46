import { html, nothing, type TemplateResult } from 'lit';

import { contactsOf, lineToRing, otherLine, phonesFor, type Contact } from '../../domain/contact.js';
import { describeUntil, holidaysRunOut, type Line } from '../../domain/office-hours.js';
import { readPhone } from '../../domain/phone.js';
import type { Actions, HoldsPlans, Model } from '../model.js';
import * as words from '../wording.js';

/** Whom to ring if concerned: for each authority the line for now, large and first, and the other always in sight. */
export function contacts(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult | typeof nothing {
  const all = contactsOf(answer.plans, model.today);
  if (all.length === 0) return nothing;
  const ring = all.filter(({ responsible }) => responsible);
  const also = all.filter(({ responsible }) => !responsible);
  const { line } = model.line;
  const number = (contact: Contact, which: Line): TemplateResult => numbers(contact, which, model, actions);
  return html`<div class="cell" part="contacts">
    <h3>${words.ringTitle(line)}</h3>
    ${ring.map((contact) => box(contact, model, number))}
    <ul class="others">
      ${ring.map(
        (contact) =>
          html`<li>
            ${words.lineLabel(otherLine(lineToRing(contact, line)))}${ring.length > 1 ? `, ${words.nameOf(contact.authority)}` : ''}
            ${number(contact, otherLine(lineToRing(contact, line)))}
          </li>`,
      )}
      ${also.map(
        (contact) =>
          html`<li>
            ${words.alsoEnded}, ${words.nameOf(contact.authority)}: ${words.lineNames.office}
            ${number(contact, 'office')} · ${words.lineNames['emergency-duty']} ${number(contact, 'emergency-duty')}
          </li>`,
      )}
    </ul>
    ${model.hoursUnreadable ? html`<p class="note">${words.hoursUnreadable}</p>` : nothing}
    ${holidaysRunOut(model.line.until ?? model.now) ? html`<p class="note">${words.holidaysUnknown}</p>` : nothing}
  </div>`;
}

type Number = (contact: Contact, which: Line) => TemplateResult;

function box(contact: Contact, { line: lineNow, now }: Model, number: Number): TemplateResult {
  const line = lineToRing(contact, lineNow.line);
  const when = describeUntil(lineNow, now);
  return html`<div class="ring">
    <span class="who"
      >${words.nameOf(contact.authority)}${line === lineNow.line ? '' : `, ${words.lineNames[line]}`}</span
    >
    <span class="number">${number(contact, line)}</span>
    ${when === undefined ? nothing : html`<span class="when">${words.officeUsually(lineNow.line, when)}</span>`}
  </div>`;
}

function numbers(contact: Contact, line: Line, model: Model, actions: Actions): TemplateResult {
  const phones = phonesFor(contact, line);
  if (phones.length === 0) return html`<span class="quiet">${words.notRecorded}</span>`;
  return html`${phones.map((phone) => onePhone(phone, contact, line, model, actions))}`;
}

function onePhone(raw: string, contact: Contact, line: Line, { reader }: Model, actions: Actions): TemplateResult {
  const { display, href } = readPhone(raw);
  if (href === undefined) return html`<span class="phone">${display}</span>`;
  const name = words.nameOf(contact.authority);
  const copied = reader.copied?.phone === display ? reader.copied : undefined;
  return html`<a
      class="phone"
      href=${href}
      @click=${() => {
        actions.called(name, line);
      }}
      >${display}</a
    ><button
      type="button"
      class="copy"
      aria-label=${words.copyLabel(display)}
      @click=${() => {
        actions.copy(display);
      }}
    >
      ${
        copied === undefined
          ? html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path class="line" d="M5.5 4.5v-3h9v9h-3m-10-6h9v10h-9z" />
            </svg>`
          : html`<span>${copied.done ? words.copied : words.notCopied}</span>`
      }
    </button>`;
}
