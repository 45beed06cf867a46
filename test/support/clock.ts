import { install, type Clock } from '@sinonjs/fake-timers';

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
