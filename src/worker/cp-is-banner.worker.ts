import type { ToPage, ToWorker } from '../contract/register-service.js';
import { createRegisterService } from './register-service.js';

export { createRegisterService };

/** As a worker it says when it is ready. Imported into a page, where no worker may run, this file only exports. */
if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope) {
  const say = (...message: ToPage): void => {
    postMessage(message);
  };
  const awaited = new Map<number, (value: never) => void>();
  let calls = 0;
  const needs =
    (what: 'token' | 'storageKey') =>
    <T>(asker: string): Promise<T> =>
      new Promise((resolve) => {
        awaited.set(++calls, resolve);
        say(what, asker, calls);
      });
  const service = createRegisterService({
    tell: (asker, news) => {
      say('tell', asker, news);
    },
    token: needs('token'),
    storageKey: needs('storageKey'),
  });

  addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    if (data[0] === 'given') {
      awaited.get(data[1])?.(data[2] as never);
      awaited.delete(data[1]);
    } else {
      const [name, ...words] = data;
      (service[name] as (...words: readonly unknown[]) => void)(...words);
    }
  });
  say('ready');
}
