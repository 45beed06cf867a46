import { expect } from 'chai';

import type { BirthRecorded } from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { hackney, islington } from './authority-support.js';
import * as la from './authority-support.js';
import * as t from './support.js';

/** Ngozi Okonkwo has an unborn plan of Hackney's. Her baby, not yet named, was born on `sunday`. */
const mother = '9992152966';
const baby = '9992727047';
const born = '2026-11-22';
const birth = { mother: { nhsNumber: mother }, baby: { nhsNumber: baby, birthDate: born } };

describe('Recording a birth', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });
  const record = (body: unknown, by = hackney) => la.ask<BirthRecorded>(register, 'POST', `${by}/births`, { by, body });
  const plansOf = async (nhsNumber: string) =>
    t
      .resources(await t.readCareTeams(register, nhsNumber, { unscheduled: false }), 'CareTeam')
      .map(({ category, period, subject }) => [
        category[0]?.coding[0]?.code,
        period.start,
        period.end,
        subject.display,
      ]);
  const putPerson = (body: object) =>
    register.app.request('/sandbox/demographics/people', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('ends the unborn plan on the mother’s record and starts the baby’s, under the mother’s name', async () => {
    const { status, body } = await record(birth);
    expect(status).to.equal(201);
    expect([body.mother.name, body.baby.name, body.baby.age]).to.deep.equal([
      'Ngozi OKONKWO',
      'baby OKONKWO',
      '0 days',
    ]);
    expect(await plansOf(mother)).to.deep.equal([['818901000000100', '2026-09-13', born, 'Ngozi OKONKWO']]);
    expect(await plansOf(baby)).to.deep.equal([['342191000000101', born, undefined, 'baby OKONKWO']]);
    expect((await la.childrenOf(register, hackney)).map(({ nhsNumber }) => nhsNumber)).to.include(baby);
  });

  it('shows the baby’s own name once it has one', async () => {
    const person = { nhsNumber: t.testNumber(1), familyName: 'Adeola', givenName: '', birthDate: born };
    await putPerson(person);
    await record({ ...birth, baby: { nhsNumber: person.nhsNumber, birthDate: born } });
    expect((await plansOf(person.nhsNumber))[0]?.[3]).to.equal('baby OKONKWO');
    await putPerson({ ...person, givenName: 'Tolu' });
    expect((await plansOf(person.nhsNumber))[0]?.[3]).to.equal('Tolu ADEOLA');
  });

  it('accepts the plan that the authority decided on', async () => {
    await record({ ...birth, plan: { type: 'LAC', start: born } });
    expect((await plansOf(baby))[0]?.[0]).to.equal('764841000000100');
  });

  it('twice counts once', async () => {
    const first = await record(birth);
    const before = await la.everythingStored();
    expect(await record(birth)).to.deep.equal({ ...first, status: 200 });
    expect(await la.everythingStored()).to.deep.equal(before);
  });

  it('of twins, on either side of midnight, starts two plans', async () => {
    t.clock.now += 24 * t.hours;
    const second = { nhsNumber: t.testNumber(2), birthDate: '2026-11-23' };
    await putPerson({ ...second, familyName: 'Okonkwo', givenName: 'baby' });
    expect((await record(birth)).status).to.equal(201);
    expect((await record({ ...birth, baby: second })).status).to.equal(201);
    expect(await plansOf(second.nhsNumber)).to.have.length(1);
    expect((await plansOf(mother)).map(([, , end]) => end)).to.deep.equal(['2026-11-23']);
  });

  const refusals: [what: string, status: number, body: unknown, by?: string][] = [
    ['another authority’s unborn plan', 409, birth, islington],
    ['a mother without an unborn plan', 409, { ...birth, mother: { nhsNumber: '9992915846' } }],
    ['a baby nobody knows', 422, { ...birth, baby: { nhsNumber: '9998065577', birthDate: born } }],
    ['a baby born on another day', 422, { ...birth, baby: { nhsNumber: baby, birthDate: '2026-11-21' } }],
    ['a sensitive baby', 422, { ...birth, baby: { nhsNumber: '9993010022', birthDate: '2018-04-09' } }],
    ['a superseded mother', 422, { ...birth, mother: { nhsNumber: '9994021133' } }],
    ['a birth to come', 422, { ...birth, baby: { nhsNumber: baby, birthDate: '2026-11-23' } }],
    ['a plan before the birth', 422, { ...birth, plan: { type: 'CPP', start: '2026-11-21' } }],
    ['mother and baby alike', 422, { ...birth, baby: { nhsNumber: mother, birthDate: born } }],
    ['an unborn plan for the born', 400, { ...birth, plan: { type: 'UCP', start: born } }],
    ['half a birth', 400, { mother: birth.mother }],
    ['no JSON', 400, '{'],
  ];
  for (const [what, status, body, by] of refusals) {
    it(`refuses ${what} with ${status} and stores nothing`, async () => {
      const before = await la.everythingStored();
      const answer = await record(body, by);
      expect(answer.status).to.equal(status);
      expect(JSON.stringify(answer.body)).not.to.match(/\d{10}/);
      expect(await la.everythingStored()).to.deep.equal(before);
    });
  }
});
