// What the kill campaigns do to a register before it dies, and what must hold for its data afterwards.

import { testNumber } from '../../support/node/test-number.js';
import { careTeamUrl, oneOf, readHeaders, type Totals } from '../campaign.js';

const authorities = ['E09000019', 'E09000012', 'E09000007'] as const;
const tokens = ['demo-ed-nurse', 'demo-ed-doctor', 'demo-111', 'demo-midwife', 'demo-paramedic'];
/**
 * These are only viewed, and held from the beginning, the even ones by two authorities. All later numbers are uploaded
 * to.
 */
const held = Array.from({ length: 40 }, (_, index) => testNumber(index));
const uploadedTo = Array.from({ length: 400 }, (_, index) => testNumber(100 + index));
const person = (nhsNumber: string) => ({
  nhsNumber,
  familyName: 'Example',
  givenName: 'Child',
  birthDate: '2015-06-01',
});

/** What the register acknowledged in one round. */
export interface Acknowledged {
  traceIds: string[];
  records: { nhsNumber: string; start: string }[];
  /** Callers who got no answer. */
  unanswered: number;
}

const upload = (url: string, code: string, records: readonly object[]) =>
  fetch(`${url}/local-authorities/${code}/uploads`, {
    method: 'POST',
    headers: { Authorization: `Bearer demo-la-${code}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ localAuthority: { name: `Example ${code}`, emergencyDutyPhone: '020 7946 0123' }, records }),
  });

export const prepare = async (url: string): Promise<void> => {
  for (const nhsNumber of [...held, ...uploadedTo]) {
    const body = JSON.stringify(person(nhsNumber));
    await fetch(`${url}/sandbox/demographics/people`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
  }
  const plans = [{ type: 'CPP', start: '2026-01-01' }];
  await upload(
    url,
    authorities[0],
    held.map((nhsNumber) => ({ ...person(nhsNumber), plans })),
  );
  const even = held.filter((_, index) => index % 2 === 0);
  await upload(
    url,
    authorities[1],
    even.map((nhsNumber) => ({ ...person(nhsNumber), plans })),
  );
};

/** Opens and uploads without pause until the register is gone. */
export const load = (url: string, random: () => number, acknowledged: Acknowledged): Promise<unknown> => {
  const untilGone = async (work: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await work();
      } catch {
        acknowledged.unanswered += 1;
        return;
      }
    }
  };
  const open = async () => {
    const traceId = crypto.randomUUID();
    const headers = readHeaders(oneOf(random, tokens), traceId, true);
    const response = await fetch(careTeamUrl(url, oneOf(random, held)), { headers });
    await response.text();
    if (response.status !== 200) throw new Error('Not answered');
    acknowledged.traceIds.push(traceId);
  };
  const send = async () => {
    const records = Array.from({ length: 60 }, () => {
      const day = new Date(Date.UTC(2000, 0, 1 + Math.floor(random() * 9_000))).toISOString().slice(0, 10);
      const plans = (['CPP', 'LAC'] as const).map((type) => ({ type, start: day }));
      return { ...person(oneOf(random, uploadedTo)), plans };
    });
    const response = await upload(url, oneOf(random, authorities), records);
    const { records: answers } = (await response.json()) as { records: { row: number; code: string }[] };
    if (response.status !== 200) throw new Error('Not answered');
    for (const { row, code } of answers) {
      const record = records[row - 1];
      if (code === 'CPR06' && record) {
        acknowledged.records.push({ nhsNumber: record.nhsNumber, start: record.plans[0]?.start ?? '' });
      }
    }
  };
  return Promise.all([open, open, open, open, send, send].map(untilGone));
};

/** Each statement counts something that must not exist. */
const mustBeNone: Readonly<Record<string, string>> = {
  'acknowledged accesses lost': `select 1 from jsonb_array_elements_text($1::text::jsonb -> 'traceIds') as said (trace)
    where not exists (select 1 from access where trace_id = said.trace::uuid)`,
  'acknowledged records lost': `select 1
     from jsonb_to_recordset($1::text::jsonb -> 'records') as said ("nhsNumber" text, start date)
    where not exists (select 1 from plan where nhs_number = said."nhsNumber" and start_date = said.start)`,
  'half records': `select 1 from plan where local_authority <> '' and nhs_number in (
       select jsonb_array_elements_text($1::text::jsonb -> 'uploadedTo'))
    group by nhs_number, local_authority, start_date having count(*) <> 2`,
  'accesses without all their alerts': `select 1 from access
     join (select nhs_number, count(distinct local_authority) as holders from plan group by nhs_number) plan using (nhs_number)
     left join (select access_id, count(*) as alerts from notification group by access_id) note on note.access_id = access.id
    where access.nhs_number in (select jsonb_array_elements_text($1::text::jsonb -> 'held')) and coalesce(alerts, 0) <> holders`,
  'alerts without an access': `select 1 from notification where access_id is null`,
  'gaps in an inbox': `select 1 from local_authority
     left join (select local_authority, count(*) as sent, max(number) as latest from notification group by 1) note
       on note.local_authority = local_authority.code
    where notified <> coalesce(sent, 0) or notified <> coalesce(latest, 0)`,
  'accesses without an audit row': `select 1 from access
    where nhs_number in (select jsonb_array_elements_text($1::text::jsonb -> 'held'))
      and not exists (select 1 from audit where detail ->> 'traceId' = access.trace_id::text)`,
};

/** @throws when there is something that must not exist */
export const verify = async (
  rowsOf: (sql: string, values: readonly string[]) => Promise<readonly unknown[]>,
  acknowledged: Acknowledged,
): Promise<void> => {
  for (const [what, sql] of Object.entries(mustBeNone)) {
    const values = sql.includes('$1') ? [JSON.stringify({ ...acknowledged, held, uploadedTo })] : [];
    const { length } = await rowsOf(sql, values);
    if (length !== 0) throw new Error(`${length} ${what}`);
  }
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Usually in the middle of work, now and then before the first answer.
 * @param longest milliseconds of work
 */
export const untilItDies = async (random: () => number, acknowledged: Acknowledged, longest: number): Promise<void> => {
  const midst = random() < 0.8;
  while (midst && acknowledged.traceIds.length === 0) await pause(5);
  await pause(50 + random() * longest);
};

export const totalsOf = ({ traceIds, records, unanswered }: Acknowledged): Totals => ({
  accesses: traceIds.length,
  records: records.length,
  unanswered,
});
