// Mixed opens from the eight unscheduled settings and from scheduled care: exactly as many alerts as unscheduled accesses
// to held records times their authorities, and none for scheduled care.
//
//   npm run campaign:register-alerts -- --seed 1 --count 10000
import { createRegister, openDatabase } from '../../demo/register/index.js';
import { holdings } from '../../demo/register/seed/index.js';
import { careTeamUrl, oneOf, randomOf, readHeaders, seedAndCount } from './campaign.js';

const { seed, count } = seedAndCount({ seed: 1, count: 10_000 });
const random = randomOf(seed);

/** One in each setting of contract section 1. */
const settings = {
  'demo-ed-nurse': 'emergency department',
  'demo-dental-nurse': 'emergency dental service',
  'demo-walk-in-nurse': 'walk-in centre',
  'demo-paramedic': 'ambulance',
  'demo-out-of-hours-gp': 'GP out of hours',
  'demo-ward-nurse': 'paediatric ward',
  'demo-midwife': 'maternity unit',
  'demo-111': 'NHS 111',
};
const silentOnly = ['demo-gp', 'demo-school-nurse'];

const database = await openDatabase({ url: process.env['REGISTER_TEST_DATABASE_URL'] });
const { app } = await createRegister({ database, now: () => Date.now() });
const origin = 'http://register.test';

/** By whom, of whom: each read's TraceID once, however often it is sent. */
const made = { unscheduled: 0, scheduled: 0, refused: 0, sentAgain: 0 };
const expected = new Map<string, number>();
const authoritiesOf = new Map<string, number>();
for (const { nhsNumber } of holdings) {
  // What a scheduled read lists, by name: the campaign's own count of responsible authorities.
  const response = await app.request(careTeamUrl(origin, nhsNumber), {
    headers: readHeaders('demo-gp', crypto.randomUUID(), false),
  });
  const { entry = [] } = (await response.json()) as { entry?: { resource: { name: string } }[] };
  authoritiesOf.set(nhsNumber, new Set(entry.map(({ resource }) => resource.name)).size);
}

const ask = async (url: string, headers: Record<string, string>): Promise<Response> => app.request(url, { headers });

const open = async (): Promise<void> => {
  const { nhsNumber } = oneOf(random, holdings);
  const kind = random();
  const traceId = crypto.randomUUID();
  const token = oneOf(random, kind < 0.75 ? Object.keys(settings) : [...silentOnly, ...Object.keys(settings)]);
  const unscheduled = kind < 0.75 || kind > 0.95;
  const headers = readHeaders(token, traceId, unscheduled);
  const times = random() < 0.2 ? 3 : 1;
  const urls = [careTeamUrl(origin, nhsNumber), careTeamUrl(origin, nhsNumber).replace('CareTeam', 'AuditEvent')];
  const answers = await Promise.all(Array.from({ length: times }, () => urls.map((url) => ask(url, headers))).flat());
  const refused = unscheduled && silentOnly.includes(token);
  if (answers.some(({ status }) => status !== (refused ? 403 : 200))) throw new Error('An unexpected answer');
  made.sentAgain += times > 1 ? 1 : 0;
  if (refused) made.refused += 1;
  else if (!unscheduled) made.scheduled += 1;
  else {
    made.unscheduled += 1;
    expected.set(nhsNumber, (expected.get(nhsNumber) ?? 0) + (authoritiesOf.get(nhsNumber) ?? 0));
  }
};

for (let done = 0; done < count; done += 8) {
  await Promise.all(Array.from({ length: Math.min(8, count - done) }, open));
}

const alerts = await database.query<{ nhsNumber: string; alerts: number }>(
  `select nhs_number as "nhsNumber", count(*)::int as alerts from notification group by nhs_number`,
);
const found = new Map(alerts.map((row) => [row.nhsNumber, row.alerts]));
const off = [...authoritiesOf.keys()].filter((who) => (found.get(who) ?? 0) !== (expected.get(who) ?? 0));
const sum = (counts: Iterable<number>) => [...counts].reduce((total, one) => total + one, 0);
const [silent] = await database.query<{ alerts: number }>(
  `select count(*)::int as alerts from notification where content #>> '{access,setting}' in ('general-practice', 'school-nursing')`,
);
const bySetting = await database.query(
  `select content #>> '{access,setting}' as setting, count(*)::int as alerts from notification group by 1 order by 1`,
);
await database.close();

console.log(JSON.stringify({ seed, opens: count, ...made }));
console.log(
  `Alerts: ${sum(found.values())}, expected ${sum(expected.values())}; from scheduled care: ${silent?.alerts ?? 0}`,
);
console.table(bySetting);
if (off.length > 0 || silent?.alerts !== 0) {
  console.error(`${off.length} people have another number of alerts than expected`);
  process.exitCode = 1;
}
