// A local authority as a client of the register.

import type {
  ChildDetail,
  ChildListed,
  Notification,
  Notifications,
  ToCorrect,
  UploadRecord,
  UploadResult,
} from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { database } from './support.js';

export const islington = 'E09000019';
export const hackney = 'E09000012';

export interface Answered<Body> {
  status: number;
  body: Body;
}

/** Asks as an authority, by default about itself. Bodies are sent as JSON unless they are already text. */
export const ask = async <Body>(
  { app }: Register,
  method: string,
  path: string,
  { by = islington, body, headers = {} }: { by?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answered<Body>> => {
  const response = await app.request(`/local-authorities/${path}`, {
    method,
    headers: { Authorization: `Bearer demo-la-${by}`, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
};

export const details = { name: 'Islington Local Authority', emergencyDutyPhone: '020 7946 0123' };

/** Oliver Bennett of the demo, whose details agree with the demographics of `sunday`. */
export const oliver: UploadRecord = {
  nhsNumber: '9996878082',
  familyName: 'Bennett',
  givenName: 'Oliver',
  birthDate: '2017-03-02',
  gender: 'male',
  plans: [{ type: 'CPP', start: '2026-10-01' }],
};

export const upload = (register: Register, records: readonly unknown[], by = islington) =>
  ask<UploadResult>(register, 'POST', `${by}/uploads`, { by, body: { localAuthority: details, records } });

export const uploadCsv = (register: Register, csv: string, by = islington) =>
  ask<UploadResult>(register, 'POST', `${by}/uploads`, { by, body: csv, headers: { 'Content-Type': 'text/csv' } });

export const codesOf = ({ body }: Answered<UploadResult>): string[] => [
  body.file,
  ...body.records.map(({ code }) => code),
];

export const toCorrect = async (register: Register, by = islington): Promise<ToCorrect[]> =>
  (await ask<ToCorrect[]>(register, 'GET', `${by}/to-correct`, { by })).body;

export const inbox = async (
  register: Register,
  by = islington,
  query = 'limit=1000',
): Promise<readonly Notification[]> =>
  (await ask<Notifications>(register, 'GET', `${by}/notifications?${query}`, { by })).body.notifications;

export const childrenOf = async (register: Register, by = islington): Promise<ChildListed[]> =>
  (await ask<ChildListed[]>(register, 'GET', `${by}/children`, { by })).body;

/** One of the authority's children, by NHS number. */
export const childOf = async (register: Register, nhsNumber: string, by = islington): Promise<ChildDetail> => {
  const listed = (await childrenOf(register, by)).find((child) => child.nhsNumber === nhsNumber);
  if (listed === undefined) throw new Error('Not a child of this authority');
  return (await ask<ChildDetail>(register, 'GET', `${by}/children/${listed.id}`, { by })).body;
};

/** Everything the register holds except its audit, to which every request adds. */
export const everythingStored = async (): Promise<unknown> => {
  const tables = [
    'local_authority',
    'person',
    'plan',
    'access',
    'birth',
    'to_correct',
    'notification',
    'allocated_worker',
  ];
  return Promise.all(
    tables.map((table) =>
      database.query(`select to_jsonb(${table}) as row from ${table} order by to_jsonb(${table})::text`),
    ),
  );
};
