import type { BirthRecord, BirthRecorded } from '../../shared/register-api.js';
import { audit } from '../audit.js';
import { personColumns, seenChild, type PersonRow } from '../authority-view.js';
import type { Queries } from '../database/database.js';
import type { Traced } from '../demographics.js';
import type { RegisterParts } from '../parts.js';
import { isReturned, planTypeByName, planTypes } from '../plans.js';
import { Problem } from '../problem.js';
import { addDays, londonDay } from '../../shared/time.js';

/** Twins may be born on either side of midnight, after the first birth has ended the plan. */
const TWINS = 2;

/**
 * Records a birth: the unborn plan on the mother's record ends on the day of birth and the baby's own plan starts, in
 * one transaction (PG9 section 3). Recording the same birth again changes nothing.
 * @throws Problem 409 when the mother's record has no unborn plan of this authority, 422 when a number does not match
 */
export const recordBirth = async (
  { database, demographics, now, windows }: RegisterParts,
  code: string,
  { mother, baby, plan = { type: 'CPP', start: baby.birthDate } }: BirthRecord,
): Promise<BirthRecorded & { isNew: boolean }> => {
  const at = now();
  const today = londonDay(at);
  if (baby.birthDate > today) throw new Problem(422, 'baby.birthDate is still to come.');
  if (plan.start < baby.birthDate) throw new Problem(422, 'The baby’s plan starts before the birth.');
  if (mother.nhsNumber === baby.nhsNumber) throw new Problem(422, 'Mother and baby have the same NHS number.');
  const traced = await demographics.find(database, [mother.nhsNumber, baby.nhsNumber]);
  checkUsable('mother', traced.get(mother.nhsNumber));
  if (checkUsable('baby', traced.get(baby.nhsNumber)).birthDate !== baby.birthDate) {
    throw new Problem(422, 'baby.nhsNumber belongs to somebody born on another day. Trace the number again.');
  }

  const isNew = await database.transaction(async (inside) => {
    await inside.query(`select pg_advisory_xact_lock(hashtext($1))`, [code]);
    if (!(await noteBirth(inside, code, mother.nhsNumber, baby.nhsNumber, at))) return false;
    const unborn = await inside.query<{ id: string; typeCode: string; endDate: string | null }>(
      `select id::text, type_code as "typeCode", to_char(end_date, 'YYYY-MM-DD') as "endDate" from plan
        where nhs_number = $1 and local_authority = $2 and type_code = $3 and start_date <= $4::date
          and (end_date is null or end_date >= $5::date)`,
      [mother.nhsNumber, code, planTypes.unborn.code, baby.birthDate, addDays(baby.birthDate, -TWINS)],
    );
    // A plan whose window is over may already have been purged, so it never counts: the time of the purge makes no
    // difference.
    const ended = unborn.filter((one) => isReturned(one, today, windows));
    await inside.query(
      `update plan set end_date = $2 where id in (select jsonb_array_elements_text($1::text::jsonb)::uuid)`,
      [JSON.stringify(ended.map(({ id }) => id)), baby.birthDate],
    );
    if (ended.length === 0) {
      throw new Problem(
        409,
        'This authority has no open unborn plan on the mother’s record. Upload it, then record the birth.',
      );
    }
    const type = planTypeByName[plan.type];
    await inside.query(
      `insert into plan (nhs_number, type_code, type_display, local_authority, start_date)
       values ($1, $2, $3, $4, $5)
       on conflict (nhs_number, local_authority, type_code, start_date) do nothing`,
      [baby.nhsNumber, type.code, type.display, code, plan.start],
    );
    for (const { nhsNumber } of [mother, baby]) await audit(inside, { at, actor: code, action: 'birth', nhsNumber });
    return true;
  });

  const shown = await database.query<PersonRow>(
    `select ${personColumns} from shown_person person where person.nhs_number in ($1, $2)`,
    [mother.nhsNumber, baby.nhsNumber],
  );
  const seen = (nhsNumber: string) => {
    const person = shown.find((one) => one.nhsNumber === nhsNumber);
    if (person === undefined) throw new Problem(422, 'The number is no longer in the demographics.');
    return seenChild(person, today);
  };
  return { mother: seen(mother.nhsNumber), baby: seen(baby.nhsNumber), isNew };
};

const checkUsable = (who: 'mother' | 'baby', person: Traced | undefined): Traced => {
  if (person === undefined) throw new Problem(422, `Nobody has ${who}.nhsNumber. Trace the number again.`);
  if (person.supersededBy !== null)
    throw new Problem(422, `${who}.nhsNumber has been superseded. Trace the number again.`);
  if (person.sensitive) throw new Problem(422, `The record of ${who}.nhsNumber is sensitive and cannot be updated.`);
  return person;
};

/** @returns false when this birth was already recorded */
const noteBirth = async (inside: Queries, code: string, mother: string, baby: string, at: number): Promise<boolean> => {
  const inserted = await inside.query(
    `insert into birth (baby, mother, local_authority, recorded_at) values ($1, $2, $3, $4)
     on conflict (baby) do nothing returning 1`,
    [baby, mother, code, new Date(at).toISOString()],
  );
  if (inserted.length > 0) return true;
  const same = await inside.query('select 1 from birth where baby = $1 and mother = $2 and local_authority = $3', [
    baby,
    mother,
    code,
  ]);
  if (same.length === 0)
    throw new Problem(409, 'This baby’s birth has been recorded with another mother or authority.');
  return false;
};
