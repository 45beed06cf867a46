import * as v from 'valibot';

import { authorityDetails } from './fields.js';
import { CorruptFile, MOST_RECORDS, type ReadFile } from './file.js';

/** The levels of a file: the file, its records, a record, its plans, a plan. */
const DEEPEST = 8;

/** A file in JSON, before its records are checked one by one. */
export const uploadFile = v.object({
  localAuthority: authorityDetails,
  records: v.pipe(
    v.array(v.unknown(), 'records is a list'),
    v.maxLength(MOST_RECORDS, `A file holds at most ${MOST_RECORDS} records. Split it.`),
  ),
});

/** @throws CorruptFile */
export const readJson = (text: string): ReadFile => {
  if (depthOf(text) > DEEPEST) throw new CorruptFile(`The JSON is nested deeper than ${DEEPEST} levels.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new CorruptFile('The file is not JSON.');
  }
  const read = v.safeParse(uploadFile, body, { abortEarly: true });
  if (read.success) return read.output;
  const { message, path } = read.issues[0];
  const where = v.getDotPath({ path } as v.BaseIssue<unknown>);
  throw new CorruptFile(
    message.startsWith('Invalid') ? `${where ?? 'The file'} is missing or of the wrong kind.` : message,
  );
};

/** How deep brackets nest outside strings. Checked before a parser has to build it. */
const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length && deepest <= DEEPEST; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '[' || character === '{') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === ']' || character === '}') {
      depth -= 1;
    }
  }
  return deepest;
};

const endOfString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};
