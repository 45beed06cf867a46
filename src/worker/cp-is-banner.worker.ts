import { expose, wrap } from 'comlink';

import type { PageSide } from '../contract/register-service.js';
import { Checks } from './checks.js';

export { Checks };

/** In a worker, serves the page that started it. Imported into a page where no worker may run, only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope)
  expose(new Checks(wrap<PageSide>(self)), self);
