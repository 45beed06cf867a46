import { Hono } from 'hono';

import { audit } from './audit.js';
import { LONGEST_WORK } from './database/database.js';
import { jsonBody } from './json-body.js';
import { purge } from './keeping.js';
import { ownSiteOnly } from './limits.js';
import type { RegisterParts } from './parts.js';
import { availability, invented, superseded } from './shapes.js';
import { supersedeNumber } from './supersede.js';
import { londonDay, offsetDateTime } from '../shared/time.js';

/**
 * SANDBOX ONLY: what a test needs and no real register would offer. Open to anyone without a token, but not to another
 * site's page.
 *
 * - `GET /accesses` every access row, oldest first: `[{author, nhsNumber, traceId, at, organisation}]`
 * - `POST /reset` puts the first records back: 204
 * - `POST /purge` the nightly purge: counts
 * - `PUT /demographics/people`, `POST /demographics/superseded`, `PUT /demographics/available`: 204
 */
export const sandboxRoutes = (parts: RegisterParts, reset: () => Promise<void>): Hono => {
  const { database, demographics } = parts;
  const routes = new Hono().use(ownSiteOnly);

  routes.get('/accesses', async (context) => {
    const rows = await database.query<{ at: number }>(
      `select access.author, access.nhs_number as "nhsNumber", access.trace_id::text as "traceId",
              (extract(epoch from access.at) * 1000)::float8 as at, practitioner.organisation
         from access
         join practitioner on practitioner.author = access.author
        order by access.at, access.id`,
    );
    return context.json(rows.map((row) => ({ ...row, at: offsetDateTime(row.at) })));
  });

  routes.post('/reset', async (context) => {
    await reset();
    return context.body(null, 204);
  });

  routes.post('/purge', async (context) => context.json(await runPurge(parts)));

  routes.put('/demographics/people', async (context) => {
    const person = await jsonBody(context.req.raw, invented);
    await database.query(
      `insert into person (nhs_number, family_name, given_name, birth_date, gender, sensitive)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (nhs_number) do update
          set family_name = excluded.family_name, given_name = excluded.given_name, birth_date = excluded.birth_date,
              gender = excluded.gender, sensitive = excluded.sensitive`,
      [
        person.nhsNumber,
        person.familyName,
        person.givenName,
        person.birthDate,
        person.gender ?? null,
        person.sensitive ?? false,
      ],
    );
    return context.body(null, 204);
  });

  routes.post('/demographics/superseded', async (context) => {
    const { nhsNumber, supersededBy } = await jsonBody(context.req.raw, superseded);
    await supersedeNumber(parts, nhsNumber, supersededBy);
    return context.body(null, 204);
  });

  routes.put('/demographics/available', async (context) => {
    demographics.available = (await jsonBody(context.req.raw, availability)).available;
    return context.body(null, 204);
  });

  return routes;
};

/** The nightly purge, with its counts in the audit. */
export const runPurge = ({ database, now, windows, retention }: RegisterParts) =>
  database.transaction(async (inside) => {
    const purged = await purge(inside, londonDay(now()), windows, retention);
    await audit(inside, { at: now(), actor: 'register', action: 'purge', detail: { ...purged } });
    return purged;
  }, LONGEST_WORK);
