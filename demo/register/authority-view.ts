// What a local authority sees of people, plans and accesses, in the shapes of its API.

import type { AccessSeen, ChildSeen, PlanSeen } from '../shared/register-api.js';
import type { AccessRow } from './accesses.js';
import { ageOn } from './age.js';
import { planTypeOf, type PlanRow } from './plans.js';

/** A person as the `shown_person` view has them. */
export interface PersonRow {
  childId: string;
  nhsNumber: string;
  givenName: string;
  familyName: string;
  /** YYYY-MM-DD */
  birthDate: string | null;
}

/** The columns of a PersonRow. The statement must name the view `person`. */
export const personColumns = `person.id::text as "childId", person.nhs_number as "nhsNumber",
  person.given_name as "givenName", person.family_name as "familyName",
  to_char(person.birth_date, 'YYYY-MM-DD') as "birthDate"`;

/** @param today the day in London for which the age is given, YYYY-MM-DD */
export const seenChild = (person: PersonRow, today: string): ChildSeen => ({
  id: person.childId,
  nhsNumber: person.nhsNumber,
  name: `${person.givenName} ${person.familyName.toUpperCase()}`,
  birthDate: person.birthDate,
  age: person.birthDate === null ? null : ageOn(person.birthDate, today),
});

/** @param code the authority that is looking */
export const seenPlan = (plan: PlanRow, code: string, today: string): PlanSeen => ({
  type: planTypeOf(plan.typeCode) ?? 'other',
  display: plan.typeDisplay,
  start: plan.startDate,
  end: plan.endDate,
  ended: plan.endDate !== null && plan.endDate < today,
  authority: {
    code: plan.authorityCode,
    name: plan.authority,
    officeHoursPhone: plan.officeHoursPhone,
    emergencyDutyPhone: plan.emergencyDutyPhone,
  },
  own: plan.authorityCode === code,
});

export const seenAccess = (access: AccessRow): AccessSeen => ({
  at: new Date(access.at).toISOString(),
  viewer: access.name,
  role: access.role,
  organisation: access.organisation,
  setting: access.setting,
  callBackPhone: access.callBackPhone,
});
