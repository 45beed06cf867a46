import type { OpenedInError, OpenedInErrorNote, OpenedInErrorSent } from '../shared/register-api.js';
import { accessesSince } from './accesses.js';
import { audit } from './audit.js';
import { seenAccess } from './authority-view.js';
import { notify } from './notify.js';
import type { RegisterParts } from './parts.js';
import { Problem } from './problem.js';
import type { User } from './users.js';

type Content = Pick<OpenedInError, 'access' | 'about' | 'note'>;

/**
 * Passes a trust's note that a view was opened in error to the authorities that were alerted. The alert itself stays,
 * because it cannot be recalled. The same note twice counts once.
 * @throws Problem 404 when this user has made no such view
 */
export const sayOpenedInError = async (
  { database, now }: RegisterParts,
  user: User,
  { nhsNumber, traceId, note = '' }: OpenedInErrorNote,
): Promise<OpenedInErrorSent> => {
  const at = now();
  const authorities = await database.transaction(async (inside) => {
    // The row lock makes two notes about one view take turns.
    const [found] = await inside.query<{ id: string }>(
      `select id::text from access
        where author = $1 and nhs_number = $2 and ($3::uuid is null or trace_id = $3)
        order by at desc, id desc limit 1 for update`,
      [user.author, nhsNumber, traceId ?? null],
    );
    const access = (await accessesSince(inside, nhsNumber, 0)).find(({ id }) => id === found?.id);
    if (access === undefined) {
      throw new Problem(404, 'You have no such view of this record. Check the number and the TraceID.');
    }
    const alerted = await inside.query<{ code: string; name: string; about: number; told: boolean }>(
      `select local_authority.code, local_authority.name, alert.number::float8 as about,
              exists (select 1 from notification told
                       where told.access_id = alert.access_id and told.local_authority = alert.local_authority
                         and told.kind = 'opened-in-error') as told
         from notification alert
         join local_authority on local_authority.code = alert.local_authority
        where alert.access_id = $1 and alert.kind = 'access-to-service'
        order by local_authority.code`,
      [access.id],
    );
    const toTell = alerted.filter(({ told }) => !told);
    const contents = toTell.map(({ code, about }): [string, Content] => [
      code,
      { access: seenAccess(access), about, note },
    ]);
    await notify(inside, {
      kind: 'opened-in-error',
      at,
      nhsNumber,
      accessId: access.id,
      contents: new Map(contents),
    });
    await audit(inside, { at, actor: user.author, action: 'opened-in-error', nhsNumber });
    return alerted.map(({ name }) => name);
  });
  return { authorities };
};
