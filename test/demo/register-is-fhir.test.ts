import { expect } from 'chai';
import { Fhir } from 'fhir';

import type { Register } from '../../demo/register/index.js';
import * as t from './support.js';

interface Resource {
  resourceType: string;
  entry?: { resource: Resource }[];
}

/** What an independent FHIR R4 validator finds wrong with a body, and with each resource of a Bundle separately. */
const faultsOf = (body: Resource): string[] =>
  [body, ...(body.entry ?? []).map(({ resource }) => resource)].flatMap((resource) =>
    new Fhir()
      .validate(resource, { errorOnUnexpected: true })
      .messages.filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
      .map(({ location, message }) => `${resource.resourceType}, ${location ?? ''}: ${message ?? ''}`),
  );

describe('What the sandbox register serves is FHIR R4', () => {
  let register: Register;
  let people: readonly string[];
  before(async () => {
    register = await t.freshRegister();
    const listed = await t.database.query<{ nhs_number: string }>('select nhs_number from person order by nhs_number');
    people = listed.map(({ nhs_number: number }) => number);
  });

  const get = async (path: string, asked?: t.Asked): Promise<{ status: number; body: Resource }> => {
    const response = await register.app.request(path, { headers: t.headersOf(asked) });
    return { status: response.status, body: (await response.json()) as Resource };
  };

  it('the validator finds errors where there are some', () => {
    const wrong = { resourceType: 'CareTeam', status: 'over', period: { start: 'soon' }, colour: 'red' };
    expect(faultsOf(wrong)).to.have.lengthOf(3);
  });

  for (const [what, path] of [
    ['plans', t.careTeamPath],
    ['views', t.auditEventPath],
    [
      'flags',
      (number: string) => `${t.base}/PatientFlag?patient=${number}&code=child-protection-information-system-flag`,
    ],
  ] as const)
    it(`${what} for everybody, with or without a record: no error`, async () => {
      expect(people.length).to.be.greaterThan(20);
      let resources = 0;
      for (const number of people) {
        const { status, body } = await get(path(number), { unscheduled: what === 'plans' });
        expect(status).to.equal(200);
        expect(faultsOf(body)).to.deep.equal([]);
        resources += body.entry?.length ?? 0;
      }
      expect(resources).to.be.greaterThan(5);
    });

  for (const [what, path, asked, status] of [
    ['an invalid NHS number', t.careTeamPath('9990000019'), {}, 400],
    ['no query', `${t.base}/CareTeam`, {}, 400],
    ['a token that is nobody’s', t.careTeamPath('9990000018'), { token: 'nobody' }, 401],
    ['an address that is not there', `${t.base}/Patient/1`, {}, 404],
  ] as const)
    it(`${status} for ${what}: a valid OperationOutcome`, async () => {
      const answer = await get(path, asked);
      expect([answer.status, answer.body.resourceType]).to.deep.equal([status, 'OperationOutcome']);
      expect(faultsOf(answer.body)).to.deep.equal([]);
    });
});
