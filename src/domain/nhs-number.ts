/** What FHIR calls the NHS number's identifier system. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/** The text without white space (no-break and thin spaces included) and without hyphens (-, U+2010, U+2011). */
export function cleanNhsNumber(raw: string): string {
  return raw.replace(/[\s\-\u2010\u2011]/g, '');
}

/**
 * Whether a cleaned text is ten ASCII digits that pass the check: weights 10…2, modulus 11, 11 → 0, 10 invalid (NHS
 * Data Dictionary). It does not say that the number is in use, nor that it belongs to the patient.
 */
export function isNhsNumber(cleaned: string): boolean {
  if (!/^\d{10}$/.test(cleaned)) return false;
  // With the check digit itself at weight 1 the sum is a multiple of 11; a check of 10 can then never match.
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (10 - i) * Number(cleaned[i]);
  return sum % 11 === 0;
}

/** `999 123 4567` (NHS Common User Interface). Plain spaces, since it is copied: the style sheet keeps it on one line. */
export function formatNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}
