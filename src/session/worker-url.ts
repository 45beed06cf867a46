import { addressOf } from './address.js';
import { pageUrl } from './document.js';

/** The worker file under its own name, or with what a bundler puts behind it. */
const ownName = /\/cp-is-banner\.worker[\w.-]*\.js$/;

/**
 * The host's own address for the worker file, when it is one; none otherwise. A worker is given the user's token, and
 * what is written into a page need not be the host's: nothing but a file of that name on the page's origin is run.
 */
export function statedWorker(workerUrl: string): readonly string[] {
  const address = workerUrl === '' ? undefined : addressOf(workerUrl, pageUrl());
  if (address === undefined) return [];
  const { protocol, origin, pathname, href } = address;
  return /^https?:$/.test(protocol) && origin === self.origin && ownName.test(pathname) ? [href] : [];
}
