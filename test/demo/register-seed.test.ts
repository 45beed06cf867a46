import { expect } from 'chai';
import oracle from 'nhs-number-validator';
import { people } from '../../demo/shared/people.js';
import { planTypes, type Register } from '../../demo/register/index.js';
import { authorities } from '../../demo/register/seed/authorities.js';
import { demoRecords, holdings } from '../../demo/register/seed/index.js';
import * as t from './support.js';

/** Ofcom's numbers for drama, as national digits. */
const drama = /^(01632960\d{3}|02079460\d{3}|01134960\d{3}|01614960\d{3}|07700900\d{3})$/;
const digits = (phone: string) => phone.replace(/^\+44/, '0').replaceAll(' ', '');

describe('The invented people', () => {
  const everyone = people('2026-11-22');

  it('have valid test numbers, each their own', () => {
    for (const { nhsNumber } of everyone) {
      expect(nhsNumber).to.match(/^999\d{7}$/);
      expect(oracle.validate(nhsNumber), nhsNumber).to.equal(true);
    }
    expect(new Set(everyone.map((person) => person.nhsNumber)).size)
      .to.equal(everyone.length)
      .and.at.least(26);
  });

  it('keep their ages on any day, and none is born in the future', () => {
    for (const today of ['2026-11-22', '2028-02-29', '2027-03-01', '2027-12-31']) {
      for (const [index, { birthDate }] of people(today).entries()) {
        expect(birthDate).to.match(/^\d{4}-\d\d-\d\d$/);
        expect(birthDate <= today).to.equal(true);
        const drift = age(birthDate, today) - age(everyone[index]?.birthDate ?? '', '2026-11-22');
        expect(Math.abs(drift)).to.be.below(0.02);
      }
    }
  });

  it('are each in the register’s table once, with the case they cover', () => {
    expect(holdings.map((one) => one.nhsNumber)).to.have.members(everyone.map((person) => person.nhsNumber));
    expect(new Set(holdings.map((one) => one.covers)).size).to.equal(holdings.length);
  });
});

describe('The demo’s records', () => {
  const records = demoRecords(t.sunday);

  it('hold only phone numbers kept for drama', () => {
    const phones = records.localAuthorities
      .flatMap((one) => [one.officeHoursPhone, one.emergencyDutyPhone ?? []])
      .flat();
    for (const phone of phones) if (phone !== undefined) expect(digits(phone)).to.match(drama);
  });

  it('hold only accesses in the past, on both sides of midnight and of the clock changes', () => {
    for (const now of [
      '2026-11-22T00:00:00Z',
      '2026-03-29T00:30:00Z',
      '2026-10-25T00:59:00Z',
      '2026-06-30T23:00:00Z',
    ]) {
      for (const { at } of demoRecords(Date.parse(now)).accesses) expect(Date.parse(at)).to.be.below(Date.parse(now));
    }
  });

  it('time accesses by the clock in London', () => {
    const at = records.accesses.filter((one) => one.nhsNumber === '9995124467').map((one) => one.at);
    expect(at).to.include('2026-11-18T02:51:00.000Z').and.to.include('2026-09-17T20:58:00.000Z');
  });

  it('include every plan type, an unknown one, and authorities named in every style', () => {
    const types = new Set(records.plans.map((plan) => plan.typeCode));
    expect([...types]).to.include.members(Object.values(planTypes).map((type) => type.code));
    expect(types.size).to.equal(4);
    const names = Object.values(authorities).map((one) => one.name);
    expect(names).to.include.members([
      'SFD1 - SHEFFIELD CITY COUNCIL',
      'MANCHESTER CITY COUNCIL',
      'Islington Local Authority',
    ]);
  });
});

describe('The demo’s register answers', () => {
  let register: Register;
  before(async () => {
    register = await t.freshRegister();
  });

  const plansOf = async (nhsNumber: string) =>
    t.resources(await t.readCareTeams(register, nhsNumber, { unscheduled: false }), 'CareTeam');
  const accessesOf = async (nhsNumber: string) =>
    (await t.readHistory(register, nhsNumber, { unscheduled: false })).total;

  const cases: [nhsNumber: string, plans: number, accesses: number][] = [
    ['9995124467', 3, 13],
    ['9996331520', 1, 2],
    ['9996878082', 1, 0],
    ['9992873604', 1, 1],
    ['9997034880', 1, 14],
    ['9996877442', 2, 25],
    ['9998817846', 1, 2],
    ['9992645768', 0, 2],
    ['9992158085', 1, 2],
    ['9990633606', 1, 2],
    ['9997661443', 1, 1],
    ['9997064968', 1, 3],
    ['9993338249', 2, 4],
    ['9998791685', 1, 2],
    ['9994336649', 1, 1],
    ['9997954564', 1, 1],
    ['9999814409', 1, 1],
    ['9999438725', 1, 2],
    ['9991080961', 1, 0],
    ['9997932803', 0, 0],
    ['9992811528', 0, 0],
    ['9997987209', 0, 0],
    ['9990184321', 0, 0],
    ['9992915846', 0, 1],
    ['9992426241', 0, 3],
    ['9997564804', 0, 6],
    ['9994716808', 2, 4],
    ['9992152966', 1, 2],
    ['9992727047', 0, 0],
    ['9991136649', 1, 3],
    ['9996945286', 1, 0],
    ['9999205763', 1, 2],
    ['9995857286', 0, 0],
    ['9992382082', 0, 0],
  ];
  for (const [nhsNumber, plans, accesses] of cases) {
    const covers = holdings.find((one) => one.nhsNumber === nhsNumber)?.covers;
    it(`${nhsNumber}: plans ${plans}, accesses ${accesses} (${covers})`, async () => {
      expect(await plansOf(nhsNumber)).to.have.length(plans);
      expect(await accessesOf(nhsNumber)).to.equal(accesses);
    });
  }

  it('for the newborn under “baby” and the mother’s name', async () => {
    expect((await plansOf('9997661443'))[0]?.subject.display).to.equal('baby ROBERTS');
  });

  it('with a plan that has yet to start', async () => {
    expect((await plansOf('9992158085'))[0]?.period).to.deep.equal({ start: '2026-12-01' });
  });

  it('with an unknown plan code, as it was sent', async () => {
    expect((await plansOf('9999814409'))[0]?.category[0]?.coding[0]).to.include({ code: '999000051000000107' });
  });
});

const age = (birthDate: string, today: string): number =>
  (Date.parse(today) - Date.parse(birthDate)) / 365.25 / 86_400_000;
