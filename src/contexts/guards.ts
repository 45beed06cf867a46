/** What an EPR sends is not trusted: only own properties are read, nothing is copied and nothing throws. */

/** An own property of an object; `undefined` for anything else. */
export const own = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** Follows own properties from one object to the next. */
export const at = (value: unknown, ...names: readonly string[]): unknown => names.reduce(own, value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Trimmed text, no longer than an id or a code may be; else "". */
export const idOf = (value: unknown): string => (typeof value === 'string' && value.length <= 256 ? value.trim() : '');

/** An absolute address, or `undefined` if it is not one; older browsers have no `URL.canParse`. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Parsed JSON, or `undefined` if the text is not JSON. */
export function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
