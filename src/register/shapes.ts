import * as v from 'valibot';

/** Unseen, they make what is beside a name or a number change places with it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The library takes for a field whatever a page has given every object. */
const bare = <T extends object>(fields: T): T => ({ __proto__: null, ...fields });

/**
 * The parts of FHIR R4 that are read (CP-IS consumer guide, Data mapping). Every field stands alone: a malformed one
 * reads as absent, spoils neither its neighbours nor the whole answer, and is remembered as a flaw. What is absent is no
 * flaw; what is not named here is let through unread.
 */
function makeShapes() {
  const flaws = { found: false };
  const flaw = (): undefined => {
    flaws.found = true;
  };
  // The library asks for a fallback of an absent key too, and then names no reading that failed.
  const flawIf = (failed: unknown): undefined => {
    if (failed !== undefined) flaw();
  };
  const maybe = <T extends v.GenericSchema>(shape: T) => v.fallback(v.optional(shape), flawIf);
  const list = <T extends v.GenericSchema>(item: T) =>
    v.pipe(
      v.fallback(v.optional(v.array(maybe(item)), []), (failed) => {
        flawIf(failed);
        return [];
      }),
      v.transform((items) => items.filter((read) => read !== undefined)),
    );

  // The library takes a list for an object in which every key is absent.
  const object = <T extends v.ObjectEntries>(entries: T) =>
    v.pipe(
      v.custom<object>((input) => !Array.isArray(input)),
      v.object(bare(entries)),
    );

  const text = v.pipe(
    v.string(),
    v.transform((said) => said.replace(directionMarks, '')),
    v.trim(),
    v.nonEmpty(),
  );
  const identifier = object({ system: maybe(text), value: maybe(text), use: maybe(text) });
  const reference = object({
    reference: maybe(text),
    type: maybe(text),
    identifier: maybe(identifier),
    display: maybe(text),
  });
  const concept = object({
    coding: list(object({ system: maybe(text), code: maybe(text), display: maybe(text) })),
    text: maybe(text),
  });
  const period = object({ start: maybe(text), end: maybe(text) });
  const resource = v.looseObject(bare({ resourceType: text, id: maybe(text) }));
  const entry = object({
    fullUrl: maybe(text),
    resource,
    search: maybe(object({ mode: maybe(v.picklist(['match', 'include', 'outcome'])) })),
  });

  return {
    flaws,
    flaw,
    bundle: v.looseObject(
      bare({
        resourceType: v.literal('Bundle'),
        type: maybe(text),
        link: list(object({ relation: maybe(text), url: maybe(text) })),
        entry: list(entry),
      }),
    ),
    careTeam: object({
      contained: list(resource),
      subject: maybe(reference),
      category: list(concept),
      period: maybe(period),
      name: maybe(text),
      telecom: list(
        object({
          system: maybe(text),
          value: maybe(text),
          use: maybe(text),
          rank: maybe(v.number()),
          period: maybe(period),
          extension: list(object({ url: maybe(text), valueString: maybe(text) })),
        }),
      ),
    }),
    auditEvent: object({
      recorded: maybe(text),
      agent: list(
        object({ type: maybe(concept), who: maybe(reference), name: maybe(text), requestor: maybe(v.boolean()) }),
      ),
      contained: list(resource),
    }),
    practitionerRole: object({
      contained: list(resource),
      practitioner: maybe(reference),
      organization: maybe(reference),
      code: list(concept),
    }),
    flag: object({
      code: maybe(concept),
      subject: maybe(reference),
      period: maybe(period),
      extension: list(object({ url: maybe(text), valueReference: maybe(reference) })),
      contained: list(resource),
    }),
    carePlan: object({
      subject: maybe(reference),
      category: list(concept),
      period: maybe(period),
      careTeam: list(reference),
      contained: list(resource),
    }),
    patient: object({ identifier: list(identifier) }),
    practitioner: object({
      name: list(
        object({ use: maybe(text), text: maybe(text), prefix: list(text), given: list(text), family: maybe(text) }),
      ),
    }),
    organization: object({ name: maybe(text) }),
    device: object({ deviceName: list(object({ name: maybe(text) })) }),
  };
}

export type Shapes = ReturnType<typeof makeShapes>;

const shapes = makeShapes();

/** The shapes to read one body with, in one go: they are made once, and begin each body without a flaw. */
export function fhirShapes(): Shapes {
  shapes.flaws.found = false;
  return shapes;
}

export type Entry = v.InferOutput<Shapes['bundle']>['entry'][number];
export type Resource = Entry['resource'];
export type CareTeam = v.InferOutput<Shapes['careTeam']>;
export type Concept = CareTeam['category'][number];
export type Reference = NonNullable<CareTeam['subject']>;
export type Identifier = NonNullable<Reference['identifier']>;
export type Period = NonNullable<CareTeam['period']>;
