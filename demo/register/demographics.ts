import type { Queries } from './database/database.js';

/** Someone as the demographics have them. */
export interface Traced {
  nhsNumber: string;
  familyName: string;
  givenName: string;
  birthDate: string | null;
  gender: string | null;
  sensitive: boolean;
  supersededBy: string | null;
}

/** Nothing can be matched at the moment. */
export class DemographicsUnavailable extends Error {
  override readonly name = 'DemographicsUnavailable';
}

/**
 * Who an NHS number belongs to. In the sandbox it is a table of invented people, and it can be switched to unavailable.
 */
export interface Demographics {
  /**
   * The people with these numbers, by number.
   * @throws DemographicsUnavailable
   */
  find: (inside: Queries, numbers: readonly string[]) => Promise<ReadonlyMap<string, Traced>>;
  available: boolean;
}

export const createDemographics = (): Demographics => {
  const demographics: Demographics = {
    available: true,
    find: async (inside, numbers) => {
      if (!demographics.available) throw new DemographicsUnavailable('The demographics service is unavailable');
      const people = await inside.query<Traced>(
        `select ${columns} from person
          where nhs_number in (select jsonb_array_elements_text($1::text::jsonb))`,
        [JSON.stringify(numbers)],
      );
      return new Map(people.map((person) => [person.nhsNumber, person]));
    },
  };
  return demographics;
};

/** Every invented person, by number. */
export const everyone = (inside: Queries): Promise<Traced[]> =>
  inside.query(`select ${columns} from person order by nhs_number`);

const columns = `nhs_number as "nhsNumber", family_name as "familyName", given_name as "givenName",
  to_char(birth_date, 'YYYY-MM-DD') as "birthDate", gender, sensitive, superseded_by as "supersededBy"`;
