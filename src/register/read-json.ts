/** A body as JSON; `undefined`, which no parser accepts, when it is none. */
export interface JsonRead {
  readonly body: unknown;
  /** An object had one key twice. Only what was said last is in `body`: something that was said is lost. */
  readonly keyTwice: boolean;
}

/** Each string of a JSON text, and the colon that makes it a key. */
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/** Only what the body itself says: a page may have given every object methods of its own. */
const bare = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (Object.setPrototypeOf(value, null) as unknown)
    : value;

export function readJson(text: string): JsonRead {
  try {
    let kept = 0;
    const body: unknown = JSON.parse(text, function (this: unknown, _key, value: unknown) {
      if (!Array.isArray(this)) kept++;
      return bare(value);
    });
    const written = [...text.matchAll(strings)].filter(([, colon]) => colon !== undefined).length;
    // The whole body is kept under a key of its own, which nobody wrote.
    return { body, keyTwice: written !== kept - 1 };
  } catch {
    return { body: undefined, keyTwice: false };
  }
}
