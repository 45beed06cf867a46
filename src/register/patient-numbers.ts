import { cleanNhsNumber, isNhsNumber, isNhsNumberSystem, nhsNumberSystem } from '../domain/nhs-number.js';
import { objectsIn } from './objects-in.js';
import type { Identifier, Reference } from './shapes.js';

/**
 * The NHS number that a subject names: by identifier, or by a reference that holds one ("Patient/9990000018").
 * `undefined` when it names none. A value under the NHS number system counts whatever it looks like.
 */
export function numberOf(subject: Reference | undefined): string | undefined {
  const { system, value } = subject?.identifier ?? {};
  if (value !== undefined && (isNhsNumberSystem(system) || system === undefined)) {
    const number = cleanNhsNumber(value);
    if ((system !== undefined && number !== '') || isNhsNumber(number)) return number;
  }
  return numberIn(subject?.reference);
}

/**
 * A Patient's NHS number; one marked old is ignored where there is another. An answer with two different numbers in use
 * names somebody else, and nothing of it is read.
 */
export function numberOfPatient(identifiers: readonly Identifier[]): string | undefined {
  const all = identifiers.flatMap(({ system, value, use }) =>
    isNhsNumberSystem(system) && value !== undefined ? [{ number: cleanNhsNumber(value), use }] : [],
  );
  return (all.find(({ use }) => use !== 'old') ?? all[0])?.number;
}

/** The NHS number that a reference holds: relative, absolute, versioned or a search, encoded or not. */
const numberIn = (reference = ''): string | undefined => reference.split(/[/|:#?&=]|%7C|%2F|%3A/i).find(isNhsNumber);

const refersToAnother = (text: unknown, nhsNumber: string): boolean => {
  if (typeof text !== 'string' || !/\bPatient\b/.test(text)) return false;
  return (numberIn(text) ?? nhsNumber) !== nhsNumber;
};

/** Whether anything in a body is identified by, or refers to, an NHS number other than this one (safety rule 3). */
export function namesAnother(body: unknown, nhsNumber: string): boolean {
  const outOfUse = new Set<unknown>();
  for (const node of objectsIn(body)) {
    const { reference, fullUrl, resourceType, id } = node as Partial<Record<string, unknown>>;
    if (Array.isArray(node)) for (const old of supersededBy(nhsNumber, node)) outOfUse.add(old);
    const number = identifiedBy(node);
    if (number !== undefined && number !== nhsNumber && !outOfUse.has(node)) return true;
    if (resourceType === 'Patient' && refersToAnother(`Patient/${String(id)}`, nhsNumber)) return true;
    if (refersToAnother(reference, nhsNumber) || refersToAnother(fullUrl, nhsNumber)) return true;
  }
  return false;
}

/** The number that a node gives as somebody's NHS number. */
function identifiedBy(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { system, value } = node as Partial<Record<string, unknown>>;
  if (!isNhsNumberSystem(system) || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return cleanNhsNumber(String(value)) || undefined;
}

/** In a list of identifiers that has this number in use, those marked old. */
function supersededBy(nhsNumber: string, identifiers: readonly unknown[]): readonly unknown[] {
  const isOld = (node: unknown): boolean => (node as { use?: unknown }).use === 'old';
  const numbered = identifiers.filter((node) => identifiedBy(node) !== undefined);
  return numbered.some((node) => identifiedBy(node) === nhsNumber && !isOld(node)) ? numbered.filter(isOld) : [];
}

const patientParameters = [
  'patient',
  'patient:identifier',
  'patient.identifier',
  'subject',
  'subject:identifier',
  'identifier',
];

/** Separates words of digits and letters. Safari before 16.4 has no lookbehind. */
const between = /[^\da-z]/;
/** Parameters of the search itself, such as a page number. */
const controls = /[?&]_[^&]*/g;

/** The numbers that a link's query asks about: a value under any system, or ten digits, counts as an NHS number. */
function askedAbout(query: string): readonly string[] {
  return [...new URLSearchParams(query)]
    .filter(([name, value]) => patientParameters.includes(name) || value.includes(`${nhsNumberSystem}|`))
    .flatMap(([, value]) => value.split(','))
    .map((value) => [value, cleanNhsNumber(value.slice(value.lastIndexOf('|') + 1).replace(/^.*\//, ''))] as const)
    .filter(([value, number]) => value.includes('|') || /^\d{10}$/.test(number))
    .map(([, number]) => number);
}

const queryOf = (url: string): string => url.split('?').slice(1).join('?');

/** Whether a Bundle's link asks about nobody: an address without a query and without ten digits in a row. */
export const isPlainAddress = (url: string): boolean => !url.includes('?') && !/\d{10}/.test(url);

/** Whether a Bundle's link asks for this NHS number and no other. */
export function linkNames(url: string, nhsNumber: string): boolean {
  const asked = askedAbout(queryOf(url));
  return asked.length > 0 && asked.every((number) => number === nhsNumber);
}

/** Whether a Bundle's link asks for another NHS number. A link that names no patient says nothing. */
export function linkNamesAnother(url: string, nhsNumber: string): boolean {
  if (refersToAnother(url.split('?')[0], nhsNumber)) return true;
  const asked = askedAbout(queryOf(url));
  // If its parameters name somebody, only they count: ten digits elsewhere may be a timestamp, and one in eleven
  // passes.
  if (asked.length > 0) return asked.some((number) => number !== nhsNumber);
  // A mangled address may still name somebody.
  const standing = url.replace(controls, '').split(between);
  return standing.some((word) => /^\d{10}$/.test(word) && isNhsNumber(word) && word !== nhsNumber);
}
