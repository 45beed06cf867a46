import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { constants } from 'node:os';

import type { Reporter } from '@web/test-runner';

/**
 * A run ends by itself, pass or fail, and leaves no process behind: whatever loads this file ends its child processes
 * when it ends, however it ends, and what would keep it long after the last test is named and ended.
 */
const started = new Set<ChildProcess>();

subscribe('child_process', (message) => {
  const child = (message as { process: ChildProcess }).process;
  started.add(child);
  child.once('exit', () => started.delete(child));
});

/** With all that it started itself, where it leads a group of its own. */
function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const target of [-pid, pid])
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It leads no group, or is gone.
    }
}

process.once('exit', () => started.forEach(kill));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]));

/** What every run has open: its own output, and the clock of this file. */
const everyRuns = ['PipeWrap', 'TTYWrap', 'Timeout'];

/** For the last thing that a run does, which has so many seconds left. It does not itself keep the run. */
function endSoon(seconds: number, code?: number): void {
  setTimeout(() => {
    const processes = [...started].map(({ spawnfile, pid }) => `${spawnfile} (${pid})`);
    const open = process.getActiveResourcesInfo().filter((resource) => !everyRuns.includes(resource));
    console.error(`Ended ${seconds} s after the last test: still open were ${[...processes, ...open].join(', ')}`);
    process.exit(code);
  }, seconds * 1000).unref();
}

/** Mocha calls it after the last test. The code it ends with is its own. */
export const mochaGlobalTeardown = (): void => endSoon(10);

/** The test runner of the browsers, when it does not watch. */
export function endOfRunReporter(): Reporter {
  let watches = false;
  return {
    start: ({ config }) => void (watches = config.watch),
    onTestRunFinished: ({ sessions }) => {
      if (!watches) endSoon(30, sessions.every(({ passed }) => passed) ? 0 : 1);
    },
  };
}
