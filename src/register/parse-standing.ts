import { objectsIn } from './objects-in.js';
import type { Resource } from './shapes.js';

/** How far a resource may be taken for what it seems to be. */
export type Standing =
  | { readonly kind: 'ordinary' }
  /** Its sender takes it back (`entered-in-error`): it is nothing. */
  | { readonly kind: 'withdrawn' }
  /** Something in it changes its meaning in a way that is not known here. `says`: what that is. */
  | { readonly kind: 'altered'; readonly says: string };

/** Elements that FHIR R4 lets change the meaning of what bears them, wherever they stand. */
function hasModifiers(resource: unknown): boolean {
  for (const node of objectsIn(resource)) {
    const { modifierExtension, implicitRules } = node as Partial<Record<string, unknown>>;
    if (implicitRules !== undefined || (modifierExtension !== undefined && !isEmptyList(modifierExtension)))
      return true;
  }
  return false;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** `ordinary`: the codes of each modifier element that leave the resource what it is; absent ones do too. */
export function standingOf(resource: Resource, ordinary: Readonly<Record<string, readonly string[]>>): Standing {
  const said = resource as unknown as Partial<Record<string, unknown>>;
  if (said['status'] === 'entered-in-error') return { kind: 'withdrawn' };
  for (const [element, codes] of Object.entries(ordinary)) {
    const code = said[element];
    if (code !== undefined && !codes.some((one) => one === code))
      return { kind: 'altered', says: typeof code === 'string' ? `${element}: ${code}` : element };
  }
  return hasModifiers(resource) ? { kind: 'altered', says: 'modified' } : { kind: 'ordinary' };
}
