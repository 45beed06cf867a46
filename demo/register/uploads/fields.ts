// The fields of an upload. Messages name the field and what it should be, never what was sent.

import * as v from 'valibot';

/**
 * Control characters and lone surrogates are never part of a name, and PostgreSQL stores neither NUL nor lone
 * surrogates.
 */
// eslint-disable-next-line no-control-regex
const printable = /^[^\u0000-\u001f\u007f-\u009f\p{Surrogate}]*$/u;

export const text = (field: string, most = 100) =>
  v.pipe(
    v.string(`${field} is missing. It is text.`),
    v.trim(),
    v.nonEmpty(`${field} is missing.`),
    v.maxLength(most, `${field} is longer than ${most} characters.`),
    v.regex(printable, `${field} has control characters.`),
  );

/** A date that exists, YYYY-MM-DD. */
export const day = (field: string) =>
  v.pipe(
    v.string(`${field} is missing. It is a day, YYYY-MM-DD.`),
    v.trim(),
    v.check(isDay, `${field} is not a day written YYYY-MM-DD.`),
  );

const isDay = (value: string): boolean => {
  if (!/^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
};

/** Left out, null and empty all mean the same, because CSV has no other way to leave a field out. */
export const optional = <T extends v.GenericSchema<string>>(field: T) =>
  v.pipe(
    v.optional(v.nullable(v.string('Every field is text.')), null),
    v.transform((value) => (value === null || value.trim() === '' ? null : value)),
    v.nullable(field),
  );

const phone = (field: string) =>
  v.pipe(
    text(field, 40),
    // A spreadsheet removes the leading 0, and nobody can ring what is left.
    v.regex(/^(?:0|\+44)[\d ()-]*$/, `${field} is not a phone number that begins with 0 or +44.`),
  );

/** Letters of another script can look like these, and direction marks can reverse a line. */
const latin = /^[\p{Script=Latin}\p{M}\d .,'’&()/:;–—-]+$/u;

export const authorityDetails = v.object(
  {
    name: v.pipe(
      text('localAuthority.name'),
      v.regex(latin, 'localAuthority.name has characters that no English name has.'),
    ),
    officeHoursPhone: optional(phone('localAuthority.officeHoursPhone')),
    emergencyDutyPhone: phone('localAuthority.emergencyDutyPhone'),
  },
  'localAuthority is missing. It has name, officeHoursPhone and emergencyDutyPhone.',
);
