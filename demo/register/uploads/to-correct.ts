import { createHash } from 'node:crypto';

import type { ToCorrect } from '../../shared/register-api.js';
import { LONGEST_BATCH, type Database, type Queries } from '../database/database.js';
import type { Verdict } from './check-record.js';
import { plainName } from './match.js';

/** A record's person as it was sent, readable or not. */
export type AsSent = ToCorrect['record'];

/** The parts of a record that can be shown again: text, cut to a readable length. */
export const asSent = (record: unknown): AsSent => {
  const [field, plans] = [textsOf(record), listOf(record, 'plans')];
  return {
    nhsNumber: field('nhsNumber'),
    familyName: field('familyName'),
    givenName: field('givenName'),
    birthDate: field('birthDate'),
    gender: field('gender'),
    plans: plans.slice(0, MOST_PLANS).map((plan) => {
      const ofPlan = textsOf(plan);
      return { type: ofPlan('type'), start: ofPlan('start'), end: ofPlan('end') };
    }),
  };
};

const MOST_PLANS = 20;

const valueOf = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null && Object.hasOwn(whole, name)
    ? (whole as Readonly<Record<string, unknown>>)[name]
    : undefined;

const listOf = (whole: unknown, name: string): readonly unknown[] => {
  const value = valueOf(whole, name);
  return Array.isArray(value) ? value : [];
};

const textsOf =
  (whole: unknown) =>
  (name: string): string => {
    const value = valueOf(whole, name);
    if (typeof value !== 'string' && typeof value !== 'number') return '';
    return String(value)
      .slice(0, 200)
      .replace(/[\0\p{Surrogate}]/gu, '\ufffd');
  };

/** Digests of what two records share when one corrects the other. */
type Keys = Readonly<Record<'person' | 'numberFamily' | 'numberBirth', string>>;

/**
 * A later record corrects an earlier one in two cases. It is about the same person by name and birth date (the number
 * was corrected). Or it has the same number and given name, and either the same family name or the same birth date (the
 * other was corrected). The same number alone is not enough: it may be a twin's.
 */
const keysOf = (sent: AsSent): Keys => {
  const [number, family, given] = [
    sent.nhsNumber.replace(/\D/g, ''),
    plainName(sent.familyName),
    plainName(sent.givenName),
  ];
  return {
    person: digest('person', family, given, sent.birthDate),
    numberFamily: digest('number-family', number, given, family),
    numberBirth: digest('number-birth', number, given, sent.birthDate),
  };
};

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** One for each person as sent. Two lines of a CSV file with two plans are one record to correct. */
const fingerprintOf = ({ nhsNumber, familyName, givenName, birthDate, gender }: AsSent): string =>
  digest(nhsNumber, familyName, givenName, birthDate, gender);

/** With the plans of both, without repeats. */
const together = (one: Settled, other: Settled | undefined): Settled => {
  const all = [...one.sent.plans, ...(other?.sent.plans ?? [])].map((plan) => [JSON.stringify(plan), plan] as const);
  return { ...one, sent: { ...one.sent, plans: [...new Map(all).values()].slice(0, MOST_PLANS) } };
};

/** A record of a file, in the file's order, with its result. */
export interface Settled extends Verdict {
  row: number;
  sent: AsSent;
  taken: boolean;
}

/** Records per transaction. Few enough that a read never waits long for the embedded database. */
const BATCH = 2_000;

/**
 * Updates an authority's list from a file. Records that the file corrects are removed. Records that it has refused, and
 * does not correct further down, stay or are added. Sending the same file again changes nothing.
 */
