import { expose, wrap } from 'comlink';

import { build, workerIntegrity } from '../contract/build.js';
import type { PageSide, RegisterService } from '../contract/register-service.js';
import { statedWorker } from './worker-url.js';

/** The register's side, and how to end it. */
export interface Loaded {
  readonly service: RegisterService;
  /** Where it runs, and by which file. */
  readonly rung: 'worker' | 'page';
  readonly file: string;
  readonly end: () => void;
}

/** What befalls a worker after it has started. */
export interface Fate {
  /** Files whose workers have died before they were of any use: they are not tried again. */
  readonly spent: ReadonlySet<string>;
  /** The worker has failed, or says what nobody can read. */
  readonly lost: () => void;
}

interface WorkerModule {
  readonly Checks: new (page: PageSide) => RegisterService;
}

/** The worker file's fixed name, beside the script. */
const besideTheScript = (): string => new URL(/* @vite-ignore */ './cp-is-banner.worker.js', import.meta.url).href;

/**
 * The register's side on the highest rung that bears: a worker from `workerUrl`, a worker from the file beside the
 * script, the same file imported into the page. `startsWithin`: milliseconds a worker has to answer, since under some
 * policies its constructor does not throw, its error comes late, and a call to it would wait for ever.
 */
export async function loadRegister(
  workerUrl: string,
  page: PageSide,
  { spent, lost }: Fate,
  startsWithin = 1000,
): Promise<Loaded> {
  const files = [...new Set([...statedWorker(workerUrl), besideTheScript()])];
  const rungs = [
    ...files.filter((file) => !spent.has(file)).map((file) => () => startWorker(file, page, lost, startsWithin)),
    ...files.map((file) => () => startInPage(file, page)),
  ];
  let failure: unknown;
  for (const rung of rungs)
    try {
      return await rung();
    } catch (error) {
      failure = error;
    }
  throw failure;
}

async function startInPage(file: string, page: PageSide): Promise<Loaded> {
  await proven(file);
  const { Checks } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ file)) as WorkerModule;
  const service = new Checks(page);
  sameBuild(await service.ready());
  return {
    service,
    rung: 'page',
    file,
    end: () => {
      void service.forget(false);
    },
  };
}

async function startWorker(file: string, page: PageSide, lost: () => void, startsWithin: number): Promise<Loaded> {
  const proof = proven(file);
  proof.catch(() => undefined);
  // What the page names is not run before; what stands beside the script comes from where the script does.
  if (file !== besideTheScript()) await proof;
  const worker = new Worker(trusted(file) as string, { type: 'module', name: 'cp-is-banner' });
  const end = (): void => {
    worker.terminate();
  };
  try {
    // Taken apart once: comlink makes a proxy of each name that is read.
    const { ready, rehearse, ask, more, leave, adopt, forget } = wrap<RegisterService>(worker);
    const [itsBuild] = await Promise.race([Promise.all([ready(), proof]), failureOf(worker, startsWithin)]);
    sameBuild(itsBuild);
    for (const event of failures) worker.addEventListener(event, lost);
    // The worker asks the page over the same line, for a token or a key; not before it has shown what it is.
    expose(page, worker);
    return { service: { ready, rehearse, ask, more, leave, adopt, forget }, rung: 'worker', file, end };
  } catch (error) {
    end();
    throw error;
  }
}

const failures = ['error', 'messageerror'];

const failureOf = (worker: Worker, startsWithin: number): Promise<never> =>
  new Promise((_, reject) => {
    const fail = (): void => {
      reject(new Error('the worker did not start'));
    };
    for (const event of failures) worker.addEventListener(event, fail, { once: true });
    setTimeout(fail, startsWithin);
  });

function sameBuild(other: unknown): void {
  if (other !== build) throw new Error('another build');
}

/**
 * Browsers check the integrity of scripts, and of no worker: rejects when the file is not the one that was built with
 * this script. Where a policy lets nobody look, its build must do.
 */
async function proven(file: string): Promise<void> {
  if (workerIntegrity === '' || new URL(file).origin !== origin) return;
  try {
    await fetch(file, { integrity: workerIntegrity });
  } catch {
    const isReadable = await fetch(file).then(
      () => true,
      () => false,
    );
    if (isReadable) throw new Error('another file');
  }
}

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
  // An element of that name is no such thing.
  if (typeof trustedTypes?.createPolicy !== 'function') return file;
  policy ??= trustedTypes.createPolicy('cp-is-banner', { createScriptURL: (url) => url });
  return policy.createScriptURL(file);
}
