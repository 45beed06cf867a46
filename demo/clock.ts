/**
 * The first script of every screen: when the toolbar has chosen another time, `Date` tells it and keeps ticking. It runs
 * before the tag is loaded, so that the tag has never seen another clock, in the page or in its worker.
 */
import { setDateAhead } from './toolbar/set-date.js';
import { rememberedShift, workerUrl } from './toolbar/shift.js';

setDateAhead(rememberedShift());
const url = workerUrl();
if (url !== undefined) for (const tag of document.querySelectorAll('cp-is-banner')) tag.setAttribute('worker-url', url);
