import { expose } from 'comlink';

import type { RegisterService, WorkerSide } from '../contract/register-service.js';
import { createRegisterService } from './register-service.js';

export { createRegisterService };

/** As a worker: the page connects first. Imported into a page, where no worker may run, this file only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope) {
  let service: RegisterService | undefined;
  const side: WorkerSide = {
    connect(tell, token) {
      service = createRegisterService({ tell, token });
      return true;
    },
    ask: (asker, question, hasToken) => service?.ask(asker, question, hasToken),
    leave: (asker) => service?.leave(asker),
    forget: () => service?.forget(),
  };
  expose(side);
}
