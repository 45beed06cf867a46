import { parse, type Info } from 'csv-parse';
import { Readable } from 'node:stream';
import * as v from 'valibot';

import { authorityDetails } from './fields.js';
import { CorruptFile, MOST_RECORDS, type ReadFile } from './file.js';

const required = ['nhsNumber', 'familyName', 'givenName', 'birthDate', 'gender', 'type', 'start', 'end'];
/** Fields about the authority, taken from the first record. */
const ofAuthority = ['localAuthorityName', 'officeHoursPhone', 'emergencyDutyPhone'];

const columns =
  `The first line names the columns ${required.join(',')} in any order, ` +
  `and if need be ${ofAuthority.join(',')}; each once, no others.`;

/**
 * CSV as in RFC 4180, with one plan per line: any line ends, quotes, a byte order mark. A line with too few or too many
 * fields spoils only itself; a quote that is never closed spoils the file.
 * @throws CorruptFile
 */
export const readCsv = async (text: string): Promise<ReadFile> => {
  const rows: string[][] = [];
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 20_000,
  });
  try {
    // Read in pieces, so that a large file does not hold up the reads of an emergency department.
    for await (const row of Readable.from(pieces(text)).pipe(parser) as AsyncIterable<string[]>) {
      if (rows.push(row) > MOST_RECORDS + 1) break;
    }
  } catch (error) {
    const line = (error as Partial<Info>).lines;
    throw new CorruptFile(
      `The file is not CSV${line === undefined ? '' : ` from line ${line} on`}: look at its quotes.`,
    );
  }
  if (rows.length > MOST_RECORDS + 1) throw new CorruptFile(`A file holds at most ${MOST_RECORDS} records. Split it.`);

  const [header = [], ...lines] = rows;
  const names = header.map((name) => {
    const known = [...required, ...ofAuthority].find((column) => column.toLowerCase() === name.trim().toLowerCase());
    if (known === undefined) throw new CorruptFile(columns);
    return known;
  });
  if (new Set(names).size < names.length || required.some((name) => !names.includes(name)))
    throw new CorruptFile(columns);

  const records = lines.map((line) => recordOf(names, line));
  return { localAuthority: authorityOf(records[0]), records };
};

/** In the form of a JSON record. A line of the wrong length gets no plans, and is refused for that. */
const recordOf = (names: readonly string[], line: readonly string[]): Record<string, unknown> => {
  const { type, start, end, ...person } = Object.fromEntries(names.map((name, place) => [name, line[place] ?? '']));
  if (line.length !== names.length) return { ...person, wrongLength: true };
  return { ...person, plans: [{ type, start, end }] };
};

const authorityOf = (first: Record<string, unknown> = {}): ReadFile['localAuthority'] => {
  if (ofAuthority.every((name) => first[name] === undefined || first[name] === '')) return undefined;
  const read = v.safeParse(authorityDetails, { ...first, name: first['localAuthorityName'] });
  if (!read.success) throw new CorruptFile(`Of the authority, in the first record: ${read.issues[0].message}`);
  return read.output;
};

function* pieces(text: string): Generator<string> {
  const SIZE = 65_536;
  for (let at = 0; at < text.length; at += SIZE) yield text.slice(at, at + SIZE);
}
