import { Hono } from 'hono';
import type { Queries } from './database/database.js';
import { offsetDateTime } from './time.js';

interface SandboxOptions {
  database: Queries;
  reset: () => Promise<void>;
}

/**
 * SANDBOX ONLY: what a test needs and no register would offer, to anyone and without a token.
 * - `GET /accesses` every access row, oldest first: `[{author, nhsNumber, traceId, at, organisation}]`
 * - `POST /reset` puts the first records back: 204
 */
export const sandboxRoutes = ({ database, reset }: SandboxOptions): Hono =>
  new Hono()
    .get('/accesses', async (context) => {
      const rows = await database.query<{ at: number }>(
        `select access.author, access.nhs_number as "nhsNumber", access.trace_id::text as "traceId",
                (extract(epoch from access.at) * 1000)::float8 as at, practitioner.organisation
           from access
           join practitioner on practitioner.author = access.author
          order by access.at, access.id`,
      );
      return context.json(rows.map((row) => ({ ...row, at: offsetDateTime(row.at) })));
    })
    .post('/reset', async (context) => {
      await reset();
      return context.body(null, 204);
    });
