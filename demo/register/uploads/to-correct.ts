import { createHash } from 'node:crypto';

import type { ToCorrect } from '../../register-api.js';
import type { Queries } from '../database/database.js';
import type { Verdict } from './check-record.js';
import { plainName } from './match.js';

/** A record's person as it was sent, readable or not. */
export type AsSent = ToCorrect['record'];

export interface Refused extends Verdict {
  row: number;
  sent: AsSent;
}

/** What of a record can be shown again: text, cut where nobody would read on. */
export const asSent = (record: unknown): AsSent => {
  const fields = (typeof record === 'object' && record !== null ? record : {}) as Readonly<Record<string, unknown>>;
  const field = (name: keyof AsSent): string => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return typeof value === 'string' || typeof value === 'number'
      ? String(value).replaceAll('\0', '').slice(0, 200)
      : '';
  };
  return {
    nhsNumber: field('nhsNumber'),
    familyName: field('familyName'),
    givenName: field('givenName'),
    birthDate: field('birthDate'),
    gender: field('gender'),
  };
};

/** What two records share when one mends the other. */
type Keys = Readonly<Record<'person' | 'numberFamily' | 'numberBirth', string>>;

/**
 * A later record mends an earlier one when it is about the same person by name and birth date (the number was put
 * right), or has the same number and given name and either the family name or the birth date (the other was put right).
 * The number alone mends nothing: it may be a twin's.
 */
export const keysOf = (sent: AsSent): Keys => {
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

/** Puts refused records on an authority's list; the same record refused for the same reason again changes nothing. */
export const keepToCorrect = async (
  inside: Queries,
  localAuthority: string,
  refused: readonly Refused[],
  at: number,
): Promise<void> => {
  // One statement cannot put the same row in twice: of equal records the last counts.
  const rows = new Map(
    refused.map(({ row, code, message, sent }) => {
      const keys = keysOf(sent);
      const fingerprint = digest(...Object.values(sent));
      return [fingerprint, { fingerprint, row, code, message, ...sent, ...keys }];
    }),
  );
  if (rows.size === 0) return;
  await inside.query(
    `insert into to_correct (local_authority, sent_at, fingerprint, code, message, row_number, nhs_number, family_name,
                             given_name, birth_date, gender, person_key, number_family_key, number_birth_key)
     select $1, $2, fingerprint, code, message, "row", "nhsNumber", "familyName", "givenName", "birthDate", gender,
            person, "numberFamily", "numberBirth"
       from jsonb_to_recordset($3::text::jsonb) as sent (
              fingerprint text, code text, message text, "row" integer, "nhsNumber" text, "familyName" text,
              "givenName" text, "birthDate" text, gender text, person text, "numberFamily" text, "numberBirth" text)
     on conflict (local_authority, fingerprint) do update
        set code = excluded.code, message = excluded.message, row_number = excluded.row_number, sent_at = excluded.sent_at
      where (to_correct.code, to_correct.message) <> (excluded.code, excluded.message)`,
    [localAuthority, new Date(at).toISOString(), JSON.stringify([...rows.values()])],
  );
};

/** Takes off an authority's list what these records, which were taken, have mended. */
export const mend = async (inside: Queries, localAuthority: string, taken: readonly AsSent[]): Promise<void> => {
  if (taken.length === 0) return;
  await inside.query(
    `with taken as (
       select * from jsonb_to_recordset($2::text::jsonb) as taken (person text, "numberFamily" text, "numberBirth" text))
     delete from to_correct
      where local_authority = $1
        and (person_key in (select person from taken)
             or number_family_key in (select "numberFamily" from taken)
             or number_birth_key in (select "numberBirth" from taken))`,
    [localAuthority, JSON.stringify(taken.map(keysOf))],
  );
};

/** An authority's list, in the order of the files' rows. */
export const listToCorrect = async (inside: Queries, localAuthority: string): Promise<ToCorrect[]> =>
  inside.query<ToCorrect>(
    `select id::text, code, message, row_number as "row",
            to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sentAt",
            jsonb_build_object('nhsNumber', nhs_number, 'familyName', family_name, 'givenName', given_name,
                               'birthDate', birth_date, 'gender', gender) as record
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
