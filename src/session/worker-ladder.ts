import { expose, wrap } from 'comlink';

import type { PageSide, RegisterService } from '../contract/register-service.js';

/** The register's side, and how to end it. */
export interface Loaded {
  readonly service: RegisterService;
  /** Where it runs. */
  readonly rung: 'worker' | 'page';
  readonly end: () => void;
}

interface WorkerModule {
  readonly createRegisterService: (page: PageSide) => RegisterService;
}

/** The worker file's fixed name, beside the script. */
const besideTheScript = (): string => new URL(/* @vite-ignore */ './cp-is-banner.worker.js', import.meta.url).href;

/** The host's own address for the worker file, when it is one. */
const stated = (workerUrl: string): readonly string[] =>
  workerUrl !== '' && URL.canParse(workerUrl, document.baseURI) ? [new URL(workerUrl, document.baseURI).href] : [];

/**
 * The register's side on the highest rung that bears: a worker from `workerUrl`, a worker from the file beside the
 * script, the same file imported into the page. `patience`: milliseconds a worker has to answer, since under some
 * policies its constructor does not throw, its error comes late, and a call to it would wait for ever.
 */
export async function loadRegister(workerUrl: string, page: PageSide, patience = 1000): Promise<Loaded> {
  const files = [...stated(workerUrl), besideTheScript()];
  for (const file of files) {
    const worker = await startWorker(file, page, patience).catch(() => undefined);
    if (worker !== undefined) return worker;
  }
  let failure: unknown;
  for (const file of files) {
    try {
      const { createRegisterService } = (await import(
        /* @vite-ignore */ /* webpackIgnore: true */ file
      )) as WorkerModule;
      const service = createRegisterService(page);
      return {
        service,
        rung: 'page',
        end: () => {
          void service.forget(false);
        },
      };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function startWorker(file: string, page: PageSide, patience: number): Promise<Loaded> {
  const worker = new Worker(trusted(file) as string, { type: 'module', name: 'cp-is-banner' });
  const end = (): void => {
    worker.terminate();
  };
  // The worker asks the page over the same line, for a token or a key.
  expose(page, worker);
  // Taken apart once: comlink makes a proxy of each name that is read.
  const { ready, rehearse, ask, more, leave, adopt, forget } = wrap<RegisterService>(worker);
  const service: RegisterService = { ready, rehearse, ask, more, leave, adopt, forget };
  try {
    await Promise.race([service.ready(), failureOf(worker, patience)]);
    return { service, rung: 'worker', end };
  } catch (error) {
    end();
    throw error;
  }
}

const failureOf = (worker: Worker, patience: number): Promise<never> =>
  new Promise((_, reject) => {
    const fail = (): void => {
      reject(new Error('the worker did not start'));
    };
    worker.addEventListener('error', fail, { once: true });
    setTimeout(fail, patience);
  });

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The worker's address under the one Trusted Types policy, `cp-is-banner`, where the page demands one. */
function trusted(file: string): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return file;
  policy ??= trustedTypes.createPolicy('cp-is-banner', { createScriptURL: (url) => url });
  return policy.createScriptURL(file);
}
