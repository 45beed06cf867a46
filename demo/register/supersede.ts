import { audit } from './audit.js';
import { notify } from './notify.js';
import type { RegisterParts } from './parts.js';
import { Problem } from './problem.js';

/**
 * Marks a number as superseded (for instance after adoption) and tells each authority with a plan on it. They are not
 * told the new number, because the register must not join an adopted child's new identity to the old one. The plans
 * stay where they are until the authority has traced the child and uploads again.
 * @throws Problem 404, or 409 when another number has already superseded it
 */
export const supersedeNumber = async (
  { database, now }: RegisterParts,
  nhsNumber: string,
  supersededBy: string,
): Promise<void> => {
  const at = now();
  await database.transaction(async (inside) => {
    const [person] = await inside.query<{ supersededBy: string | null }>(
      `select superseded_by as "supersededBy" from person where nhs_number = $1 for update`,
      [nhsNumber],
    );
    const known = await inside.query('select 1 from person where nhs_number = $1', [supersededBy]);
    if (person === undefined || known.length === 0 || nhsNumber === supersededBy) {
      throw new Problem(404, 'Both numbers belong to people of GET /demographics, and differ.');
    }
    if (person.supersededBy === supersededBy) return;
    if (person.supersededBy !== null) throw new Problem(409, 'The number has been superseded by another before.');
    await inside.query('update person set superseded_by = $2 where nhs_number = $1', [nhsNumber, supersededBy]);
    const holders = await inside.query<{ code: string }>(
      'select distinct local_authority as code from plan where nhs_number = $1',
      [nhsNumber],
    );
    const contents = new Map(holders.map(({ code }) => [code, {}]));
    await notify(inside, { kind: 'inactive-nhs-number', at, nhsNumber, contents });
    await audit(inside, { at, actor: 'register', action: 'superseded', nhsNumber });
  });
};
