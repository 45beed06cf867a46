import { authorityName } from './authority.js';
import type { Day } from './calendar.js';
import type { Line } from './office-hours.js';
import { mostUrgentFirst, phaseOf, type Plan } from './plan.js';

/** One local authority and its own numbers: a number never stands beside another authority's name. */
export interface Contact {
  /** As received; `undefined` when the register named none. */
  readonly authority: string | undefined;
  /** As received; more than one when its plans differ, none when not recorded. */
  readonly officePhones: readonly string[];
  readonly emergencyPhones: readonly string[];
  /** It has a plan that has not ended, or nobody has. */
  readonly responsible: boolean;
}

/** Whom to ring about these plans, the authority of the most urgent plan first. */
export function contactsOf(plans: readonly Plan[], today: Day): readonly Contact[] {
  const allEnded = plans.every((plan) => phaseOf(plan, today) === 'ended');
  const groups = new Map<string | undefined, Plan[]>();
  for (const plan of mostUrgentFirst(plans, today)) {
    const key = plan.authority && authorityName(plan.authority).toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), plan]);
  }
  return [...groups.values()].map((group) => ({
    authority: group[0]!.authority,
    officePhones: distinct(group.map(({ officePhone }) => officePhone)),
    emergencyPhones: distinct(group.map(({ emergencyPhone }) => emergencyPhone)),
    responsible: allEnded || group.some((plan) => phaseOf(plan, today) !== 'ended'),
  }));
}

const distinct = (phones: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(phones.filter((phone) => phone !== undefined)),
];

export const phonesFor = (contact: Contact, line: Line): readonly string[] =>
  line === 'office' ? contact.officePhones : contact.emergencyPhones;

export const otherLine = (line: Line): Line => (line === 'office' ? 'emergency-duty' : 'office');

/** The line to ring now: the one the hour says, or the other when only that one has a number. */
export const lineToRing = (contact: Contact, now: Line): Line =>
  phonesFor(contact, now).length === 0 && phonesFor(contact, otherLine(now)).length > 0 ? otherLine(now) : now;
