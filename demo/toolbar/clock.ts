/**
 * The first script of every screen: when the toolbar has chosen another time, `Date` tells it and keeps ticking. It runs
 * before the tag is loaded, so that the tag has never seen another clock, in the page or in its worker.
 */
import { setDateAhead } from './set-date.js';
import { clockWorker, rememberedShift } from './shift.js';

setDateAhead(rememberedShift());
/** The tag runs no file but its own: this page's own workers begin with the clock, and go on with that file. */
function beginWorkersWith(script: string): void {
  globalThis.Worker = class extends Worker {
    constructor(_: string | URL, options?: WorkerOptions) {
      super(script, options);
    }
  };
}

const script = clockWorker();
if (script !== undefined) beginWorkersWith(script);
