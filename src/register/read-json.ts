import { objectsIn } from './objects-in.js';

/** A body as JSON; `undefined`, which no parser accepts, when it is not JSON. */
export interface JsonRead {
  readonly body: unknown;
  /** An object had the same key twice. `body` has only the last value: the other is lost. */
  readonly keyTwice: boolean;
}

/** Each string in a JSON text. Outside strings there is a colon after each key, and nowhere else. */
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** Reads without a reviver: in WebKit one crashes the whole tab when a body is nested deeply enough. */
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

/** Whether the page has added fields to every object, which would be read as part of the body. */
function hasEnumerableMethods(): boolean {
  for (const _ in {}) return true;
  return false;
}
