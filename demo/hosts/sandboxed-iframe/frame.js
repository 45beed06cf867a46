// @ts-check
/** The framed page. It listens only to its parent, at one origin, and never tells the parent who the patient is. */
/** @import {} from 'cp-is-banner/define.js' */
import { eprOrigin } from './origins.js';

/** @typedef {{ nhsNumber: string, encounter: string, careSetting: string, baseUrl: string }} Context */
/** @typedef {{ open: Context } | 'close' | 'sign-out' | 'sign-in'} Said */

const banner = /** @type {import('cp-is-banner').CpIsBanner} */ (document.querySelector('cp-is-banner'));
banner.nhsNumberStatus = 'verified';
banner.accessToken = async () => 'demo-ed-nurse';
const signIn = () => {
  banner.user = 'demo-ed-nurse';
};
signIn();

window.addEventListener('message', ({ source, origin, data }) => {
  if (source !== window.parent || origin !== eprOrigin) return;
  const said = /** @type {Said} */ (data);
  if (said === 'sign-in') return signIn();
  if (said === 'close') return banner.clear();
  if (said === 'sign-out') {
    banner.clear();
    banner.user = undefined;
    /** @type {typeof import('cp-is-banner').CpIsBanner} */ (banner.constructor).signOut();
    return;
  }
  banner.nhsNumber = said.open.nhsNumber;
  banner.encounter = said.open.encounter;
  banner.careSetting = said.open.careSetting;
  banner.baseUrl = said.open.baseUrl;
});

banner.addEventListener('cp-is-change', ({ status, reason }) => {
  window.parent.postMessage([status, reason].join(' ').trim(), eprOrigin);
});
