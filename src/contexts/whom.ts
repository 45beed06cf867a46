import { cleanNhsNumber, isNhsNumber, isNhsNumberSystem, nhsNumberSystem } from '../domain/nhs-number.js';
import { idOf, listOf, own } from './guards.js';

/** Whom a resource is about, as far as it says. Kept in memory only. */
export interface Whom {
  /** The id of a Patient; "" when it does not say. */
  readonly id: string;
  /** Values with their systems. */
  readonly identifiers: readonly (readonly [system: string, value: string])[];
}

/** A Patient is about itself; anything else is about its `subject`, or its `patient`. */
export function whomOf(resource: unknown): Whom {
  if (own(resource, 'resourceType') === 'Patient')
    return { id: idOf(own(resource, 'id')), identifiers: identifiersIn(listOf(own(resource, 'identifier'))) };
  const subject = own(resource, 'subject') ?? own(resource, 'patient');
  const reference = idOf(own(subject, 'reference'));
  const identifiers = identifiersIn([own(subject, 'identifier')]);
  const within = listOf(own(resource, 'contained')).find((one) => `#${idOf(own(one, 'id'))}` === reference);
  if (within !== undefined) return { id: reference, identifiers: [...identifiers, ...whomOf(within).identifiers] };
  // A reference to something other than a Patient still counts: no Patient's id equals it.
  const id = referenced('Patient', subject) || reference.replace(/^urn:uuid:/, '');
  const number = cleanNhsNumber(id);
  return { id, identifiers: isNhsNumber(number) ? [...identifiers, [nhsNumberSystem, number]] : identifiers };
}

export const saysNothing = ({ id, identifiers }: Whom): boolean => id === '' && identifiers.length === 0;

/** Whether two are the same person: by NHS number, else by another identifier, else by id; `undefined` if unknown. */
export function areOne(one: Whom, other: Whom): boolean | undefined {
  const systems = [nhsNumberSystem, ...one.identifiers.map(([system]) => system)];
  for (const system of systems) {
    const theirs = valuesOf(other, system);
    const mine = valuesOf(one, system);
    if (mine.length > 0 && theirs.length > 0) return mine.some((value) => theirs.includes(value));
  }
  return one.id === '' || other.id === '' ? undefined : one.id === other.id;
}

const valuesOf = ({ identifiers }: Whom, system: string): readonly string[] =>
  identifiers.filter(([of]) => of === system).map(([, value]) => value);

/** The id in a reference such as `Patient/1` or `https://…/Patient/1/_history/2`; "" when there is none. */
export const referenced = (type: string, value: unknown): string =>
  new RegExp(`(?:^|/)${type}/([^/]+)`).exec(idOf(own(value, 'reference')))?.[1] ?? '';

/** The identifiers in use: one marked old is ignored where its system has another. */
export function inUse(identifiers: readonly unknown[]): readonly unknown[] {
  const isOld = (identifier: unknown): boolean => own(identifier, 'use') === 'old';
  const replaced = new Set(identifiers.filter((one) => !isOld(one)).map((one) => own(one, 'system')));
  return identifiers.filter((one) => !isOld(one) || !replaced.has(own(one, 'system')));
}

function identifiersIn(identifiers: readonly unknown[]): Whom['identifiers'] {
  return inUse(identifiers).flatMap((identifier) => {
    const [system, value] = [idOf(own(identifier, 'system')), idOf(own(identifier, 'value'))];
    const number = cleanNhsNumber(value);
    if (isNhsNumberSystem(system) || (system === '' && isNhsNumber(number))) return [[nhsNumberSystem, number]];
    return system === '' || value === '' ? [] : [[system, value]];
  });
}
