import type { FileCode, UploadResult } from '../../shared/register-api.js';
import { audit } from '../audit.js';
import type { Database } from '../database/database.js';
import { DemographicsUnavailable } from '../demographics.js';
import type { RegisterParts } from '../parts.js';
import { isAnothersName } from './authority-name.js';
import { checkRecord } from './check-record.js';
import { CorruptFile, type AuthorityDetails } from './file.js';
import { matchRecord } from './match.js';
import { readFile } from './read-file.js';
import { storeRecords, type Judged } from './store.js';
import { asSent, settleToCorrect } from './to-correct.js';

export interface Uploaded extends UploadResult {
  status: 200 | 400 | 503;
}

const messages: Readonly<Record<FileCode, string>> = {
  CPF01: 'localAuthority.name is the name of another local authority. Send your own.',
  CPF02: 'Processed in full.',
  CPF03: 'Processed in part. The other records are on your list to correct.',
  CPF04: 'No record was processed. All are on your list to correct.',
  CPF05: 'The demographics service is unavailable. Nothing was stored. Send the file again later.',
};

/**
 * Takes a local authority's file: reads it, checks each record alone, matches the complete ones against the
 * demographics, and then stores them. Nothing is stored unless the whole file could be read and matched.
 */
export const takeUpload = async (
  { database, demographics, now }: RegisterParts,
  localAuthority: string,
  mediaType: 'json' | 'csv',
  bytes: ArrayBuffer,
): Promise<Uploaded> => {
  let judged: Judged[];
  let details: AuthorityDetails | undefined;
  try {
    const file = await readFile(mediaType, bytes);
    details = file.localAuthority;
    judged = await judge(file.records, (numbers) => demographics.find(database, numbers));
  } catch (error) {
    if (error instanceof CorruptFile) return { status: 400, file: 'CPF01', message: error.message, records: [] };
    if (error instanceof DemographicsUnavailable) {
      return { status: 503, file: 'CPF05', message: messages.CPF05, records: [] };
    }
    throw error;
  }

  const at = now();
  if (details !== undefined && !(await nameAuthority(database, localAuthority, details))) {
    return { status: 400, file: 'CPF01', message: messages.CPF01, records: [] };
  }
  const stored = (await storeRecords(database, localAuthority, judged, at)).map(({ row, record, code, message }) => ({
    row,
    code,
    message,
    sent: asSent(record),
    taken: code === 'CPR06',
  }));
  await settleToCorrect(database, localAuthority, stored, at);
  const taken = stored.filter((record) => record.taken).length;
  const file = taken === stored.length ? 'CPF02' : taken > 0 ? 'CPF03' : 'CPF04';
  const detail = { file, records: stored.length, taken };
  await audit(database, { at, actor: localAuthority, action: 'upload', detail });
  return {
    status: 200,
    file,
    message: messages[file],
    records: stored.map(({ row, sent, code, message }) => ({ row, nhsNumber: sent.nhsNumber, code, message })),
  };
};

/** How many numbers are looked up at once. */
const LOOKED_UP = 5_000;

const judge = async (
  records: readonly unknown[],
  find: (numbers: readonly string[]) => ReturnType<RegisterParts['demographics']['find']>,
): Promise<Judged[]> => {
  const judged: Judged[] = [];
  do {
    const batch = records
      .slice(judged.length, judged.length + LOOKED_UP)
      .map((record) => ({ record, read: checkRecord(record) }));
    const numbers = batch.flatMap(({ read }) => ('nhsNumber' in read ? [read.nhsNumber] : []));
    const people = await find([...new Set(numbers)]);
    for (const { record, read } of batch) {
      const row = judged.length + 1;
      if ('code' in read) {
        judged.push({ row, record, ...read });
        continue;
      }
      const verdict = matchRecord(read, people.get(read.nhsNumber));
      judged.push({ row, record, ...verdict, ...(verdict.code === 'CPR06' && { checked: read }) });
    }
  } while (judged.length < records.length);
  return judged;
};

/**
 * Stores the name and numbers that are shown for an authority from now on.
 * @returns false, with nothing changed, when the name is another authority's
 */
const nameAuthority = (database: Database, code: string, details: AuthorityDetails): Promise<boolean> =>
  database.transaction(async (inside) => {
    // Two authorities that claim one name at the same moment take turns.
    await inside.query(`select pg_advisory_xact_lock(hashtext('local_authority.name'))`);
    const borne = await inside.query<{ code: string; name: string }>('select code, name from local_authority');
    if (isAnothersName({ code, name: details.name }, borne)) return false;
    await inside.query(
      `update local_authority set name = $2, office_hours_phone = $3, emergency_duty_phone = $4
        where code = $1 and (name, office_hours_phone, emergency_duty_phone) is distinct from ($2, $3, $4)`,
      [code, details.name, details.officeHoursPhone, details.emergencyDutyPhone],
    );
    return true;
  });
