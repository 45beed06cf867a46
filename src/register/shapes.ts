/** Reads one value; `undefined` when it is malformed. */
type Reader<T> = (value: unknown) => T | undefined;
type Fields = Readonly<Record<string, (value: unknown) => unknown>>;
type Read<F extends Fields> = { readonly [Name in keyof F]: ReturnType<F[Name]> };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only what the body itself says: a page may have given every object methods of its own. */
const own = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const text: Reader<string> = (value) => (typeof value === 'string' && value.trim()) || undefined;
const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const anything = (value: unknown): unknown => value;

/** An object's fields, by their own readers. */
const fields =
  <F extends Fields>(readers: F) =>
  (value: object): Read<F> =>
    Object.fromEntries(Object.entries(readers).map(([name, read]) => [name, read(own(value, name))])) as Read<F>;

const object = <F extends Fields>(readers: F): Reader<Read<F>> => {
  const read = fields(readers);
  return (value) => (isObject(value) ? read(value) : undefined);
};

type Having<T, Name extends keyof T> = T & { readonly [Needed in Name]: Exclude<T[Needed], undefined> };

const has = <T extends object, Name extends keyof T>(whole: T | undefined, name: Name): whole is Having<T, Name> =>
  whole?.[name] !== undefined;

/** An object without that field is malformed. */
const having =
  <T extends object, Name extends keyof T>(read: Reader<T>, name: Name): Reader<Having<T, Name>> =>
  (value) => {
    const whole = read(value);
    return has(whole, name) ? whole : undefined;
  };

const modes = ['match', 'include', 'outcome'] as const;
const mode: Reader<(typeof modes)[number]> = (value) => modes.find((known) => known === value);

/**
 * The parts of FHIR R4 that are read (CP-IS consumer guide, Data mapping), for one body. Every field stands alone: a
 * malformed one reads as absent, spoils neither its neighbours nor the whole answer, and is remembered as a flaw.
 * What is absent is no flaw; what is not named here is let through unread.
 */
export function fhirShapes() {
  const flaws = { found: false };
  const flaw = (): undefined => {
    flaws.found = true;
  };
  const maybe =
    <T>(read: Reader<T>) =>
    (value: unknown): T | undefined =>
      value === undefined ? undefined : (read(value) ?? flaw());
  const list = <T>(read: Reader<T>) => {
    const item = maybe(read);
    const items = maybe((value): readonly T[] | undefined =>
      Array.isArray(value) ? value.map((each) => item(each)).filter((each) => each !== undefined) : undefined,
    );
    return (value: unknown): readonly T[] => items(value) ?? [];
  };

  const identifier = object({ system: maybe(text), value: maybe(text) });
  const reference = object({ reference: maybe(text), identifier: maybe(identifier), display: maybe(text) });
  const concept = object({
    coding: list(object({ system: maybe(text), code: maybe(text), display: maybe(text) })),
    text: maybe(text),
  });
  const period = object({ start: maybe(text), end: maybe(text) });
  const head = object({ resourceType: maybe(text), id: maybe(text) });
  const typed = having(head, 'resourceType');
  /** What else it says goes with it, to be read when its type is known. */
  const resource: typeof typed = (value) => {
    const read = typed(value);
    return read && { ...(value as object), ...read };
  };
  const element = object({
    fullUrl: maybe(text),
    resource: maybe(resource),
    search: maybe(object({ mode: maybe(mode) })),
  });
  const entry = having(element, 'resource');
  const searchSet = object({
    type: maybe(text),
    total: anything,
    link: list(object({ relation: maybe(text), url: maybe(text) })),
    entry: list(entry),
  });

  return {
    flaws,
    flaw,
    bundle: (body: unknown) => (isObject(body) && own(body, 'resourceType') === 'Bundle' ? searchSet(body) : undefined),
    careTeam: fields({
      subject: maybe(reference),
      category: list(concept),
      period: maybe(period),
      name: maybe(text),
      telecom: list(object({ system: maybe(text), value: maybe(text), use: maybe(text) })),
    }),
    auditEvent: fields({
      recorded: maybe(text),
      agent: list(object({ type: maybe(concept), who: maybe(reference), requestor: maybe(flag) })),
      contained: list(resource),
    }),
    practitionerRole: fields({
      practitioner: maybe(reference),
      organization: maybe(reference),
      code: list(concept),
    }),
    flag: fields({
      code: maybe(concept),
      subject: maybe(reference),
      extension: list(object({ url: maybe(text), valueReference: maybe(reference) })),
    }),
    carePlan: fields({
      subject: maybe(reference),
      category: list(concept),
      period: maybe(period),
      careTeam: list(reference),
    }),
  };
}

export type Shapes = ReturnType<typeof fhirShapes>;
export type Entry = NonNullable<ReturnType<Shapes['bundle']>>['entry'][number];
export type Resource = Entry['resource'];
export type CareTeam = ReturnType<Shapes['careTeam']>;
export type CarePlan = ReturnType<Shapes['carePlan']>;
export type Concept = CareTeam['category'][number];
export type Reference = NonNullable<CareTeam['subject']>;
export type Period = NonNullable<CareTeam['period']>;
