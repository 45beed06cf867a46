import { testNumber } from '../../test/support/node/test-number.js';

/** As many as pgbench accepts scripts, one each. */
export const held = Array.from({ length: 128 }, (_, index) => testNumber(index));
/** The children's authorities. There are several, because alerts to one authority take turns. */
export const authorities = Array.from({ length: 16 }, (_, index) => `E090000${String(index + 2).padStart(2, '0')}`);

/** Puts back the first records, and adds 128 children with a plan each, eight to an authority. */
export const prepare = async (ask: (path: string, init: RequestInit) => Promise<Response>): Promise<void> => {
  const json = { 'Content-Type': 'application/json' };
  await ask('/sandbox/reset', { method: 'POST' });
  const people = held.map((nhsNumber) => ({
    nhsNumber,
    familyName: 'Example',
    givenName: 'Child',
    birthDate: '2015-06-01',
  }));
  for (const person of people) {
    await ask('/sandbox/demographics/people', { method: 'PUT', headers: json, body: JSON.stringify(person) });
  }
  const records = people.map((person) => ({ ...person, plans: [{ type: 'CPP', start: '2026-01-01' }] }));
  for (const [index, code] of authorities.entries()) {
    const own = records.filter((_, place) => place % authorities.length === index);
    const response = await ask(`/local-authorities/${code}/uploads`, {
      method: 'POST',
      headers: { ...json, Authorization: `Bearer demo-la-${code}` },
      body: JSON.stringify({
        localAuthority: { name: `Example ${code}`, emergencyDutyPhone: '020 7946 0123' },
        records: own,
      }),
    });
    const { file } = (await response.json()) as { file: string };
    if (file !== 'CPF02') throw new Error(`The bench's own upload was answered ${file}`);
  }
};
