import { objectsIn } from './objects-in.js';
import type { Resource } from './shapes.js';

/** Whether a resource may be taken for what it seems to be. */
export type Standing =
  | { readonly kind: 'ordinary' }
  /** Its sender has withdrawn it (`entered-in-error`): it counts for nothing. */
  | { readonly kind: 'withdrawn' }
  /** Something in it changes its meaning in a way unknown here. `says`: what that is. */
  | { readonly kind: 'altered'; readonly says: string };

/** Whether it holds, at any depth, an element that FHIR R4 lets change the meaning of its container. */
function hasModifiers(resource: unknown): boolean {
  for (const node of objectsIn(resource)) {
    const { modifierExtension, implicitRules } = node as Partial<Record<string, unknown>>;
    if (implicitRules !== undefined || (modifierExtension !== undefined && !isEmptyList(modifierExtension)))
      return true;
  }
  return false;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** `ordinary`: for each modifier element, the codes that leave the meaning as it is; absence does too. */
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
