/** Whether a value has the agreed shape: for messages, which anything may have sent. */
export type Fits = (value: unknown) => boolean;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export const text: Fits = (value) => typeof value === 'string';
export const flag: Fits = (value) => typeof value === 'boolean';
export const number: Fits = Number.isFinite;
export const any: Fits = () => true;
export const optional =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value);
export const listOf =
  (item: Fits): Fits =>
  (value) =>
    Array.isArray(value) && value.every(item);
/** An object with these fields, and perhaps others. */
export const holding =
  (fields: Readonly<Record<string, Fits>>): Fits =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, fits]) => fits(value[name]));
/** One of several kinds, told apart by the value of `key`. */
export const oneOf =
  (key: string, kinds: Readonly<Record<string, Fits>>): Fits =>
  (value) => {
    const kind = isObject(value) ? value[key] : undefined;
    return typeof kind === 'string' && Object.hasOwn(kinds, kind) && kinds[kind]!(value);
  };
