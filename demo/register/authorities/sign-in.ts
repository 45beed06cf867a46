import type { Queries } from '../database/database.js';
import { Problem } from '../problem.js';
import { userOf } from '../users.js';

const token = /^Bearer +demo-la-([A-Z\d]{2,9})$/;

/**
 * Checks that an authority asks only for what is its own. Its token is `demo-la-` and its GSS code: sandbox only.
 * @param code the authority of the address
 * @throws Problem 401 or 403
 */
export const checkAuthority = async (
  inside: Queries,
  authorization: string | undefined,
  code: string,
): Promise<void> => {
  const own = token.exec(authorization ?? '')?.[1];
  if (own === undefined) {
    if (userOf(authorization) !== undefined) throw new Problem(403, 'Only a local authority may ask this.');
    throw new Problem(401, 'A local authority’s bearer token is required: demo-la- and its GSS code.');
  }
  const known = await inside.query('select 1 from local_authority where code = $1', [own]);
  if (known.length === 0) throw new Problem(401, 'No local authority has this token.');
  if (own !== code) throw new Problem(403, 'A local authority sees its own children only.');
};
