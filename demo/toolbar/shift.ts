/** How far the demo's clock is ahead of the real one, in milliseconds: the tab remembers it, the sandbox decides it. */
const KEY = 'demo-clock-shift';

/** 0 when nothing is remembered, or the browser keeps nothing for this page. */
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

/** The worker script that goes with the clock: a worker has a `Date` of its own. None by the real clock. */
export const clockWorker = (): string | undefined =>
  rememberedShift() === 0 ? undefined : `/clock-worker.js?shift=${rememberedShift()}`;
