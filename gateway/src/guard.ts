import { Fault } from './faults.js';
import type { Heads } from './heads.js';

const fetchMetadata = (headers: Heads): readonly [site: string, mode: string, destination: string] => {
  const [site, mode, destination] = ['Site', 'Mode', 'Dest'].map((name) => headers.get(`Sec-Fetch-${name}`));
  if (site == null || mode == null || destination == null) throw new Fault('HEADER_MISSING');
  return [site, mode, destination];
};

/** `publicUrl` is an origin, so nothing follows its host. */
const hostOf = (publicUrl: string): string => publicUrl.slice(publicUrl.indexOf('://') + 3);

/**
 * Lets through only what the page's own script asked for. A GET can alert an authority, so an image, a form, a frame, a
 * prefetch or a typed address must not make one. Throws a Fault. Over plain http there is no `Sec-Fetch-*`.
 */
export function guard(headers: Heads, publicUrl: string): void {
  const [site, mode, destination] = fetchMetadata(headers);
  const ours = site === 'same-origin' && (mode === 'cors' || mode === 'same-origin') && destination === 'empty';
  const origin = headers.get('Origin');
  if (!ours || headers.get('Host') !== hostOf(publicUrl) || (origin !== null && origin !== publicUrl))
    throw new Fault('OTHER_SITE');
}

/** The same for a POST. Every browser names the origin of a POST. */
export function fromOurOrigin(headers: Heads, publicUrl: string): void {
  guard(headers, publicUrl);
  if (headers.get('Origin') !== publicUrl) throw new Fault('OTHER_SITE');
}

/** Allows navigation to a page, from anywhere, but never a frame, an image or a script's request. */
export function fromAnywhere(headers: Heads, publicUrl: string): void {
  const [, mode, destination] = fetchMetadata(headers);
  const gone = mode === 'navigate' && destination === 'document';
  if (!gone || headers.get('Host') !== hostOf(publicUrl)) throw new Fault('OTHER_SITE');
}
