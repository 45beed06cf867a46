import { expose, wrap } from 'comlink';

import type { PageSide } from '../contract/register-service.js';
import { createRegisterService } from './register-service.js';

export { createRegisterService };

/** As a worker it serves the page that started it. Imported into a page, where no worker may run, it only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope)
  expose(createRegisterService(wrap<PageSide>(self)), self);
