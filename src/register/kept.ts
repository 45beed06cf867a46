import type { Instant } from '../domain/calendar.js';

/** For each register, the latest time that its clock has given this page, and when that was by this page's own. */
const latest = new Map<string, { readonly date: Instant; readonly elapsed: number }>();
/** In milliseconds: servers behind one address need not agree to the second. */
const tolerance = 60_000;

/**
 * Whether a response was cached on its way, and so may be old: it says so (`Age`, RFC 9111 5.1; `Warning` 110 or 111),
 * or its `Date` is more than a minute behind the latest from that register plus the time since. `elapsed`: milliseconds
 * on a clock that cannot be put back.
 */
export function isKept(url: string, headers: Headers, date: Instant | undefined, elapsed: number): boolean {
  const [path = ''] = url.split('?');
  const register = path.slice(0, path.lastIndexOf('/'));
  const before = latest.get(register);
  const expected = before === undefined ? undefined : before.date + elapsed - before.elapsed;
  if (date !== undefined && !(expected !== undefined && date < expected)) latest.set(register, { date, elapsed });
  const ages = (headers.get('Age') ?? '').split(',').map(Number);
  return (
    ages.some((age) => age > 0) ||
    /(?:^|,)\s*11[01]\b/.test(headers.get('Warning') ?? '') ||
    (date !== undefined && expected !== undefined && date < expected - tolerance)
  );
}
