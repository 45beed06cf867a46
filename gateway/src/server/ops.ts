import { Hono } from 'hono';

import type { Gateway } from '../gateway/gateway.js';
import type { Metrics } from './metrics.js';

/** Health and metrics, for a port that the public cannot reach. */
export const operations = ({ notReady }: Pick<Gateway, 'notReady'>, { registry }: Metrics): Hono =>
  new Hono()
    .get('/health/live', (context) => context.json({ live: true }))
    .get('/health/ready', async (context) => {
      // Does not ask whether the register answers: the tag must see the register's outage as just that.
      const waitsFor = await notReady();
      return context.json({ ready: waitsFor.length === 0, waitsFor }, waitsFor.length === 0 ? 200 : 503);
    })
    .get('/metrics', async (context) =>
      context.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
    );
