import { skippingFor, type Tests } from '../skipping.js';

/** Safari's engine and WebKitGTK's. Chromium's user agent names it too, but also names itself. */
const isWebkit = /AppleWebKit(?!.*Chrom)/.test(navigator.userAgent);

/** What a test may need, and why WebKit does not have it or cannot be told to do it. */
const untold = {
  'forced colours': 'WebKit has no forced colours',
  'more contrast': 'WebKit asks for more contrast when the system does, and its driver cannot say that it does',
  'reduced motion': 'WebKit’s driver cannot ask for less motion',
  paper: 'WebKit’s driver has no print view',
  'a font size': 'WebKit’s driver cannot set the reader’s font size',
  'a zoom': 'WebKit’s driver cannot set device pixels',
  'posted tasks': 'WebKit has no scheduler.postTask',
  'an undone database': 'WebKit always lists its databases, and lists one whose making was undone',
} as const;

type Need = keyof typeof untold;

/**
 * For tests that need what not every engine can be told to do. Where it cannot, they are skipped by name. The reason
 * ends the name, and the run counts skips by it (`skips-reporter.ts`).
 */
export const needing = (need: Need | undefined): Tests =>
  skippingFor(need !== undefined && isWebkit ? untold[need] : undefined);

/** WebKit has none, so tests that use forced colours in other engines leave them out in WebKit. */
export const hasForcedColours = !isWebkit;

/**
 * WebKitGTK’s letters are 1 to 2 % wider. A text that just fills its last line elsewhere needs one more there, of this
 * many pixels.
 */
export const moreForAnotherLine = isWebkit ? 21 : 0;

/** Firefox leaves the text on a button out of a selection. */
export const selectsButtons = !navigator.userAgent.includes('Firefox');

/** WebKitGTK accepts a chunked body that breaks off as a whole one. */
export const noticesBrokenBodies = !isWebkit;
