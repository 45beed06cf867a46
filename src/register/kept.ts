import type { Instant } from '../domain/calendar.js';

/** By register: the latest time of the register's own clock that this page has had, and when, on the page's. */
const latest = new Map<string, { readonly date: Instant; readonly elapsed: number }>();
/** Servers behind one address need not agree to the second. */
const tolerance = 60_000;

/**
 * Whether a response was kept somewhere on its way, and so is no answer of now: it says so (`Age`, RFC 9111 5.1; `Warning`
 * 110 or 111), or its `Date` is more than a minute behind the latest that came from there, plus the time that has passed
 * since. `elapsed`: milliseconds on a clock that nobody can put back.
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
