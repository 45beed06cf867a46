import { cleanNhsNumber, isNhsNumber } from '../domain/nhs-number.js';
import type { Reference } from './shapes.js';

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * The NHS number that a subject names: by identifier, or by a reference that ends in one ("Patient/9990000018").
 * `undefined` when it names none. A value under the NHS number system counts whatever it looks like.
 */
export function numberOf(subject: Reference | undefined): string | undefined {
  const { system, value } = subject?.identifier ?? {};
  if (value !== undefined && (system === nhsNumberSystem || system === undefined)) {
    const number = cleanNhsNumber(value);
    if (system === nhsNumberSystem || isNhsNumber(number)) return number;
  }
  const last = subject?.reference?.split(/[/|:#]/).at(-1) ?? '';
  return isNhsNumber(last) ? last : undefined;
}

/** Whether anything in a body is identified by another NHS number than this one (safety rule 3). */
export function namesAnother(body: unknown, nhsNumber: string): boolean {
  const toVisit: unknown[] = [body];
  while (toVisit.length > 0) {
    const node = toVisit.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { system, value } = node as { system?: unknown; value?: unknown };
    if (system === nhsNumberSystem && typeof value === 'string' && cleanNhsNumber(value) !== nhsNumber) return true;
    for (const child of Object.values(node)) toVisit.push(child);
  }
  return false;
}

const patientParameters = ['patient', 'patient:identifier', 'patient.identifier', 'subject', 'subject:identifier', 'identifier'];

/** Whether a Bundle's `self` link asks for another NHS number. A link that names no patient says nothing. */
export function linkNamesAnother(url: string, nhsNumber: string): boolean {
  const query = url.slice(url.indexOf('?') + 1);
  return [...new URLSearchParams(url.includes('?') ? query : '')].some(([name, value]) => {
    if (!patientParameters.includes(name)) return false;
    const number = cleanNhsNumber(value.slice(value.lastIndexOf('|') + 1).replace(/^.*\//, ''));
    return (value.includes('|') || isNhsNumber(number)) && number !== nhsNumber;
  });
}
