import type { Bell } from './bell.js';
import type { Database } from './database/database.js';
import type { Demographics } from './demographics.js';
import type { Retention } from './keeping.js';
import type { Windows } from './plans.js';

/** What the routes of one register share. */
export interface RegisterParts {
  database: Database;
  demographics: Demographics;
  bell: Bell;
  /** The register's clock: milliseconds since 1970. */
  now: () => number;
  windows: Windows;
  retention: Retention;
}
