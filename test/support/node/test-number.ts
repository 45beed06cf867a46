/**
 * A valid test number for each index up to 29,999, which nobody in the demo has. Of two neighbouring numbers at least
 * one has a valid check digit.
 */
export const testNumber = (index: number): string => {
  const nine = 999_340_000 + 2 * index;
  const check = checkDigit(nine);
  return check < 10 ? `${nine}${check}` : `${nine + 1}${checkDigit(nine + 1)}`;
};

const checkDigit = (nine: number): number =>
  (11 - (Array.from(String(nine), Number).reduce((total, digit, place) => total + digit * (10 - place), 0) % 11)) % 11;
