/** FHIR's identifier system for the NHS number. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/** Its earlier name (DSTU2), and its name in HL7 version 3 and CDA. */
const otherSystems: readonly unknown[] = ['http://fhir.nhs.net/Id/nhs-number', 'urn:oid:2.16.840.1.113883.2.1.4.1'];

/** Whether a value of this system is an NHS number. */
export const isNhsNumberSystem = (system: unknown): boolean =>
  system === nhsNumberSystem || otherSystems.includes(system);

/** White space, hyphens, dashes, and invisible marks (of direction, of zero width) that pasted text brings along. */
const betweenDigits = /[\s\-\u00ad\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\u2212]/g;

/** The text without whatever separates the digits of a typed or pasted number. */
export function cleanNhsNumber(raw: string): string {
  return raw.replace(betweenDigits, '');
}

/**
 * Whether a cleaned text is ten ASCII digits that pass the check: weights 10…2, modulus 11, 11 → 0, 10 invalid (NHS
 * Data Dictionary). One digit ten times also passes, but is refused: it is nobody's number, used to fill fields. This
 * does not say that the number is in use, nor that it belongs to the patient.
 */
export function isNhsNumber(cleaned: string): boolean {
  if (!/^(\d)(?!\1{9})\d{9}$/.test(cleaned)) return false;
  // With the check digit itself at weight 1 the sum is a multiple of 11; a check of 10 can then never match.
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (10 - i) * Number(cleaned[i]);
  return sum % 11 === 0;
}

/** `999 123 4567` (NHS Common User Interface). Plain spaces, since it is copied; the styles keep it on one line. */
export function formatNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}
