import { setDateAhead } from './set-date.js';

/**
 * Only in the worker. A page that imports the worker's file itself already has a clock, and no shift in its address.
 */
setDateAhead(Number(new URLSearchParams(globalThis.location.search).get('shift') ?? 0));
