import * as v from 'valibot';

/** Invisible marks that can make a name or a number swap places with the text beside it. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The longest text that is shown whole, in characters: ten times what any name, role or number needs. */
const longest = 300;

/** Whether anything in the body being read was malformed or cut. One body is read at a time. */
export const flaws = { found: false };

export const flaw = (): undefined => {
  flaws.found = true;
};

// valibot asks for a fallback for an absent key too, but then names no failed reading.
const flawIf = (failed: unknown): undefined => {
  if (failed !== undefined) flaw();
};

/** Without a prototype: valibot would read as a field anything that a page has added to every object. */
const bare = <T extends object>(fields: T): T => ({ __proto__: null, ...fields });

/** A malformed value reads as absent, and is remembered as a flaw. */
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

/** Refuses a list, which valibot takes for an object in which every key is absent. */
export const object = <T extends v.ObjectEntries>(entries: T) =>
  v.pipe(
    v.custom<object>((input) => !Array.isArray(input)),
    v.object(bare(entries)),
  );

/** Fields that are not named pass through unread. */
export const openObject = <T extends v.ObjectEntries>(entries: T) => v.looseObject(bare(entries));

/** Compared, never shown. */
export const address = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** Long text is cut, between characters, and shown as cut. */
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