export const settleToCorrect = async (
  database: Database,
  localAuthority: string,
  settled: readonly Settled[],
  at: number,
): Promise<void> => {
  const mended = new Set<string>();
  const refused = new Map<string, Settled>();
  for (const record of settled.toReversed()) {
    const keys = Object.values(keysOf(record.sent));
    if (record.taken) keys.forEach((key) => mended.add(key));
    else if (!keys.some((key) => mended.has(key))) {
      const fingerprint = fingerprintOf(record.sent);
      refused.set(fingerprint, together(record, refused.get(fingerprint)));
    }
  }
  for (const keys of batches([...mended], BATCH * 3)) {
    await database.transaction((inside) => mend(inside, localAuthority, keys, refused), LONGEST_BATCH);
  }
  for (const batch of batches([...refused], BATCH)) {
    await database.transaction((inside) => keep(inside, localAuthority, batch, at), LONGEST_BATCH);
  }
};

const batches = <Item>(all: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** Records that this file itself refuses again are left as they are. */
const mend = async (
  inside: Queries,
  localAuthority: string,
  keys: readonly string[],
  refused: ReadonlyMap<string, Settled>,
): Promise<void> => {
  const found = await inside.query<{ fingerprint: string }>(
    `with mended as (select jsonb_array_elements_text($2::text::jsonb) as key)
     select fingerprint from to_correct
      where local_authority = $1
        and (person_key in (select key from mended)
             or number_family_key in (select key from mended)
             or number_birth_key in (select key from mended))`,
    [localAuthority, JSON.stringify(keys)],
  );
  const gone = found.map(({ fingerprint }) => fingerprint).filter((fingerprint) => !refused.has(fingerprint));
  if (gone.length === 0) return;
  await inside.query(
    `delete from to_correct
      where local_authority = $1 and fingerprint in (select jsonb_array_elements_text($2::text::jsonb))`,
    [localAuthority, JSON.stringify(gone)],
  );
};

const keep = async (
  inside: Queries,
  localAuthority: string,
  refused: readonly (readonly [fingerprint: string, record: Settled])[],
  at: number,
): Promise<void> => {
  const rows = refused.map(([fingerprint, { row, code, message, sent }]) => ({
    fingerprint,
    row,
    code,
    message,
    ...sent,
    ...keysOf(sent),
  }));
  await inside.query(
    `insert into to_correct (local_authority, sent_at, fingerprint, code, message, row_number, nhs_number, family_name,
                             given_name, birth_date, gender, plans, person_key, number_family_key, number_birth_key)
     select $1, $2, fingerprint, code, message, "row", "nhsNumber", "familyName", "givenName", "birthDate", gender,
            plans, person, "numberFamily", "numberBirth"
       from jsonb_to_recordset($3::text::jsonb) as sent (
              fingerprint text, code text, message text, "row" integer, "nhsNumber" text, "familyName" text,
              "givenName" text, "birthDate" text, gender text, plans jsonb, person text, "numberFamily" text, "numberBirth" text)
      order by fingerprint
     on conflict (local_authority, fingerprint) do update
        set code = excluded.code, message = excluded.message, row_number = excluded.row_number, sent_at = excluded.sent_at,
            plans = excluded.plans
      where (to_correct.code, to_correct.message, to_correct.plans) <> (excluded.code, excluded.message, excluded.plans)`,
    [localAuthority, new Date(at).toISOString(), JSON.stringify(rows)],
  );
};

/** An authority's list, in the order of the files' rows. */
export const listToCorrect = async (inside: Queries, localAuthority: string): Promise<ToCorrect[]> =>
  inside.query<ToCorrect>(
    `select id::text, code, message, row_number as "row",
            to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sentAt",
            jsonb_build_object('nhsNumber', nhs_number, 'familyName', family_name, 'givenName', given_name,
                               'birthDate', birth_date, 'gender', gender, 'plans', plans) as record
       from to_correct
      where local_authority = $1
      order by row_number, id`,
    [localAuthority],
  );

/** @returns whether it was on the list */
export const dismissToCorrect = async (inside: Queries, localAuthority: string, id: string): Promise<boolean> => {
  const gone = await inside.query(`delete from to_correct where local_authority = $1 and id = $2 returning 1`, [
    localAuthority,
    id,
  ]);
  return gone.length > 0;
};
