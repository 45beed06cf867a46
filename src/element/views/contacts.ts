import { html, nothing, type TemplateResult } from 'lit';

import { contactsOf, lineToRing, otherLine, phonesFor, type Contact, type NumberLine } from '../../domain/contact.js';
import type { Instant } from '../../domain/calendar.js';
import { holidaysRunOut, type Line, type LineNow } from '../../domain/office-hours.js';
import type { Actions, HoldsPlans, Model } from '../model.js';
import { describeUntil } from '../wording/dates.js';
import { nameOf } from '../wording/plans.js';
import * as words from '../wording/ring.js';
import { lowerFirst } from '../wording/text.js';
import { areaTag } from './area.js';
import { isClockWrong } from './clock.js';
import { largePhone, phone } from './phone.js';
import { dot, sentence } from './spoken.js';

/** Whom to ring if concerned: for each authority the line for now, large and first, and the other always in sight. */
export function contacts(model: Model, answer: HoldsPlans, actions: Actions): TemplateResult {
  const all = contactsOf(answer.plans, model.today);
  const ring = all.filter(({ responsible }) => responsible);
  const also = all.filter(({ responsible }) => !responsible);
  const [only] = ring;
  const numbers = numbersIn(model, actions);
  return html`<div class="cell ${ring.length > 1 ? 'several' : ''}" part="contacts">
    ${ring.length === 1 && only !== undefined ? single(only, model, numbers) : several(ring, model, numbers)}
    ${also.map((contact) => html`<p class="note">${inLine(contact, numbers, `${words.alsoEnded}, `)}</p>`)}
    ${'clock' in answer && isClockWrong(answer.clock) ? html`<p class="telling">${words.clockDiffers}</p>` : nothing}
    ${model.hoursUnreadable ? html`<p class="note">${words.hoursUnreadable}</p>` : nothing}
    ${all.some((contact) => holidaysRunOut(model.lineOf(contact).until ?? model.now)) ? html`<p class="note">${words.holidaysUnknown}</p>` : nothing}
    <slot name="local"></slot>
  </div>`;
}

/** The numbers of one line of one authority, as they are drawn. */
export interface Numbers {
  all(contact: Contact, line: NumberLine): readonly TemplateResult[];
  large(contact: Contact, line: NumberLine): readonly TemplateResult[];
}

export const numbersIn = ({ lineOf, reader }: Model, actions: Actions): Numbers => {
  const numbered = (contact: Contact, line: NumberLine): readonly Parameters<typeof phone>[0][] =>
    phonesFor(contact, line).map((raw) => ({ raw, authority: nameOf(contact.authority), line }));
  return {
    all: (contact, line) =>
      apart(
        numbered(contact, line).map((number) => phone(number, lineOf(contact).line, actions)),
        ', ',
      ),
    large: (contact, line) =>
      apart(
        numbered(contact, line).map((number) => largePhone(number, lineOf(contact).line, reader, actions)),
        ' ',
      ),
  };
};

/** Two numbers must never read, or be copied, as one. */
const apart = (numbers: readonly TemplateResult[], by: string): readonly TemplateResult[] =>
  numbers.map((number, at) => html`${at === 0 ? '' : by}${number}`);

const hasNumbers = (contact: Contact): boolean =>
  (['office', 'emergency-duty', 'other'] as const).some((line) => phonesFor(contact, line).length > 0);

/** Beside the number for now: the other line's number, or that there is none; and any of no known line. */
function besides(
  contact: Contact,
  large: NumberLine | undefined,
  model: Model,
  numbers: Numbers,
  saysWhen = true,
): readonly TemplateResult[] {
  const lineNow = model.lineOf(contact);
  const now = lineNow.line;
  const lines: readonly Line[] =
    large === 'office' || large === 'emergency-duty' ? [otherLine(large)] : [now, otherLine(now)];
  const drawn = lines.flatMap((line) => {
    if (phonesFor(contact, line).length > 0)
      return [
        html`${words.lineNames[line]}
        ${numbers.all(contact, line)}${saysWhen ? opening(line, lineNow, model.now) : nothing}`,
      ];
    // At night the title already says that it is missing.
    if (line === 'emergency-duty')
      return large === undefined ? [] : [html`${words.noEmergencyDuty(contact.authority)}`];
    return [html`${words.noOffice}`];
  });
  const others =
    large === 'other' || phonesFor(contact, 'other').length === 0
      ? []
      : [html`${words.lineNames.other} ${numbers.all(contact, 'other')}`];
  return [...drawn, ...others];
}

