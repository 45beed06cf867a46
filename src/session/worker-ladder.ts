import { expose, wrap } from 'comlink';

import { build, workerIntegrity } from '../contract/build.js';
import type { PageSide, RegisterService } from '../contract/register-service.js';
import { statedWorker } from './worker-url.js';

/** The register's side, and how to end it. */
export interface Loaded {
  readonly service: RegisterService;
  /** Where it runs, and from which file. */
  readonly rung: 'worker' | 'page';
  readonly file: string;
  readonly end: () => void;
}

/** What happens to workers after they start. */
export interface Fate {
  /** Files whose workers died before delivering any news: they are not tried again. */
  readonly spent: ReadonlySet<string>;
  /** Called when the worker fails, or sends what cannot be read. */
  readonly lost: () => void;
}

interface WorkerModule {
  readonly Checks: new (page: PageSide) => RegisterService;
}

/** The worker file's fixed name, beside the script. */
const besideTheScript = (): string => new URL(/* @vite-ignore */ './cp-is-banner.worker.js', import.meta.url).href;

/**
 * Loads the register's side on the first rung that works: a worker from `workerUrl`, a worker from the file beside the
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
  // A file that the page names runs only once proven; the one beside the script is from the script's own source.
  if (file !== besideTheScript()) await proof;
  const worker = new Worker(trusted(file) as string, { type: 'module', name: 'cp-is-banner' });
  const end = (): void => {
    worker.terminate();
  };
  try {
    // Destructured once: comlink makes a new proxy for each property read.
    const { ready, rehearse, ask, more, leave, adopt, forget } = wrap<RegisterService>(worker);
    const [itsBuild] = await Promise.race([Promise.all([ready(), proof]), failureOf(worker, startsWithin)]);
    sameBuild(itsBuild);
    for (const event of failures) worker.addEventListener(event, lost);
    // The worker asks the page for a token or a key over the same line, but only once its build is known.
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
 * Browsers check the integrity of scripts but not of workers: rejects when the file is not the one built with this
 * script. Where a policy forbids reading the file, the check of its build must do.
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
  // An element named `trustedTypes` is not the browser's.
  if (typeof trustedTypes?.createPolicy !== 'function') return file;
  policy ??= trustedTypes.createPolicy('cp-is-banner', { createScriptURL: (url) => url });
  return policy.createScriptURL(file);
}
