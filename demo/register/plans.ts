import type { PlanType } from '../shared/register-api.js';
import type { Queries } from './database/database.js';
import { addSpan, type Span } from '../shared/time.js';

/** SNOMED CT plan types (CP-IS consumer guide, Data mapping). */
export const planTypes = {
  childProtection: { code: '342191000000101', display: 'Subject to child protection plan' },
  lookedAfter: { code: '764841000000100', display: 'Looked after child' },
  unborn: { code: '818901000000100', display: 'Unborn child subject to child protection plan' },
} as const;

/** By the short names that authorities use for them in uploads. */
export const planTypeByName = {
  CPP: planTypes.childProtection,
  LAC: planTypes.lookedAfter,
  UCP: planTypes.unborn,
} as const satisfies Record<PlanType, { code: string; display: string }>;

const names = new Map<string, PlanType>(
  Object.entries(planTypeByName).map(([name, { code }]) => [code, name as PlanType]),
);

/** The short name of a SNOMED CT code, or undefined for a type that authorities here do not upload. */
export const planTypeOf = (code: string): PlanType | undefined => names.get(code);

/** How long after its last day a plan is still returned, by type code. */
export interface Windows {
  byType: Readonly<Record<string, Span>>;
  /** For a type that the register does not know. */
  otherwise: Span;
}

/** PG9: on a plan, or looked after, within the previous 12 months. */
export const pg9Windows: Windows = { byType: {}, otherwise: { months: 12 } };

/** As in national guides: 365 days, and 28 days for an unborn child (there it is after the due date). */
export const nationalWindows: Windows = {
  byType: { [planTypes.unborn.code]: { days: 28 } },
  otherwise: { days: 365 },
};

/** A plan as it is answered, with the authority's own name and numbers. */
export interface PlanRow {
  id: string;
  typeCode: string;
  typeDisplay: string;
  /** YYYY-MM-DD */
  startDate: string;
  endDate: string | null;
  authorityCode: string;
  authority: string;
  officeHoursPhone: string | null;
  emergencyDutyPhone: string | null;
  givenName: string;
  familyName: string;
}

/** A plan is no longer answered from the day after its window's last day. An open plan, or a future one, stays. */
export const isReturned = (plan: Pick<PlanRow, 'typeCode' | 'endDate'>, today: string, windows: Windows): boolean =>
  plan.endDate === null || addSpan(plan.endDate, windows.byType[plan.typeCode] ?? windows.otherwise) >= today;

/** The columns of a PlanRow without the person's names. The joined tables must keep their own names. */
export const planColumns = `plan.id::text, plan.type_code as "typeCode", plan.type_display as "typeDisplay",
  to_char(plan.start_date, 'YYYY-MM-DD') as "startDate", to_char(plan.end_date, 'YYYY-MM-DD') as "endDate",
  local_authority.code as "authorityCode", local_authority.name as authority,
  local_authority.office_hours_phone as "officeHoursPhone",
  local_authority.emergency_duty_phone as "emergencyDutyPhone"`;

/** Every plan that is returned for an NHS number on a day in London, oldest start first. */
export const returnedPlans = async (
  database: Queries,
  nhsNumber: string,
  today: string,
  windows: Windows,
): Promise<PlanRow[]> => {
  const plans = await database.query<PlanRow>(
    `select ${planColumns}, person.given_name as "givenName", person.family_name as "familyName"
       from plan
       join shown_person person on person.nhs_number = plan.nhs_number
       join local_authority on local_authority.code = plan.local_authority
      where plan.nhs_number = $1
      order by plan.start_date, plan.id`,
    [nhsNumber],
  );
  return plans.filter((plan) => isReturned(plan, today, windows));
};
