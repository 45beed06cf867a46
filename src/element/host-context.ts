import type { HostContext } from '../domain/patient-open.js';

/** A property as text: hosts set `null`, `undefined` and numbers too. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Seconds from an attribute or property, within bounds; anything that is no number is the default. */
export function secondsOf(value: unknown, usual: number, least: number, most: number): number {
  const text = textOf(value);
  const seconds = text === '' ? NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= least ? Math.min(seconds, most) : usual;
}

let resolved: { readonly baseUrl: string; readonly documentUrl: string; readonly url: string | undefined } | undefined;

/** The host's register address, resolved once for as long as it stays the same: it is asked for at every change. */
function baseUrlOf(baseUrl: string, documentUrl: string): string | undefined {
  if (resolved?.baseUrl !== baseUrl || resolved.documentUrl !== documentUrl)
    resolved = { baseUrl, documentUrl, url: resolveBaseUrl(baseUrl, documentUrl) };
  return resolved.url;
}

/** The host's register address as an absolute URL without a trailing slash; `undefined` when it cannot be used. */
export function resolveBaseUrl(baseUrl: string, documentUrl: string): string | undefined {
  // A bare "?" or "#" is in no part of the address, and yet what is put behind it is no path.
  if (baseUrl === '' || /[?#]/.test(baseUrl) || !URL.canParse(baseUrl, documentUrl)) return undefined;
  const url = new URL(baseUrl, documentUrl);
  const plain = url.username === '' && url.password === '';
  return plain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
}

/** The properties of the tag that say who is open, where, and what to ask. */
export type ContextProperties = Record<
  'nhsNumber' | 'nhsNumberStatus' | 'encounter' | 'careSetting' | 'attendance' | 'baseUrl' | 'registerApi' | 'user',
  unknown
>;

export const contextProperties: ReadonlySet<PropertyKey> = new Set<keyof ContextProperties>([
  'nhsNumber',
  'nhsNumberStatus',
  'encounter',
  'careSetting',
  'attendance',
  'baseUrl',
  'registerApi',
  'user',
]);

export const contextOf = (host: ContextProperties, documentUrl: string): HostContext => ({
  nhsNumber: textOf(host.nhsNumber),
  nhsNumberStatus: textOf(host.nhsNumberStatus),
  encounter: textOf(host.encounter),
  careSetting: textOf(host.careSetting),
  attendance: textOf(host.attendance),
  baseUrl: baseUrlOf(textOf(host.baseUrl), documentUrl),
  registerApi: textOf(host.registerApi),
  user: textOf(host.user),
});