/** When the office opens, beside its number while it is closed. */
function opening(line: Line, lineNow: LineNow, now: Instant): TemplateResult | typeof nothing {
  const when = describeUntil(lineNow, now);
  if (line !== 'office' || lineNow.line === 'office' || when === undefined) return nothing;
  return html` <span class="when">${sentence(words.officeUsually('emergency-duty', when))}</span>`;
}

function single(contact: Contact, model: Model, numbers: Numbers): TemplateResult {
  if (!hasNumbers(contact))
    return html`<h3 class="telling">
      ${contact.authority === undefined ? words.nobodyNamed : words.noNumber(contact.authority, contact.plans)}
    </h3>`;
  const large = lineToRing(contact, model.lineOf(contact).line);
  // A sentence needs more room than a number.
  const isOtherMissing = large === undefined || large === 'other' || phonesFor(contact, otherLine(large)).length === 0;
  return html`${singleTitle(contact, large, model)}
    <div class="ring">
      ${large === undefined ? nothing : html`<span>${numbers.large(contact, large)}</span>`}
      <ul class="others ${isOtherMissing ? 'said' : ''}">
        ${besides(contact, large, model, numbers).map((line) => html`<li>${line}</li>`)}
      </ul>
    </div>`;
}

function singleTitle(contact: Contact, large: NumberLine | undefined, model: Model): TemplateResult {
  const { now, today, layout, homeAuthorities } = model;
  const lineNow = model.lineOf(contact);
  if (large === undefined) return html`<h3 class="telling">${words.noEmergencyDuty(contact.authority)}</h3>`;
  const isCompact = layout === 'compact';
  const title = words.ringTitle(howOf(model), contact.authority, large);
  const area = isCompact ? html` ${areaTag(contact.authority, homeAuthorities)}` : nothing;
  if (large !== 'office') {
    const late = large === 'emergency-duty' && lineNow.line === 'office' ? ` (${words.mayNotAnswer})` : '';
    return html`<h3>${title}${late}${area}</h3>`;
  }
  const when = describeUntil(lineNow, now);
  const askFor = words.askFor(contact.plans, today);
  return isCompact
    ? html`<h3>${title}: ${lowerFirst(askFor.slice(0, -1))}${area}</h3>`
    : html`<h3>${title}${when === undefined ? '' : ` (${words.officeUsually('office', when)})`}. ${askFor}</h3>`;
}

const howOf = ({ setting, layout }: Model): words.Ringing =>
  setting === 'nhs-111' ? 'for-the-clinician' : layout === 'compact' ? 'compact' : 'if-concerned';

/** Each authority with its line and its plan: no number appears without its authority's name. */
function several(ring: readonly Contact[], model: Model, numbers: Numbers): TemplateResult | typeof nothing {
  const [first, ...others] = ring.map((contact) => model.lineOf(contact));
  if (first === undefined) return nothing;
  const isOneTime = others.every(({ line, until }) => line === first.line && until === first.until);
  const when = isOneTime ? describeUntil(first, model.now) : undefined;
  return html`<h3>${sentence(words.ringSeveral(howOf(model), first.line, when))}</h3>
    ${ring.map((contact) => box(contact, model, numbers))}`;
}

function box(contact: Contact, model: Model, numbers: Numbers): TemplateResult {
  const area = areaTag(contact.authority, model.homeAuthorities);
  if (!hasNumbers(contact))
    return html`<p class="ring">${words.noNumber(contact.authority, contact.plans)} ${area}</p>`;
  const large = lineToRing(contact, model.lineOf(contact).line);
  const who =
    large === undefined ? html`. ${words.noEmergencyDuty(contact.authority)}` : html`${`, ${words.lineNames[large]}`}`;
  const beside = besides(contact, large, model, numbers, false).map((line) => html`${dot}${line}`);
  return html`<div class="ring">
    <span class="who"><strong>${nameOf(contact.authority)}</strong>${who} ${area}</span>
    <span class="others">${words.plansBeside(contact.plans)}${beside}</span>
    ${large === undefined ? nothing : html`<span>${numbers.large(contact, large)}</span>`}
  </div>`;
}

/** An authority with all its numbers, in one line. */
export const inLine = (contact: Contact, numbers: Numbers, before = ''): TemplateResult => {
  const lines = (['office', 'emergency-duty', 'other'] as const).filter((line) => phonesFor(contact, line).length > 0);
  if (lines.length === 0) return html`${before + words.noNumber(contact.authority, contact.plans)}`;
  return html`${`${before}${nameOf(contact.authority)}: `}${lines.map((line, at) => html`${at === 0 ? nothing : dot}${words.lineNames[line]} ${numbers.all(contact, line)}`)}`;
};
