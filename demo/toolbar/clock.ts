/**
 * The first script of every screen. When the toolbar has chosen another time, `Date` gives that time and keeps ticking.
 * It runs before the tag is loaded, so that neither the tag nor its worker ever sees another clock.
 */
import { setDateAhead } from './set-date.js';
import { clockWorker, rememberedShift } from './shift.js';

setDateAhead(rememberedShift());
/** The tag runs no file but its own, so this page starts workers with the clock, and the clock then loads that file. */
function beginWorkersWith(script: string): void {
  globalThis.Worker = class extends Worker {
    constructor(_: string | URL, options?: WorkerOptions) {
      super(script, options);
    }
  };
}

const script = clockWorker();
if (script !== undefined) beginWorkersWith(script);
