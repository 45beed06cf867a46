/** The NHS number's identifier system, as every CP-IS payload writes it. */
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Ten digits without spaces. The last is the check digit (NHS Data Dictionary: weights 10 to 2, modulus 11; 11 counts
 * as 0, and 10 is never issued).
 */
export const isNhsNumber = (text: string): boolean => {
  if (!/^\d{10}$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
};
