/** The tag's own worker file behind the demo's clock: what workers begin with while the toolbar's time is another. */
import './worker-date.js';
// @ts-expect-error: the built file, which stands beside the pages and not among the sources
export * from '/cp-is-banner.worker.js';
