import type { Database, Queries } from './database.js';

/** A local authority's children's services, as the register names it (names come in several styles). */
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

export interface Child {
  nhsNumber: string;
  givenName: string;
  familyName: string;
}

/** A plan, or a time of being looked after; dates are YYYY-MM-DD and an open plan has no end. */
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

/** All that a register starts out with. Rows refer to each other by code, author and NHS number. */
export interface Records {
  localAuthorities: readonly LocalAuthority[];
  practitioners: readonly Practitioner[];
  children: readonly Child[];
  plans: readonly Plan[];
  accesses: readonly Access[];
}

/** Empties the register and puts these records in, all or nothing. */
export const restore = (database: Database, records: Records): Promise<void> =>
  database.transaction(async (inside) => {
    await inside.query('truncate access, plan, child, practitioner, local_authority restart identity');
    await insertAll(
      inside,
      'local_authority',
      'code, name, office_hours_phone, emergency_duty_phone',
      records.localAuthorities.map((la) => [la.code, la.name, la.officeHoursPhone, la.emergencyDutyPhone]),
    );
    await insertAll(
      inside,
      'practitioner',
      'author, role_profile_id, name, role_code, role, organisation',
      records.practitioners.map((who) => [
        who.author,
        who.roleProfileId,
        who.name,
        who.roleCode,
        who.role,
        who.organisation,
      ]),
    );
    await insertAll(
      inside,
      'child',
      'nhs_number, given_name, family_name',
      records.children.map((child) => [child.nhsNumber, child.givenName, child.familyName]),
    );
    await insertAll(
      inside,
      'plan',
      'nhs_number, type_code, type_display, local_authority, start_date, end_date',
      records.plans.map((plan) => [
        plan.nhsNumber,
        plan.typeCode,
        plan.typeDisplay,
        plan.localAuthority,
        plan.startDate,
        plan.endDate,
      ]),
    );
    await insertAll(
      inside,
      'access',
      'author, nhs_number, trace_id, at',
      records.accesses.map((access) => [access.author, access.nhsNumber, access.traceId, access.at]),
    );
  });

/** Table and columns are this file's own words, never input. */
const insertAll = async (inside: Queries, table: string, columns: string, rows: readonly (readonly unknown[])[]) => {
  const places = columns.split(',').map((_, index) => `$${index + 1}`);
  for (const row of rows) {
    await inside.query(
      `insert into ${table} (${columns}) values (${places.join(', ')})`,
      row.map((value) => value ?? null),
    );
  }
};

/** True while nobody has been put in: a new database, not one that was kept in a folder. */
export const isNew = async (database: Database): Promise<boolean> =>
  (await database.query('select 1 from practitioner limit 1')).length === 0;
