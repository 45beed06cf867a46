import { setDateAhead } from './set-date.js';

/** Only in the worker: a page that imports the worker's file itself has a clock already, and no shift in its address. */
setDateAhead(Number(new URLSearchParams(globalThis.location.search).get('shift') ?? 0));
