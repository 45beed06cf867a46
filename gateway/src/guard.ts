import { Fault } from './faults.js';

/**
 * Lets through what the page's own script asked, and nothing else: a GET can alert an authority, so an image, a form, a
 * frame, a prefetch or a typed address must not make one. Throws a Fault. Plain http sends no `Sec-Fetch-*`.
 */
export function guard(headers: Headers, publicUrl: string): void {
  const [site, mode, destination] = ['Site', 'Mode', 'Dest'].map((name) => headers.get(`Sec-Fetch-${name}`));
  if (site === null || mode === null || destination === null) throw new Fault('HEADER_MISSING');
  const ours = site === 'same-origin' && (mode === 'cors' || mode === 'same-origin') && destination === 'empty';
  const { host, origin: page } = new URL(publicUrl);
  const origin = headers.get('Origin');
  if (!ours || headers.get('Host') !== host || (origin !== null && origin !== page)) throw new Fault('OTHER_SITE');
}
