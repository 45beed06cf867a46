import { Hono } from 'hono';

import { boundedBody, ownSiteOnly } from './limits.js';
import { Problem, problemResponse } from './problem.js';

export interface SandboxClock {
  /** Milliseconds since 1970, by the clock that the whole sandbox follows. */
  now: () => number;
  routes: Hono;
}

/**
 * SANDBOX ONLY: one clock for the register and every page that asks it, so that a talk or a test can take place on a
 * Sunday evening. Otherwise a page would find the register's clock wrong, and say so.
 *
 * - `GET /sandbox/clock` how far the clock is ahead of the real one, in milliseconds: `{shift}`
 * - `POST /sandbox/clock` `{shift}`: 204. The first records are put back, counted from the new time. 400 for a time
 *   outside the years 1950 to 2090, because the demo's people and plans cannot be counted from it.
 */
export const sandboxClock = (realNow: () => number, reset: () => Promise<void>): SandboxClock => {
  let shift = 0;
  const routes = new Hono()
    .use(ownSiteOnly, boundedBody)
    .get('/sandbox/clock', (context) => context.json({ shift }, 200, { 'Cache-Control': 'no-store' }))
    .post('/sandbox/clock', async (context) => {
      const body: unknown = await context.req.json().catch(() => undefined);
      const asked = (body as { shift?: unknown } | null | undefined)?.shift;
      if (typeof asked !== 'number' || !isUsable(realNow() + asked)) return context.body(null, 400);
      const before = shift;
      shift = asked;
      try {
        await reset();
      } catch (error) {
        shift = before;
        throw error;
      }
      return context.body(null, 204);
    });
  routes.onError((error) => {
    if (error instanceof Problem) return problemResponse(error);
    console.error(`Register fault: ${error.name}`);
    return problemResponse(new Problem(500, 'The clock was not set. Try again.'));
  });
  return { now: () => realNow() + shift, routes };
};

const isUsable = (at: number): boolean => at >= Date.UTC(1950) && at < Date.UTC(2090);
