import * as v from 'valibot';

/** Unseen, they make what is beside a name or a number change places with it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The longest text that is shown whole, in characters: ten times what any name, role or number needs. */
const longest = 300;

/** Whether something in the body that is being read was malformed, or cut. One body is read at a time. */
export const flaws = { found: false };

export const flaw = (): undefined => {
  flaws.found = true;
};

// The library asks for a fallback of an absent key too, and then names no reading that failed.
const flawIf = (failed: unknown): undefined => {
  if (failed !== undefined) flaw();
};

/** The library takes for a field whatever a page has given every object. */
const bare = <T extends object>(fields: T): T => ({ __proto__: null, ...fields });

/** A malformed one reads as absent, and is remembered as a flaw. */
export const maybe = <T extends v.GenericSchema>(shape: T) => v.fallback(v.optional(shape), flawIf);

/** A malformed item spoils neither its neighbours nor the list. */
export const list = <T extends v.GenericSchema>(item: T) =>
  v.pipe(
    v.fallback(v.optional(v.array(maybe(item)), []), (failed) => {
      flawIf(failed);
      return [];
    }),
    v.transform((items) => items.filter((read) => read !== undefined)),
  );

/** The library takes a list for an object in which every key is absent. */
export const object = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(
    v.custom<object>((input) => !Array.isArray(input)),
    v.object(bare(entries)),
  );

/** What is not named is let through unread. */
export const openObject = <T extends v.ObjectEntries>(entries: T) => v.looseObject(bare(entries));

/** Compared, and never shown. */
export const address = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** Cut when it is long, and shown as cut; between characters, not within one. */
export const text = v.pipe(
  v.string(),
  v.transform((said) => said.replace(directionMarks, '')),
  v.trim(),
  v.nonEmpty(),
  v.transform((said) => {
    if (said.length <= longest) return said;
    flaw();
    return `${said.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
  }),
);
