import type { Traced } from '../demographics.js';
import type { CheckedRecord, Verdict } from './check-record.js';

/** The message does not say which of them differs. Otherwise anyone with a number could find out the rest by trying. */
const notVerified: Verdict = {
  code: 'CPR03',
  message: `Not verified: a name, the date of birth or the gender is not that of the person with this NHS number. Trace the person again, or correct the record.`,
};

const success: Verdict = { code: 'CPR06', message: 'Recorded.' };

/**
 * Whether a record is about the person with its number. Family name, given name and birth date must all agree, because
 * twins share two of the three and the wrong twin must not be flagged. A gender known on both sides must agree too.
 * Until a baby is named, any given name agrees.
 */
export const matchRecord = (record: CheckedRecord, person: Traced | undefined): Verdict => {
  if (person === undefined) {
    return { code: 'CPR01', message: 'Nobody has this NHS number. Trace the person again.' };
  }
  if (person.supersededBy !== null) {
    return { code: 'CPR05', message: 'This NHS number has been superseded. Trace the person again.' };
  }
  if (person.sensitive) {
    return { code: 'CPR02', message: 'The record is sensitive and cannot be updated. Ring the national service desk.' };
  }
  const agrees =
    sameName(record.familyName, person.familyName) &&
    (isUnnamed(person.givenName) || sameGivenName(record.givenName, person.givenName)) &&
    record.birthDate === person.birthDate &&
    sameGender(record.gender, person.gender);
  return agrees ? success : notVerified;
};

/** A name for comparison: letters only, without accents or capitals. */
export const plainName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);

/** "Lily Mae" matches Lily-Mae, and "Aaliyah Noor" matches Aaliyah, but "Mary Ann" does not match "Mary Jane". */
const sameGivenName = (one: string, other: string): boolean => {
  const words = (name: string) => name.trim().split(/\s+/).map(plainName);
  const [shorter = [], longer = []] = [words(one), words(other)].sort((a, b) => a.length - b.length);
  return sameName(one, other) || shorter.every((word, place) => word !== '' && word === longer[place]);
};

export const isUnnamed = (givenName: string): boolean => ['', 'baby'].includes(givenName.trim().toLowerCase());

const sameGender = (one: string | null, other: string | null): boolean => {
  const known = (gender: string | null) => (/^[fm]/i.test(gender ?? '') ? gender?.[0]?.toLowerCase() : undefined);
  return known(one) === undefined || known(other) === undefined || known(one) === known(other);
};
