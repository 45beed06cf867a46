import * as v from 'valibot';

import { address, flaw, flaws, list, maybe, object, openObject, text } from './lenient.js';

const identifier = object({ system: maybe(text), value: maybe(text), use: maybe(text) });
const reference = object({
  reference: maybe(address),
  type: maybe(text),
  identifier: maybe(identifier),
  display: maybe(text),
});
const concept = object({
  coding: list(object({ system: maybe(text), code: maybe(text), display: maybe(text) })),
  text: maybe(text),
});
const period = object({ start: maybe(text), end: maybe(text) });
const resource = openObject({ resourceType: text, id: maybe(text) });
const entry = object({
  fullUrl: maybe(address),
  resource,
  search: maybe(object({ mode: maybe(v.picklist(['match', 'include', 'outcome'])) })),
});

/**
 * The parts of FHIR R4 that are read (CP-IS consumer guide, Data mapping). Each field is read on its own: a malformed
 * one reads as absent, spoils neither its neighbours nor the whole answer, and is remembered as a flaw. An absent field
 * is no flaw; one that is not named here passes through unread.
 */
const shapes = {
  flaws,
  flaw,
  bundle: openObject({
    resourceType: v.literal('Bundle'),
    type: maybe(text),
    link: list(object({ relation: maybe(text), url: maybe(address) })),
    entry: list(entry),
  }),
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

export type Shapes = typeof shapes;

/** The shapes for reading one body in one go, with no flaw found yet. */
export function fhirShapes(): Shapes {
  flaws.found = false;
  return shapes;
}

export type Entry = v.InferOutput<Shapes['bundle']>['entry'][number];
export type Resource = Entry['resource'];
export type CareTeam = v.InferOutput<Shapes['careTeam']>;
export type Concept = CareTeam['category'][number];
export type Reference = NonNullable<CareTeam['subject']>;
export type Identifier = NonNullable<Reference['identifier']>;
export type Period = NonNullable<CareTeam['period']>;
