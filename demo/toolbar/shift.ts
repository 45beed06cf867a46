/**
 * How far the demo's clock is ahead of the real one, in milliseconds. The sandbox decides it, and the tab remembers it.
 */
const KEY = 'demo-clock-shift';

/** 0 when nothing is remembered, or when the browser stores nothing for this page. */
export const rememberedShift = (): number => {
  try {
    const shift = Number(sessionStorage.getItem(KEY));
    return Number.isFinite(shift) ? shift : 0;
  } catch {
    return 0;
  }
};

/** @returns whether it will be there after a reload */
export const rememberShift = (shift: number): boolean => {
  try {
    sessionStorage.setItem(KEY, String(shift));
  } catch {
    return false;
  }
  return rememberedShift() === shift;
};

/** The worker script that has this clock, because a worker has its own `Date`. None when the clock is the real one. */
export const clockWorker = (): string | undefined =>
  rememberedShift() === 0 ? undefined : `/clock-worker.js?shift=${rememberedShift()}`;
