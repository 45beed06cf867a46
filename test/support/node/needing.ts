import { skippingFor, type Tests } from '../skipping.js';
import { engine, type Engine } from './engine.js';

/** What a journey may need, the engine without it, and why. */
const missing = {
  'a script before the page’s own': ['webkit', 'WebKit’s driver runs no script before the page’s own'],
  'another window': ['webkit', 'WebKit’s driver gives each tab a browser, and so a user, of its own'],
  requests: ['webkit', 'WebKit’s driver knows no requests'],
  frames: ['webkit', 'WebKit’s client here goes into no frames'],
  'objects as they are': ['webkit', 'WebKit’s driver speaks through the page’s own objects'],
  console: ['webkit', 'WebKit’s driver hears no console'],
} as const satisfies Record<string, readonly [Engine, string]>;

type Need = keyof typeof missing;

/**
 * For journeys that need what not every engine's driver can do. Where it cannot, they are skipped by name. The reason
 * ends the name, and the run counts skips by it (`engines/totals-reporter.ts`).
 */
export function needing(need: Need | undefined): Tests {
  if (need === undefined) return skippingFor(undefined);
  const [where, reason] = missing[need];
  return skippingFor(engine === where ? reason : undefined);
}
