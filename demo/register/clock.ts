import { Hono } from 'hono';

export interface SandboxClock {
  /** Milliseconds since 1970, by the clock that everything in the sandbox goes by. */
  now: () => number;
  routes: Hono;
}

/**
 * SANDBOX ONLY: one clock for the register and for every page that asks it, so that a talk or a test can be on a Sunday
 * evening. Without it a page would find the register's clock wrong, and say so.
 * - `GET /sandbox/clock` how far the clock is ahead of the real one, in milliseconds: `{shift}`
 * - `POST /sandbox/clock` `{shift}`: 204. The first records are put back, counted from the new time.
 */
export const sandboxClock = (realNow: () => number, reset: () => Promise<void>): SandboxClock => {
  let shift = 0;
  const routes = new Hono()
    .get('/sandbox/clock', (context) => context.json({ shift }, 200, { 'Cache-Control': 'no-store' }))
    .post('/sandbox/clock', async (context) => {
      const body: unknown = await context.req.json().catch(() => undefined);
      const asked = (body as { shift?: unknown } | null | undefined)?.shift;
      if (typeof asked !== 'number' || Number.isNaN(new Date(realNow() + asked).getTime()))
        return context.body(null, 400);
      shift = asked;
      await reset();
      return context.body(null, 204);
    });
  return { now: () => realNow() + shift, routes };
};
