import type { ToPage, ToWorker } from '../contract/register-service.js';
import { createRegisterService } from './register-service.js';

export { createRegisterService };

/** As a worker it says when it is ready. Imported into a page, where no worker may run, this file only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope) {
  const say = (message: ToPage): void => {
    postMessage(message);
  };
  const awaited = new Map<number, (value: never) => void>();
  let calls = 0;
  const needs =
    (what: 'token' | 'storageKey') =>
    <T>(asker: string): Promise<T> =>
      new Promise((resolve) => {
        awaited.set(++calls, resolve);
        say({ say: what, asker, call: calls });
      });
  const service = createRegisterService({
    tell: (asker, news) => {
      say({ say: 'tell', asker, news });
    },
    token: needs('token'),
    storageKey: needs('storageKey'),
  });

  addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    switch (data.say) {
      case 'ask':
        service.ask(data.asker, data.question, data.gives);
        return;
      case 'leave':
        service.leave(data.asker);
        return;
      case 'adopt':
        service.adopt(data.traceId, data.open);
        return;
      case 'forget':
        service.forget(data.stored);
        return;
      case 'given':
        awaited.get(data.call)?.(data.value as never);
        awaited.delete(data.call);
    }
  });
  say({ say: 'ready' });
}
