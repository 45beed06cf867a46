import * as v from 'valibot';

import { numberOf, numberOfPatient } from './patient-numbers.js';
import type { Entry, Reference, Resource, Shapes } from './shapes.js';

const withoutVersion = (address: string): string => address.replace(/\/_history\/[^/]*$/, '');

/**
 * The resource that a reference points to (FHIR R4, References and Bundle): by full URL, else by "Type/id" with any
 * prefix, in any version; `#id` is inside the referring resource.
 */
export function resolve(
  reference: string | undefined,
  type: string,
  entries: readonly Entry[],
  contained: readonly Resource[] = [],
): Resource | undefined {
  if (reference === undefined) return undefined;
  if (reference.startsWith('#'))
    return contained.find((one) => one.resourceType === type && one.id === reference.slice(1));
  const address = withoutVersion(reference);
  const [named, id] = address.split('/').slice(-2);
  const found = entries.filter(({ resource }) => resource.resourceType === type);
  const byId = named === type ? found.find(({ resource }) => resource.id === id) : undefined;
  return (found.find(({ fullUrl }) => fullUrl !== undefined && withoutVersion(fullUrl) === address) ?? byId)?.resource;
}

/** The NHS number that a reference means: its own, else that of the Patient it points to in the answer. */
export function numberMeant(
  subject: Reference | undefined,
  entries: readonly Entry[],
  contained: readonly Resource[],
  { patient }: Shapes,
): string | undefined {
  const known = numberOf(subject);
  const pointsAt = known === undefined ? resolve(subject?.reference, 'Patient', entries, contained) : undefined;
  return pointsAt === undefined ? known : numberOfPatient(v.parse(patient, pointsAt).identifier);
}

/** Whether a reference, by its own words or by what it points to, is of another type. */
export function isOfAnotherType(
  reference: string | undefined,
  type: string,
  entries: readonly Entry[],
  contained: readonly Resource[],
): boolean {
  if (reference === undefined) return false;
  if (reference.startsWith('#'))
    return contained.some((one) => one.id === reference.slice(1) && one.resourceType !== type);
  const address = withoutVersion(reference);
  const named = /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(address)?.[1];
  const pointsAt = entries.find(({ fullUrl }) => fullUrl !== undefined && withoutVersion(fullUrl) === address);
  return (pointsAt?.resource.resourceType ?? named ?? type) !== type;
}
