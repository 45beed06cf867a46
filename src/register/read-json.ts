import { objectsIn } from './objects-in.js';

/** A body as JSON; `undefined`, which no parser accepts, when it is none. */
export interface JsonRead {
  readonly body: unknown;
  /** An object had one key twice. Only what was said last is in `body`: something that was said is lost. */
  readonly keyTwice: boolean;
}

/** Each string of a JSON text. Outside them a colon stands after each key, and nowhere else. */
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/**
 * Reads without a reviver, which ends the whole tab in WebKit when a body is nested deeply enough,
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
  for (const node of objectsIn(body)) {
    if (Array.isArray(node)) continue;
    kept += Object.keys(node).length;
    if (isExtended) Object.setPrototypeOf(node, null);
  }
  return kept;
}

/** Whether a page has given every object fields of its own, which would be read as if the body had said them. */
function hasEnumerableMethods(): boolean {
  for (const _ in {}) return true;
  return false;
}
