import { expect } from 'chai';
import fc from 'fast-check';

import type { UploadRecord } from '../../demo/shared/register-api.js';
import type { Register } from '../../demo/register/index.js';
import { hackney, oliver } from './authority-support.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const twin = { nhsNumber: '9991136649', familyName: 'Turner', givenName: 'Lily-Mae', birthDate: '2025-03-13' };
const plans = oliver.plans;

describe('An upload', () => {
  let register: Register;
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  const plansOf = async (nhsNumber: string): Promise<string[]> =>
    t
      .resources(await t.readCareTeams(register, nhsNumber, { unscheduled: false }), 'CareTeam')
      .map(
        ({ category, period }) => `${category[0]?.coding[0]?.display ?? ''} ${period.start} ${period.end ?? 'open'}`,
      );

  describe('answers each record with its code:', () => {
    const cases: [code: string, why: string, record: unknown][] = [
      ['CPR06', 'everything agrees', oliver],
      ['CPR06', 'a number with spaces', { ...oliver, nhsNumber: '999 687 8082' }],
      ['CPR06', 'capitals, accents, a middle name', { ...oliver, familyName: 'BÉNNETT', givenName: 'oliver James' }],
      ['CPR06', 'a gender that is not known', { ...oliver, gender: 'not known' }],
      ['CPR06', 'gender left out, end empty', { ...oliver, gender: '', plans: [{ ...plans[0], end: '' }] }],
      ['CPR01', 'nobody has this number', { ...oliver, nhsNumber: '9998065577' }],
      ['CPR02', 'a sensitive record', { ...oliver, nhsNumber: '9993010022', familyName: 'Ashworth' }],
      ['CPR03', 'another family name', { ...oliver, familyName: 'Benett' }],
      ['CPR03', 'another birth date', { ...oliver, birthDate: '2017-02-03' }],
      ['CPR03', 'another gender', { ...oliver, gender: 'female' }],
      ['CPR03', "the other twin's name with this twin's number", { ...twin, givenName: 'Alfie', plans }],
      ['CPR03', 'another first name with the same middle name', { ...oliver, givenName: 'James Oliver' }],
      ['CPR04', 'a number from before 1996', { ...oliver, nhsNumber: 'KTUB 31' }],
      ['CPR04', 'another form of those', { ...oliver, nhsNumber: 'abcd/123/4' }],
      ['CPR05', 'a superseded number', { ...oliver, nhsNumber: '9994021133' }],
      ['CPR07', 'a failing check digit', { ...oliver, nhsNumber: '9996878083' }],
      ['CPR07', 'no number', { ...oliver, nhsNumber: '' }],
      ['CPR07', 'a number that is a number', { ...oliver, nhsNumber: 9_996_878_082 }],
      ['CPR07', 'no family name', { ...oliver, familyName: ' ' }],
      ['CPR07', 'a name too long', { ...oliver, familyName: 'x'.repeat(101) }],
      ['CPR07', 'a day that does not exist', { ...oliver, birthDate: '2017-02-29' }],
      ['CPR07', 'a British date', { ...oliver, birthDate: '02/03/2017' }],
      ['CPR07', 'a time', { ...oliver, birthDate: '2017-03-02T00:00' }],
      ['CPR07', 'no plans', { ...oliver, plans: [] }],
      ['CPR07', 'plans that are no list', { ...oliver, plans: 'CPP' }],
      ['CPR07', 'an unknown type', { ...oliver, plans: [{ type: 'CP', start: '2026-10-01' }] }],
      ['CPR07', 'an end before the start', { ...oliver, plans: [{ ...plans[0], end: '2026-09-30' }] }],
      ['CPR07', 'the same plan twice', { ...oliver, plans: [...plans, { ...plans[0], end: '2026-11-01' }] }],
      ['CPR07', 'a hundred and one plans', { ...oliver, plans: Array.from({ length: 101 }, () => plans[0]) }],
      ['CPR07', 'NUL in a name', { ...oliver, givenName: 'Oli\0ver' }],
      ['CPR07', 'null', null],
      ['CPR07', 'a list', []],
      ['CPR07', 'nothing', {}],
    ];
    for (const [code, why, record] of cases) {
      it(`${code}: ${why}`, async () => {
        const before = await la.everythingStored();
        const answer = await la.upload(register, [record]);
        expect(answer.status).to.equal(200);
        expect(answer.body.records[0]?.message).to.match(/\.$/);
        expect(la.codesOf(answer)).to.deep.equal([code === 'CPR06' ? 'CPF02' : 'CPF04', code]);
        const listed = await la.toCorrect(register);
        expect(listed.map((one) => one.code)).to.deep.equal(code === 'CPR06' ? [] : [code]);
        if (code !== 'CPR06') expect(await la.everythingStored()).not.to.deep.equal(before);
      });
    }
  });

  describe('answers the file with its code:', () => {
    it('CPF01 for what is not a file, and stores nothing', async () => {
      const before = await la.everythingStored();
      for (const body of ['', '{', 'null', '[]', '{}', '"x"', '{"records":[]}', `{"localAuthority":{},"records":[]}`]) {
        const { status, body: answer } = await la.ask(register, 'POST', `${la.islington}/uploads`, { body });
        expect([status, (answer as { file: string }).file], body).to.deep.equal([400, 'CPF01']);
      }
      expect(await la.everythingStored()).to.deep.equal(before);
    });

    it('CPF02 in full, CPF03 in part, CPF04 not at all', async () => {
      const wrong = { ...oliver, nhsNumber: '9998065577' };
      expect((await la.upload(register, [oliver])).body.file).to.equal('CPF02');
      expect((await la.upload(register, [oliver, wrong])).body.file).to.equal('CPF03');
      expect((await la.upload(register, [wrong])).body.file).to.equal('CPF04');
    });

    it('CPF02 for a file without records, which may bring new phone numbers', async () => {
      expect((await la.upload(register, [])).body).to.deep.include({ file: 'CPF02', records: [] });
    });

    for (const [what, phone, file] of [
      ['whose 0 a spreadsheet has taken', '2079460199', 'CPF01'],
      ['from abroad', '+33 1 23 45 67 89', 'CPF01'],
      ['that says there is none', 'N/A', 'CPF01'],
      ['with +44', '+44 20 7946 0199', 'CPF02'],
      ['as it is dialled', '020 7946 0199', 'CPF02'],
    ] as const)
      it(`${file} for a number ${what}`, async () => {
        const localAuthority = { ...la.details, officeHoursPhone: phone };
        const { body } = await la.ask(register, 'POST', `${la.islington}/uploads`, {
          body: { localAuthority, records: [] },
        });
        expect((body as { file: string }).file).to.equal(file);
      });

    it('CPF05 while the demographics service is unavailable, and stores nothing', async () => {
      const before = await la.everythingStored();
      const available = (is: boolean) =>
        register.app.request('/sandbox/demographics/available', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ available: is }),
        });
      await available(false);
      const { status, body } = await la.upload(register, [oliver]);
      expect([status, body.file]).to.deep.equal([503, 'CPF05']);
      expect(await la.everythingStored()).to.deep.equal(before);
      await available(true);
      expect((await la.upload(register, [oliver])).body.file).to.equal('CPF02');
    });
  });

  it('is answered to health care at once, under the name and numbers that it contains', async () => {
    const record = {
      ...oliver,
      nhsNumber: '9992811528',
      familyName: 'Davies',
      givenName: 'Harriet',
      birthDate: '2021-10-25',
    };
    const answer = await la.upload(register, [{ ...record, gender: 'female' }]);
    expect(la.codesOf(answer)).to.deep.equal(['CPF02', 'CPR06']);
    const team = t.sole(await t.readCareTeams(register, '9992811528', { unscheduled: false }), 'CareTeam');
    expect(team).to.deep.include({
      name: la.details.name,
      telecom: [{ system: 'phone', value: la.details.emergencyDutyPhone, use: 'mobile' }],
    });
  });

  it('twice changes nothing', async () => {
    const records = [oliver, { ...oliver, nhsNumber: '9998065577' }, { ...twin, plans }, 'nonsense'];
    const first = await la.upload(register, records);
    const before = await la.everythingStored();
    t.clock.now += t.hours;
    expect((await la.upload(register, records)).body).to.deep.equal(first.body);
    expect(await la.everythingStored()).to.deep.equal(before);
  });

  it('ends a plan, and keeps one that it does not mention', async () => {
    await la.upload(register, [{ ...oliver, plans: [{ type: 'CPP', start: '2026-10-01', end: '2026-11-20' }] }]);
    expect(await plansOf(oliver.nhsNumber)).to.deep.equal([
      'Subject to child protection plan 2026-09-08 open',
      'Subject to child protection plan 2026-10-01 2026-11-20',
    ]);
  });

  it('of one authority does not touch the plans of another', async () => {
    await la.upload(
      register,
      [{ ...oliver, plans: [{ type: 'CPP', start: '2026-09-08', end: '2026-10-01' }] }],
      hackney,
    );
    expect(await plansOf(oliver.nhsNumber)).to.include('Subject to child protection plan 2026-09-08 open');
  });

  it('keeps every good row, whatever is beside it (property)', async () => {
    const good = fc.constantFrom<UploadRecord>(oliver, { ...oliver, plans: [{ type: 'LAC', start: '2026-01-01' }] });
    const bad = fc.oneof(
      fc.anything({ withNullPrototype: false }),
      fc.record({ nhsNumber: fc.string(), familyName: fc.string(), plans: fc.anything() }),
      fc.constant({ ...oliver, givenName: '\u0000' }),
      fc.constant({ ...oliver, familyName: '\ud800' }),
    );
    const rows = fc.array(
      fc.oneof(
        good.map((record) => ({ record, ok: true })),
        bad.map((record) => ({ record, ok: false })),
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const { status, body } = await la.upload(
          register,
          all.map(({ record }) => record),
        );
        expect(status).to.equal(200);
        expect(body.records.map(({ code }) => code === 'CPR06')).to.deep.equal(all.map(({ ok }) => ok));
      }),
      { numRuns: 60 },
    );
  });

  it('takes 10,000 records in one file', async () => {
    const people = Array.from({ length: 10_000 }, (_, index) => inventedPerson(index));
    await t.addPeople(people);
    const records = people.map((person) => ({ ...person, plans }));
    const { body } = await la.upload(register, records);
    expect(body.file).to.equal('CPF02');
    expect(body.records).to.have.length(10_000);
    expect(await plansOf(inventedPerson(9_999).nhsNumber)).to.deep.equal([
      'Subject to child protection plan 2026-10-01 open',
    ]);
  });
});

