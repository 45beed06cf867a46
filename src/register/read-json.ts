/** A body as JSON; `undefined`, which no parser accepts, when it is none. */
export interface JsonRead {
  readonly body: unknown;
  /** An object had one key twice. Only what was said last is in `body`: something that was said is lost. */
  readonly keyTwice: boolean;
}

/** Each string of a JSON text. Outside them a colon stands after each key, and nowhere else. */
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/**
 * Reads without a reviver, which ends the whole tab in WebKit when a body is nested deeply enough, and walks through
 * what was read without recursion.
 */
export function readJson(text: string): JsonRead {
  try {
    const body: unknown = JSON.parse(text);
    const written = text.replace(strings, '').split(':').length - 1;
    return { body, keyTwice: written !== keysKept(body) };
  } catch {
    return { body: undefined, keyTwice: false };
  }
}

function keysKept(body: unknown): number {
  const isExtended = hasEnumerableMethods();
  let kept = 0;
  const left = [body];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null) continue;
    const values: readonly unknown[] = Object.values(one);
    if (!Array.isArray(one)) {
      kept += values.length;
      if (isExtended) Object.setPrototypeOf(one, null);
    }
    for (const value of values) left.push(value);
  }
  return kept;
}

/** Whether a page has given every object fields of its own, which would be read as if the body had said them. */
function hasEnumerableMethods(): boolean {
  for (const _ in {}) return true;
  return false;
}
