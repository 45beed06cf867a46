import { insertRows } from './database/insert-rows.js';
import { LONGEST_BATCH, type Database } from './database/database.js';
import { organisations } from './organisations.js';

/** A local authority's children's services, under the name the register has (names come in several styles). */
export interface LocalAuthority {
  code: string;
  name: string;
  officeHoursPhone?: string;
  emergencyDutyPhone?: string;
}

/** Someone who can look: a person, or a team line such as NHS 111. */
export interface Practitioner {
  author: string;
  roleProfileId: string;
  name: string;
  /** SNOMED CT, where the role has a code. */
  roleCode?: string | undefined;
  role: string;
  organisation: string;
}

/** The person an NHS number belongs to: the sandbox's stand-in for the national demographics. */
export interface Person {
  nhsNumber: string;
  /** Empty, or "baby", until a baby is named. */
  givenName: string;
  familyName: string;
  /** YYYY-MM-DD */
  birthDate?: string | undefined;
  gender?: string | undefined;
  /** The record is access-restricted and cannot be updated. */
  sensitive?: boolean | undefined;
  /** The number that replaced this one. */
  supersededBy?: string | undefined;
}

/** A plan, or a period of being looked after. Dates are YYYY-MM-DD, and an open plan has no end. */
export interface Plan {
  nhsNumber: string;
  typeCode: string;
  typeDisplay: string;
  localAuthority: string;
  startDate: string;
  endDate?: string;
}

/** One unscheduled look at one NHS number. */
export interface Access {
  author: string;
  nhsNumber: string;
  traceId: string;
  /** An ISO 8601 instant. */
  at: string;
}

/** Everything that a register starts with. Rows refer to each other by code, author and NHS number. */
export interface Records {
  localAuthorities: readonly LocalAuthority[];
  practitioners: readonly Practitioner[];
  people: readonly Person[];
  plans: readonly Plan[];
  accesses: readonly Access[];
}

/** The first rows of each table, ordered so that every row comes after those it refers to. */
const tablesOf = ({ localAuthorities, practitioners, people, plans, accesses }: Records) =>
  ({
    local_authority: localAuthorities.map((la) => ({
      code: la.code,
      name: la.name,
      office_hours_phone: la.officeHoursPhone,
      emergency_duty_phone: la.emergencyDutyPhone,
    })),
    organisation: organisations.map(({ name, setting, callBackPhone }) => ({
      name,
      setting,
      call_back_phone: callBackPhone,
    })),
    practitioner: practitioners.map((who) => ({
      author: who.author,
      role_profile_id: who.roleProfileId,
      name: who.name,
      role_code: who.roleCode,
      role: who.role,
      organisation: who.organisation,
    })),
    person: people.map((person) => ({
      nhs_number: person.nhsNumber,
      given_name: person.givenName,
      family_name: person.familyName,
      birth_date: person.birthDate,
      gender: person.gender,
      sensitive: person.sensitive ?? false,
      superseded_by: person.supersededBy,
    })),
    plan: plans.map((plan) => ({
      nhs_number: plan.nhsNumber,
      type_code: plan.typeCode,
      type_display: plan.typeDisplay,
      local_authority: plan.localAuthority,
      start_date: plan.startDate,
      end_date: plan.endDate,
    })),
    access: accesses.map(({ author, nhsNumber, traceId, at }) => ({
      author,
      nhs_number: nhsNumber,
      trace_id: traceId,
      at,
    })),
  }) as const;

/** Empties the register, except for the audit, and puts these records in, all or nothing. */
export const restore = (database: Database, records: Records): Promise<void> =>
  database.transaction(async (inside) => {
    await inside.query(
      `truncate notification, to_correct, allocated_worker, birth, access, plan, person, practitioner, organisation,
                local_authority restart identity`,
    );
    for (const [table, rows] of Object.entries(tablesOf(records))) await insertRows(inside, table, rows);
  }, LONGEST_BATCH);

/** True until records are put in: a new database, and not one that was kept in a folder. */
export const isNew = async (database: Database): Promise<boolean> =>
  (await database.query('select 1 from practitioner limit 1')).length === 0;
