import { skippingFor, type Tests } from '../skipping.js';

/** Safari's engine and WebKitGTK's; Chromium names it too, and itself. */
const isWebkit = /AppleWebKit(?!.*Chrom)/.test(navigator.userAgent);

/** What a test may need, and why WebKit has not got it or cannot be told. */
const untold = {
  'forced colours': 'WebKit has no forced colours',
  'more contrast': 'WebKit asks for more contrast when the system does, and its driver cannot say that it does',
  'reduced motion': 'WebKit’s driver cannot ask for less motion',
  paper: 'WebKit’s driver has no print view',
  'a font size': 'WebKit’s driver cannot set the reader’s font size',
  'a zoom': 'WebKit’s driver cannot set device pixels',
  'posted tasks': 'WebKit has no scheduler.postTask',
} as const;

type Need = keyof typeof untold;

/**
 * Tests that need what not every engine can be told. Where it cannot, they are skipped by name; the reason ends the
 * name, and the run counts them by it (`skips-reporter.ts`).
 */
export const needing = (need: Need | undefined): Tests =>
  skippingFor(need !== undefined && isWebkit ? untold[need] : undefined);

/** WebKit has none: what is tried in every other engine's forced colours is not tried in its. */
export const hasForcedColours = !isWebkit;

/** WebKitGTK’s letters run 1 to 2 % wider: a text that fills its last line elsewhere has one more, of so many pixels. */
export const moreForAnotherLine = isWebkit ? 21 : 0;

/** Firefox leaves what stands on a button out of a selection. */
export const selectsButtons = !navigator.userAgent.includes('Firefox');

/** WebKitGTK takes a chunked body that breaks off for a whole one. */
export const noticesBrokenBodies = !isWebkit;
