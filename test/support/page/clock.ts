import { install, type Clock } from '@sinonjs/fake-timers';

/** A worker has its own clock, which no test can set, so here the register's side runs in the page. */
globalThis.Worker = function () {
  throw new Error('no workers while the clock is turned');
} as unknown as typeof Worker;

let clock: Clock | undefined;

/** Stops `Date` at a moment. Everything else goes on. */
export function stopDateAt(moment: string): void {
  resume();
  clock = install({ now: Date.parse(moment), toFake: ['Date'] });
}

/**
 * Takes over `Date` and time-outs from a moment on. They still follow real time, so that the register can answer.
 * Intervals stay real.
 */
export function startClockAt(moment: string): Clock {
  resume();
  clock = install({
    now: Date.parse(moment),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
    shouldAdvanceTime: true,
    advanceTimeDelta: 10,
  });
  return clock;
}

/** Goes back to the computer's own time. */
export function resume(): void {
  clock?.uninstall();
  clock = undefined;
}
