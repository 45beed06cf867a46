import { addressOf } from './address.js';
import { pageUrl } from './document.js';

/** The worker file's own name, perhaps with a bundler's suffix. */
const ownName = /\/cp-is-banner\.worker[\w.-]*\.js$/;

/**
 * The host's address for the worker file, if it may be used; otherwise none. A worker is given the user's token, and
 * markup in the page need not be the host's: only a file of that name on the page's origin is run.
 */
export function statedWorker(workerUrl: string): readonly string[] {
  const address = workerUrl === '' ? undefined : addressOf(workerUrl, pageUrl());
  if (address === undefined) return [];
  const { protocol, origin, pathname, href } = address;
  return /^https?:$/.test(protocol) && origin === self.origin && ownName.test(pathname) ? [href] : [];
}
