import { install, type Clock } from '@sinonjs/fake-timers';

/** A worker has a clock of its own, which no test can turn: here the register's side runs in the page. */
globalThis.Worker = function () {
  throw new Error('no workers while the clock is turned');
} as unknown as typeof Worker;

let clock: Clock | undefined;

/** Stops `Date` at a moment; everything else goes on. */
export function stopDateAt(moment: string): void {
  resume();
  clock = install({ now: Date.parse(moment), toFake: ['Date'] });
}

/**
 * Takes over `Date` and time-outs from a moment on; they still go with real time, so that the register can answer.
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

/** The computer's own time again. */
export function resume(): void {
  clock?.uninstall();
  clock = undefined;
}
