import { authorityName } from './authority.js';
import type { Today } from './clocks.js';
import type { Line } from './office-hours.js';
import { readPhone } from './phone.js';
import { mostUrgentFirst, phaseOf, standingOf, type Plan, type PlanPhone } from './plan.js';

/** One local authority and its own numbers: a number never appears beside another authority's name. */
export interface Contact {
  /** As received; `undefined` when the register named none. */
  readonly authority: string | undefined;
  /** Its plans that count now: those not ended, or all when all have ended. */
  readonly plans: readonly Plan[];
  /** As received; more than one when its plans differ, none when not recorded. */
  readonly officePhones: readonly string[];
  readonly emergencyPhones: readonly string[];
  /** Numbers whose line the register did not give; absent when there are none. */
  readonly otherPhones?: readonly string[];
  /** It has a plan that has not ended, or no authority has one. */
  readonly responsible: boolean;
}

/** Whom to ring about these plans, the authority of the most urgent plan first. */
export function contactsOf(plans: readonly Plan[], today: Today): readonly Contact[] {
  const allEnded = plans.every((plan) => phaseOf(plan, today) === 'ended');
  const groups = new Map<string | undefined, Plan[]>();
  for (const plan of mostUrgentFirst(plans, today)) {
    const key = plan.authority && authorityName(plan.authority).toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), plan]);
  }
  return [...groups.values()].map((group) => {
    const phones = distinct(group.flatMap(phonesOf));
    const on = (line: PlanPhone['line']): readonly string[] =>
      phones.filter((phone) => phone.line === line).map(({ number }) => number);
    const otherPhones = on('other');
    return {
      authority: group[0]!.authority,
      plans: standingOf(group, today),
      officePhones: on('office'),
      emergencyPhones: on('emergency-duty'),
      ...(otherPhones.length > 0 && { otherPhones }),
      responsible: allEnded || group.some((plan) => phaseOf(plan, today) !== 'ended'),
    };
  });
}

const phonesOf = ({ phones, officePhone, emergencyPhone }: Plan): readonly PlanPhone[] =>
  phones ?? [
    ...(officePhone === undefined ? [] : [{ line: 'office', number: officePhone } as const]),
    ...(emergencyPhone === undefined ? [] : [{ line: 'emergency-duty', number: emergencyPhone } as const]),
  ];

/** Each number of a line once, however it is written; a number of no line is left out if a line has it. */
function distinct(phones: readonly PlanPhone[]): readonly PlanPhone[] {
  // Those with a line come first; the second copy of each is then dropped.
  const namedFirst = [...phones.filter(({ line }) => line !== 'other'), ...phones];
  const seen = new Set<string>();
  return namedFirst.filter(({ line, number }) => {
    const digits = digitsOf(number);
    const isKnown = seen.has(`${line} ${digits}`) || (line === 'other' && seen.has(digits));
    seen.add(digits).add(`${line} ${digits}`);
    return !isKnown;
  });
}

/** What tells numbers apart; text that is not a number stands for itself. */
function digitsOf(number: string): string {
  const { href } = readPhone(number);
  return href ?? number;
}

/** The line of a number, or `other` when the register has not said which. */
export type NumberLine = Line | 'other';

export const phonesFor = (contact: Contact, line: NumberLine): readonly string[] =>
  ({ office: contact.officePhones, 'emergency-duty': contact.emergencyPhones, other: contact.otherPhones ?? [] })[line];

export const otherLine = (line: Line): Line => (line === 'office' ? 'emergency-duty' : 'office');

/**
 * The line to ring now: the one for this hour; by day, the emergency duty team's where the office has no number; else a
 * number of no known line. `undefined` when nobody would answer: no office does at night.
 */
export const lineToRing = (contact: Contact, now: Line): NumberLine | undefined =>
  ([now, ...(now === 'office' ? (['emergency-duty'] as const) : []), 'other'] as const).find(
    (line) => phonesFor(contact, line).length > 0,
  );
