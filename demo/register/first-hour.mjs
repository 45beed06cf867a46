/**
 * The steps of “Your first hour” in docs/register.md, against the sandbox register. Each sends one request and prints
 * the answer.
 *
 *     node demo/register/first-hour.mjs upload [--as Davis] [--port 8080]
 */
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '8080' }, as: { type: 'string', default: 'Davies' } },
});
const register = `http://localhost:${values.port}`;
const islington = `${register}/local-authorities/E09000019`;
const asIslington = { Authorization: 'Bearer demo-la-E09000019' };

/** Sends one request and prints the status and the body of the answer. */
async function ask(address, init) {
  const response = await fetch(address, init);
  const body = await response.text();
  console.log(response.status, body === '' ? '' : JSON.parse(body));
}

const post = (address, type, body) =>
  ask(address, { method: 'POST', headers: { ...asIslington, 'Content-Type': type }, body });

/** An invented person from the demographics. They are found by name, because birth dates move with today. */
async function person(isTheOne) {
  const people = await (await fetch(`${register}/demographics`)).json();
  return people.find(isTheOne);
}

const steps = {
  /** Harriet Davies is put on a plan. */
  async upload() {
    const { nhsNumber, givenName, birthDate, gender } = await person(({ familyName }) => familyName === 'Davies');
    const plans = [{ type: 'CPP', start: '2026-01-05' }];
    const localAuthority = {
      name: 'Islington',
      officeHoursPhone: '020 7946 0199',
      emergencyDutyPhone: '020 7946 0123',
    };
    const records = [{ nhsNumber, familyName: values.as, givenName, birthDate, gender, plans }];
    await post(`${islington}/uploads`, 'application/json', JSON.stringify({ localAuthority, records }));
  },

  /** The same as CSV. */
  async csv() {
    const { nhsNumber, givenName, birthDate } = await person(({ familyName }) => familyName === 'Davies');
    const header = 'nhsNumber,familyName,givenName,birthDate,gender,type,start,end';
    const row = [nhsNumber, values.as, givenName, birthDate, '', 'CPP', '2026-01-05', ''].join();
    await post(`${islington}/uploads`, 'text/csv', `${header}\n${row}\n`);
  },

  /** What Islington was told. */
  told: () => ask(`${islington}/notifications`, { headers: asIslington }),

  /** What Islington has to correct. */
  'to-correct': () => ask(`${islington}/to-correct`, { headers: asIslington }),

  /** Chloe Roberts's baby is born. */
  async birth() {
    const { nhsNumber, birthDate } = await person((one) => one.nhsNumber === '9997661443');
    const body = { mother: { nhsNumber: '9990633606' }, baby: { nhsNumber, birthDate } };
    await post(`${islington}/births`, 'application/json', JSON.stringify(body));
  },

  /** As a hospital in unscheduled care would ask. This alerts. */
  ask: () =>
    ask(
      `${register}/cpis/FHIR/R4/CareTeam?${new URLSearchParams({
        'patient:identifier': 'https://fhir.nhs.uk/Id/nhs-number|9992811528',
      })}`,
      {
        headers: {
          Authorization: 'Bearer demo-ed-nurse',
          IsUnscheduledAccessEvent: 'true',
          TraceID: crypto.randomUUID(),
        },
      },
    ),
};

const [step = ''] = positionals;
if (Object.hasOwn(steps, step)) await steps[step]();
else {
  console.error(`Say which step: ${Object.keys(steps).join(', ')}`);
  process.exitCode = 1;
}