describe('The to-correct list', () => {
  let register: Register;
  const alfie = { nhsNumber: '9996945286', familyName: 'Turner', givenName: 'Alfie', birthDate: '2025-03-13', plans };
  const lily = { ...twin, plans };
  const left = async () => (await la.toCorrect(register)).map(({ record }) => record.givenName);
  beforeEach(async () => {
    register = await t.freshRegister();
  });

  it('holds a person once, with the plans of every line about them', async () => {
    const line = (plan: string) => `${twin.nhsNumber},Turner,Alfie,2025-03-13,,${plan}`;
    const header = 'nhsNumber,familyName,givenName,birthDate,gender,type,start,end';
    const csv = [header, line('CPP,2026-01-05,2026-02-30'), line('LAC,2026-03-01,'), line('LAC,2026-03-01,')].join(
      '\n',
    );
    await la.uploadCsv(register, csv);
    const [only, ...more] = await la.toCorrect(register);
    expect(more).to.deep.equal([]);
    expect(only?.record.plans).to.deep.equal([
      { type: 'CPP', start: '2026-01-05', end: '2026-02-30' },
      { type: 'LAC', start: '2026-03-01', end: '' },
    ]);
  });

  it('holds a record as it was sent, with its code, until a later upload corrects it', async () => {
    await la.upload(register, [oliver, { ...alfie, nhsNumber: twin.nhsNumber }]);
    const [only] = await la.toCorrect(register);
    expect(only).to.deep.include({
      code: 'CPR03',
      row: 2,
      sentAt: '2026-11-22T21:42:00.000Z',
      record: {
        nhsNumber: twin.nhsNumber,
        familyName: 'Turner',
        givenName: 'Alfie',
        birthDate: '2025-03-13',
        gender: '',
        plans: [{ type: 'CPP', start: '2026-10-01', end: '' }],
      },
    });
    await la.upload(register, [alfie]);
    expect(await left()).to.deep.equal([]);
  });

  it("is not corrected by the record of the twin whose number it had, because Alfie's would be lost", async () => {
    await la.upload(register, [{ ...alfie, nhsNumber: twin.nhsNumber }]);
    await la.upload(register, [lily]);
    expect(await left()).to.deep.equal(['Alfie']);
  });

  for (const [what, wrong] of [
    ['the number', { nhsNumber: '9998065577' }],
    ['the birth date', { birthDate: '2025-03-31' }],
    ['the family name', { familyName: 'Tuner' }],
  ] as const) {
    it(`is corrected when ${what} was put right, even within one file`, async () => {
      await la.upload(register, [{ ...alfie, ...wrong }]);
      expect(await left()).to.deep.equal(['Alfie']);
      await la.upload(register, [alfie]);
      expect(await left()).to.deep.equal([]);
      await la.upload(register, [{ ...alfie, ...wrong }, alfie]);
      expect(await left()).to.deep.equal([]);
      await la.upload(register, [alfie, { ...alfie, ...wrong }]);
      expect(await left(), 'the later one is wrong').to.deep.equal(['Alfie']);
    });
  }

  it('is the authority’s own, and the authority may take a record off', async () => {
    await la.upload(register, [{ ...alfie, familyName: 'Tuner' }]);
    await la.upload(register, [alfie], hackney);
    const [only] = await la.toCorrect(register);
    const dismiss = (by: string) => la.ask(register, 'DELETE', `${by}/to-correct/${only?.id ?? ''}`, { by });
    expect((await dismiss(hackney)).status).to.equal(404);
    expect((await dismiss(la.islington)).status).to.equal(204);
    expect(await left()).to.deep.equal([]);
  });
});

/** Somebody new, with a valid test number. */
const inventedPerson = (index: number) => ({
  nhsNumber: t.testNumber(index),
  familyName: 'Example',
  givenName: `Child${String.fromCharCode(97 + (index % 26))}`,
  birthDate: '2015-06-01',
});
