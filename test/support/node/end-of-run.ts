import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { constants } from 'node:os';

import type { Reporter } from '@web/test-runner';

/**
 * Makes every run end by itself, whether it passes or fails, and leave no process behind. A process that loads this
 * file ends its child processes when it ends, however it ends. If something keeps the run alive long after the last
 * test, that is named and ended.
 */
const started = new Set<ChildProcess>();

subscribe('child_process', (message) => {
  const child = (message as { process: ChildProcess }).process;
  started.add(child);
  child.once('exit', () => started.delete(child));
});

/** Kills a process, and with it everything that it started, if it leads a group. */
function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const target of [-pid, pid])
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It leads no group, or is already gone.
    }
}

process.once('exit', () => started.forEach(kill));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]));

/** What every run has open: its own output, and this file's timer. */
const everyRuns = ['PipeWrap', 'TTYWrap', 'Timeout'];

/**
 * Ends the run after this many seconds, if it has not ended by itself. The timer itself does not keep the run alive.
 */
function endSoon(seconds: number, code?: number): void {
  setTimeout(() => {
    const processes = [...started].map(({ spawnfile, pid }) => `${spawnfile} (${pid})`);
    const open = process.getActiveResourcesInfo().filter((resource) => !everyRuns.includes(resource));
    console.error(`Ended ${seconds} s after the last test: still open were ${[...processes, ...open].join(', ')}`);
    process.exit(code);
  }, seconds * 1000).unref();
}

/** Mocha calls this after the last test, and ends with its own exit code. */
export const mochaGlobalTeardown = (): void => endSoon(10);

/** For the browsers' test runner, unless it watches. */
export function endOfRunReporter(): Reporter {
  let watches = false;
  return {
    start: ({ config }) => void (watches = config.watch),
    onTestRunFinished: ({ sessions }) => {
      if (!watches) endSoon(30, sessions.every(({ passed }) => passed) ? 0 : 1);
    },
  };
}
