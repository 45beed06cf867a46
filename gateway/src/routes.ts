import { responseOf } from './faults.js';
import type { Access, Options } from './options.js';
import { createReads } from './reads.js';

/**
 * The register's routes alone, for a server that has already signed its user in. Mount it at `${basePath}/FHIR/R4`, and
 * give the tag that address as `base-url`. Throws when an option is wrong. The handler itself never rejects, and
 * answers 200 only with the register's own 200.
 */
export function registerRoutes<A extends Access>(options: Options<A>): (request: Request) => Promise<Response> {
  const { answer } = createReads(options);
  return async (request) => responseOf(await answer(request));
}
