import { html, nothing, type TemplateResult } from 'lit';

import { contactsOf, lineToRing, otherLine, phonesFor, type Contact } from '../../domain/contact.js';
import { describeUntil, holidaysRunOut, type Line } from '../../domain/office-hours.js';
import type { Actions, HoldsPlans, Model } from '../model.js';
import * as words from '../wording.js';
import { notes } from './plans.js';
import { phone } from './phone.js';

/** Whom to ring if concerned: for each authority the line for now, large and first, and the other always in sight. */
export function contacts(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult {
  const all = contactsOf(answer.plans, model.today);
  const ring = all.filter(({ responsible }) => responsible);
  const also = all.filter(({ responsible }) => !responsible);
  const number = numberIn(model, actions);
  // With more than one authority in sight, no number stands without its authority's name.
  const several = all.length > 1;
  return html`<div class="cell" part="contacts">
    ${
      ring.length === 0
        ? nothing
        : html`<h3 class=${model.layout === 'compact' ? 'unseen' : ''}>${words.ringTitle(model.line.line)}</h3>
            ${ring.map((contact) => box(contact, model, several, number))}
            <ul class="others">
              ${ring.map((contact) => html`<li>${other(contact, model, several, number)}</li>`)}
              ${ring.filter(hasOthers).map((contact) => html`<li>${ofNoLine(contact, several, number)}</li>`)}
              ${also.map((contact) => html`<li>${ended(contact, number)}</li>`)}
            </ul>`
    }
    ${notes(answer, model)} ${model.hoursUnreadable ? html`<p class="note">${words.hoursUnreadable}</p>` : nothing}
    ${holidaysRunOut(model.line.until ?? model.now) ? html`<p class="note">${words.holidaysUnknown}</p>` : nothing}
  </div>`;
}

/** An authority with both its lines, in one line. */
export const inLine = (contact: Contact, number: Numbers): TemplateResult =>
  html`${words.nameOf(contact.authority)}: ${words.lineNames.office} ${number(contact, 'office')} ·
  ${words.lineNames['emergency-duty']} ${number(contact, 'emergency-duty')}
  ${hasOthers(contact) ? html`· ${ofNoLine(contact, false, number)}` : nothing}`;

export type Numbers = (contact: Contact, line: Line | 'other') => TemplateResult;

const hasOthers = ({ otherPhones = [] }: Contact): boolean => otherPhones.length > 0;

/** The register did not say what line this is: a number is a number. */
const ofNoLine = (contact: Contact, several: boolean, number: Numbers): TemplateResult =>
  html`${words.otherNumber}${several ? `, ${words.nameOf(contact.authority)}` : ''} ${number(contact, 'other')}`;

export const numberIn =
  (model: Model, actions: Actions): Numbers =>
  (contact, line) => {
    const name = words.nameOf(contact.authority);
    const isOther = line === 'other';
    const phones = isOther ? (contact.otherPhones ?? []) : phonesFor(contact, line);
    if (phones.length === 0) return html`<span class="quiet">${words.notRecorded}</span>`;
    const rung = isOther ? model.line.line : line;
    return html`${phones.map((raw) => phone(raw, name, rung, model.reader, actions))}`;
  };

/** The number to ring now. Compact has said the authority already, so that the box says the line. */
function box(
  contact: Contact,
  { line: lineNow, now, layout }: Model,
  several: boolean,
  number: Numbers,
): TemplateResult {
  const line = lineToRing(contact, lineNow.line);
  const when = describeUntil(lineNow, now);
  const name = words.nameOf(contact.authority);
  const who =
    layout === 'compact' && !several
      ? words.lineLabel(line)
      : line === lineNow.line
        ? name
        : `${name}, ${words.lineNames[line]}`;
  return html`<div class="ring">
    <span class="who">${who}</span>
    <span class="number"
      >${number(contact, phonesFor(contact, line).length === 0 && hasOthers(contact) ? 'other' : line)}</span
    >
    ${when === undefined ? nothing : html`<span class="when">${words.officeUsually(lineNow.line, when)}</span>`}
  </div>`;
}

function other(contact: Contact, { line }: Model, several: boolean, number: Numbers): TemplateResult {
  const which = otherLine(lineToRing(contact, line.line));
  return html`${words.lineLabel(which)}${several ? `, ${words.nameOf(contact.authority)}` : ''}
  ${number(contact, which)}`;
}

const ended = (contact: Contact, number: Numbers): TemplateResult =>
  html`${words.alsoEnded}, ${inLine(contact, number)}`;
