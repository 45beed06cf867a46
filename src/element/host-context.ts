import type { HostContext } from '../domain/patient-open.js';
import { addressOf } from '../session/address.js';

/** A property as text: hosts set `null`, `undefined` and numbers too. */
export const textOf = (value: unknown): string => (isText(value) ? String(value).trim() : '');

const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Stands for a value that is not text. It is neither empty nor an NHS number. */
const notText = '\ufffd';

/** Like `textOf`, except that only an absent or empty value counts as empty. */
const saidBy = (value: unknown): string =>
  value === undefined || value === null || isText(value) ? textOf(value) : notText;

/** Seconds from an attribute or property, within bounds; anything that is not a number is the default. */
function secondsOf(value: unknown, usual: number, least: number, most: number): number {
  const text = textOf(value);
  const seconds = text === '' ? NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= least ? Math.min(seconds, most) : usual;
}

/** Seconds for the whole check. */
export const timeoutOf = ({ timeout }: { readonly timeout: unknown }): number => secondsOf(timeout, 10, 0.001, 3600);

/** How long an answer serves the same open, in seconds. */
export const freshForOf = ({ freshFor }: { readonly freshFor: unknown }): number => secondsOf(freshFor, 300, 0, 3600);

let resolved: { readonly baseUrl: string; readonly documentUrl: string; readonly url: string | undefined } | undefined;

/** The host's register address, resolved again only when it changes: every change on the tag asks for it. */
function baseUrlOf(baseUrl: string, documentUrl: string): string | undefined {
  if (resolved?.baseUrl !== baseUrl || resolved.documentUrl !== documentUrl)
    resolved = { baseUrl, documentUrl, url: resolveBaseUrl(baseUrl, documentUrl) };
  return resolved.url;
}

/** The host's register address as an absolute URL without a trailing slash; `undefined` when it cannot be used. */
export function resolveBaseUrl(baseUrl: string, documentUrl: string): string | undefined {
  // A bare "?" or "#" is in no part of the parsed address, yet nothing added after it would be a path.
  const url = baseUrl === '' || /[?#]/.test(baseUrl) ? undefined : addressOf(baseUrl, documentUrl);
  if (url === undefined) return undefined;
  const plain = url.username === '' && url.password === '';
  if (!plain || !/^https?:$/.test(url.protocol)) return undefined;
  let { href } = url;
  while (href.endsWith('/')) href = href.slice(0, -1);
  return href;
}

/** The properties of the tag that say who is open, where, and what to ask. */
export type ContextProperties = Record<
  | 'nhsNumber'
  | 'nhsNumberStatus'
  | 'encounter'
  | 'careSetting'
  | 'attendance'
  | 'noAttendance'
  | 'baseUrl'
  | 'registerApi'
  | 'user',
  unknown
>;

export const contextProperties: ReadonlySet<PropertyKey> = new Set<keyof ContextProperties>([
  'nhsNumber',
  'nhsNumberStatus',
  'encounter',
  'careSetting',
  'attendance',
  'noAttendance',
  'baseUrl',
  'registerApi',
  'user',
]);

/** What is read from the tag besides its properties. */
interface Host extends ContextProperties {
  hasAttribute(name: string): boolean;
}

export function contextOf(host: Host, documentUrl: string): HostContext {
  const context = {
    nhsNumber: saidBy(host.nhsNumber),
    nhsNumberStatus: saidBy(host.nhsNumberStatus),
    encounter: saidBy(host.encounter),
    careSetting: saidBy(host.careSetting),
    attendance: saidBy(host.attendance),
    registerApi: saidBy(host.registerApi),
    user: saidBy(host.user),
  };
  const baseUrl = saidBy(host.baseUrl);
  const odd = Object.entries({ ...context, baseUrl }).flatMap(([name, said]) => (said === notText ? [name] : []));
  // HTML has no capitals: nhsNumber="…" in a page is an attribute of another name, which nothing reads.
  const misspelt = context.nhsNumber === '' && host.hasAttribute('nhsnumber') ? ['nhsnumber'] : [];
  return {
    ...context,
    baseUrl: baseUrlOf(baseUrl, documentUrl),
    ...(host.noAttendance === true && { noAttendance: true }),
    ...(odd.length > 0 && { notText: odd }),
    ...(misspelt.length > 0 && { misspelt }),
  };
}
