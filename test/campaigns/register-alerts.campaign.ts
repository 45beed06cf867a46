// Mixed opens from eight unscheduled settings and from scheduled care. There must be exactly as many alerts as
// unscheduled accesses to held records times their authorities, and none for scheduled care. With
// REGISTER_TEST_DATABASE_URL it runs on PostgreSQL.
import { environment } from '../../demo/register/environment.js';
import { createRegister, openDatabase } from '../../demo/register/index.js';
import { holdings } from '../../demo/register/seed/index.js';
import { careTeamUrl, oneOf, randomOfCase, readHeaders, type Campaign, type Totals } from './campaign.js';

/** One user for each setting of contract section 1. */
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

const origin = 'http://register.test';

type Random = () => number;
type App = Awaited<ReturnType<typeof createRegister>>['app'];

/** What a scheduled read lists, by name. This is the campaign's own count of responsible authorities. */
const countAuthorities = async (app: App): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>();
  for (const { nhsNumber } of holdings) {
    const headers = readHeaders('demo-gp', crypto.randomUUID(), false);
    const response = await app.request(careTeamUrl(origin, nhsNumber), { headers });
    const { entry = [] } = (await response.json()) as { entry?: { resource: { name: string } }[] };
    found.set(nhsNumber, new Set(entry.map(({ resource }) => resource.name)).size);
  }
  return found;
};

/** One open, now and then sent three times. Returns the NHS number when it must have alerted. */
const open = async (app: App, random: Random, made: Totals): Promise<string | undefined> => {
  const { nhsNumber } = oneOf(random, holdings);
  const kind = random();
  const token = oneOf(random, kind < 0.75 ? Object.keys(settings) : [...silentOnly, ...Object.keys(settings)]);
  const unscheduled = kind < 0.75 || kind > 0.95;
  const headers = readHeaders(token, crypto.randomUUID(), unscheduled);
  const times = random() < 0.2 ? 3 : 1;
  const urls = [careTeamUrl(origin, nhsNumber), careTeamUrl(origin, nhsNumber).replace('CareTeam', 'AuditEvent')];
  const asked = Array.from({ length: times }, () => urls.map(async (url) => app.request(url, { headers }))).flat();
  const refused = unscheduled && silentOnly.includes(token);
  if ((await Promise.all(asked)).some(({ status }) => status !== (refused ? 403 : 200)))
    throw new Error('An unexpected answer');
  const count = (what: string): void => {
    made[what] = (made[what] ?? 0) + 1;
  };
  if (times > 1) count('sent again');
  count(refused ? 'refused' : unscheduled ? 'unscheduled' : 'scheduled');
  return unscheduled && !refused ? nhsNumber : undefined;
};

export const campaign: Campaign = {
  full: 10_000,
  slice: 16,
  batch: 40,
  open: async () => {
    const database = await openDatabase({ url: environment('REGISTER_TEST_DATABASE_URL') });
    const { app } = await createRegister({ database, now: () => Date.now() });
    const authoritiesOf = await countAuthorities(app);
    const expected = new Map<string, number>();

    /** Throws unless everybody has had the alerts that are due, and nobody has had one from scheduled care. */
    const verify = async (): Promise<number> => {
      const alerts = await database.query<{ nhsNumber: string; alerts: number }>(
        `select nhs_number as "nhsNumber", count(*)::int as alerts from notification group by nhs_number`,
      );
      const found = new Map(alerts.map((row) => [row.nhsNumber, row.alerts]));
      const off = [...authoritiesOf.keys()].filter((who) => (found.get(who) ?? 0) !== (expected.get(who) ?? 0));
      const [silent] = await database.query<{ alerts: number }>(
        `select count(*)::int as alerts from notification where content #>> '{access,setting}' in ('general-practice', 'school-nursing')`,
      );
      if (off.length > 0) throw new Error(`${off.length} people have another number of alerts than expected`);
      if (silent?.alerts !== 0) throw new Error(`${silent?.alerts ?? 'Unknown'} alerts from scheduled care`);
      return [...found.values()].reduce((total, one) => total + one, 0);
    };

    return {
      run: async (seed, from, to) => {
        const totals: Totals = {};
        const before = await verify();
        for (let index = from; index < to; index += 8) {
          const together = Array.from({ length: Math.min(8, to - index) }, (_, place) =>
            open(app, randomOfCase(seed, index + place), totals),
          );
          for (const who of await Promise.all(together))
            if (who !== undefined) expected.set(who, (expected.get(who) ?? 0) + (authoritiesOf.get(who) ?? 0));
        }
        const after = await verify().catch((fault: unknown) => {
          throw new Error(`Seed ${seed}, cases ${from} to ${to - 1}: ${(fault as Error).message}`, { cause: fault });
        });
        return { ...totals, alerts: after - before };
      },
      close: () => database.close(),
    };
  },
};
