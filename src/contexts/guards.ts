/** What an EPR sends is not trusted: only own properties are read, nothing is copied and nothing throws. */

/** An own property of an object; `undefined` for whatever else there is. */
export const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** Follows own properties from one object to the next. */
export const at = (value: unknown, ...names: readonly string[]): unknown => names.reduce(own, value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** A text of a length that an id or a code may have, else "". */
export const idOf = (value: unknown): string => (typeof value === 'string' && value.length <= 256 ? value.trim() : '');

/** An absolute address, or `undefined` for what is none; older browsers have no `URL.canParse`. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** JSON, or `undefined` for what is none. */
export function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
