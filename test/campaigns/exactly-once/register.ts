import { environment } from '../../../demo/register/environment.js';
import { getRequestListener } from '@hono/node-server';
import type { RequestListener } from 'node:http';

import { insertRows } from '../../../demo/register/database/insert-rows.js';
import { createRegister, openDatabase } from '../../../demo/register/index.js';
import { authorities, type Script } from './scripts.js';

/** What the register holds about one patient at the end. */
export interface Held {
  /** "author TraceID" for each access row. */
  readonly accesses: readonly string[];
  /** "access local authority" for each alert. */
  readonly alerts: readonly string[];
  /** How many views the history lists to health care. */
  readonly listed: number;
}

export interface RegisterUnderTest {
  readonly answer: RequestListener;
  readonly prepare: (scripts: readonly Script[]) => Promise<void>;
  readonly held: (script: Script) => Promise<Held>;
  readonly close: () => Promise<void>;
}

/** The sandbox register with a database of its own, in which each script's authorities hold a record of its patient. */
export async function registerUnderTest(): Promise<RegisterUnderTest> {
  const database = await openDatabase({ url: environment('REGISTER_TEST_DATABASE_URL') });
  const { app, reset } = await createRegister({
    database,
    now: () => Date.now(),
    seed: () => ({
      localAuthorities: authorities.map((code) => ({ code, name: code, emergencyDutyPhone: '02079460123' })),
      practitioners: [],
      people: [],
      plans: [],
      accesses: [],
    }),
  });
  await reset();
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  return {
    answer: (request, response) => void listener(request, response),
    async prepare(scripts) {
      const person = ({ nhsNumber }: Script) => ({ nhs_number: nhsNumber, family_name: 'Vale', given_name: 'Robin' });
      await insertRows(database, 'person', scripts.map(person));
      const plan = (nhsNumber: string, code: string) => ({
        nhs_number: nhsNumber,
        type_code: '342191000000101',
        type_display: 'Subject to child protection plan',
        local_authority: code,
        start_date: '2026-01-05',
      });
      const plans = scripts.flatMap(({ nhsNumber, holders }) => holders.map((code) => plan(nhsNumber, code)));
      await insertRows(database, 'plan', plans);
    },
    async held({ nhsNumber }) {
      const accesses = await database.query<{ id: string; author: string; trace: string }>(
        `select id::text, author, trace_id::text as trace from access where nhs_number = $1`,
        [nhsNumber],
      );
      const alerts = await database.query<{ access: string; code: string }>(
        `select access_id::text as access, local_authority as code from notification where nhs_number = $1`,
        [nhsNumber],
      );
      const response = await app.request(
        `/cpis/FHIR/R4/AuditEvent?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`,
        {
          headers: { Authorization: 'Bearer demo-gp', TraceID: crypto.randomUUID(), IsUnscheduledAccessEvent: 'false' },
        },
      );
      const traceOf = new Map(accesses.map(({ id, author, trace }) => [id, `${author} ${trace}`]));
      return {
        accesses: [...traceOf.values()],
        alerts: alerts.map(({ access, code }) => `${traceOf.get(access) ?? 'no access'} ${code}`),
        listed: ((await response.json()) as { total: number }).total,
      };
    },
    close: () => database.close(),
  };
}
