import { expose } from 'comlink';

import type { RegisterService, WorkerSide } from '../contract/register-service.js';
import { createRegisterService } from './register-service.js';

export { createRegisterService };

/** As a worker: the page connects first. Imported into a page, where no worker may run, this file only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope) {
  let service: RegisterService | undefined;
  const side: WorkerSide = {
    connect(tell, token, storageKey) {
      service = createRegisterService({ tell, token, storageKey });
      return true;
    },
    ask: (asker, question, gives) => service?.ask(asker, question, gives),
    leave: (asker) => service?.leave(asker),
    adopt: (traceId, open) => service?.adopt(traceId, open),
    forget: (stored) => service?.forget(stored),
  };
  expose(side);
}
