/**
 * The tag's own worker file, after the demo's clock. Workers start with this when the toolbar has chosen another time.
 */
import './worker-date.js';
// @ts-expect-error: the built file, which is beside the pages and not among the sources
export * from '/cp-is-banner.worker.js';
