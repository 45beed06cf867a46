import { expect } from 'chai';

import type { Register } from '../../demo/register/index.js';
import { holdings } from '../../demo/register/seed/index.js';
import { parseCareTeams } from '../../src/register/parse-care-team.js';
import { parsePatientFlags } from '../../src/register/parse-patient-flags.js';
import * as t from './support.js';

const flag = 'child-protection-information-system-flag';
const system = 'https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient';
const aaliyah = '9995124467';

describe('The Patient Flags API', () => {
  let register: Register;
  before(async () => {
    register = await t.freshRegister();
  });
  const read = async (query: string, headers: Record<string, string> = {}) =>
    register.app.request(`${t.base}/PatientFlag?${query}`, {
      headers: { Authorization: 'Bearer demo-gp', ...headers },
    });
  const bodyOf = async (query: string): Promise<unknown> => (await read(query)).json();

  it('tells the tag the same about everybody as the CP-IS API', async () => {
    for (const { nhsNumber, covers } of holdings) {
      const flags = parsePatientFlags(await bodyOf(`patient=${nhsNumber}&code=${flag}`), nhsNumber);
      const careTeams = parseCareTeams(await t.readCareTeams(register, nhsNumber, { unscheduled: false }), nhsNumber);
      expect(flags, covers).to.deep.equal(careTeams);
    }
  });

  it('has the shape of NHS England’s bundle: Flag, CarePlan, CareTeam; total counts Flags', async () => {
    const bundle = (await bodyOf(`patient=${aaliyah}&code=${flag}`)) as t.Bundle;
    expect(bundle.total).to.equal(3);
    expect(bundle.entry?.map(({ resource, search }) => `${search.mode} ${resource.resourceType}`)).to.deep.equal([
      ...Array<string>(3).fill('match Flag'),
      ...Array<string>(3).fill('include CarePlan'),
      ...Array<string>(2).fill('include CareTeam'),
    ]);
    expect(bundle.entry?.[0]?.resource).to.have.nested.property('code.coding[0].system', system);
    expect(bundle.entry?.[0]?.resource).to.have.nested.property('subject.identifier.value', aaliyah);
  });

  it('answers that nothing was found with total 0 and an empty entry', async () => {
    const bundle = await bodyOf(`patient=9992811528&code=${flag}`);
    expect(bundle).to.deep.include({ type: 'searchset', total: 0, entry: [] });
  });

  it('accepts the number and the code with their systems too', async () => {
    for (const query of [
      `patient=${encodeURIComponent(`${t.nhsNumberSystem}|${aaliyah}`)}&code=${flag}`,
      `patient=${aaliyah}&code=${encodeURIComponent(`${system}|${flag}`)}`,
    ]) {
      expect((await read(query)).status).to.equal(200);
    }
  });

  it('makes no access and alerts nobody', async () => {
    const before = await t.accessRows(register);
    await read(`patient=${aaliyah}&code=${flag}`, { IsUnscheduledAccessEvent: 'false' });
    await read(`patient=${aaliyah}&code=${flag}`, { Authorization: 'Bearer demo-ed-nurse' });
    expect(await t.accessRows(register)).to.deep.equal(before);
    expect(await t.database.query('select 1 from notification')).to.deep.equal([]);
  });

  for (const [status, what, query, headers] of [
    [400, 'an unscheduled access', `patient=${aaliyah}&code=${flag}`, { IsUnscheduledAccessEvent: 'true' }],
    [400, 'no patient', `code=${flag}`, {}],
    [400, 'two patients', `patient=${aaliyah}&patient=${aaliyah}&code=${flag}`, {}],
    [400, 'an invalid number', `patient=9995124468&code=${flag}`, {}],
    [400, 'no code', `patient=${aaliyah}`, {}],
    [400, 'another flag', `patient=${aaliyah}&code=reasonable-adjustment`, {}],
    [401, 'a stranger', `patient=${aaliyah}&code=${flag}`, { Authorization: '' }],
    [403, 'a role without access', `patient=${aaliyah}&code=${flag}`, { Authorization: 'Bearer demo-no-access' }],
  ] as const) {
    it(`refuses ${what} with ${status}`, async () => {
      const response = await read(query, headers);
      expect(response.status).to.equal(status);
      expect(await response.text()).not.to.contain(aaliyah);
    });
  }
});
