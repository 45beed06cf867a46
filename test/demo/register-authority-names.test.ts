import { expect } from 'chai';

import type { UploadResult } from '../../demo/shared/register-api.js';
import { childrensServices } from '../../demo/register/seed/childrens-services.js';
import { isAnothersName } from '../../demo/register/uploads/authority-name.js';
import { authorities as known } from '../../src/domain/authorities-data.js';
import { recogniseAuthority } from '../../src/domain/authority.js';
import * as la from './authority-support.js';
import * as t from './support.js';

const styles: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => `${name} Council`,
  (name) => `The ${name} Local Authority`,
  (name) => `XYZ1 - ${name.toUpperCase()} CITY COUNCIL`,
  (name) => `London Borough of ${name}`,
  (name) => `${name} County Council`,
  (name) => `City of ${name}`,
  (name) => `${name} Children’s Services`,
  (name) => `${name.replace(' and ', ' & ')} MBC`,
  (name) => name.replaceAll(' ', '  ').replaceAll('-', ' '),
  (name) => `Children's Social Care, ${name}`,
];

describe('The name of an authority', () => {
  const anybodyElse = (gss: string) => (gss === la.islington ? la.hackney : la.islington);

  it('is its own in every style, and nobody else’s', () => {
    for (const { code, name } of childrensServices)
      for (const style of styles) {
        expect(isAnothersName({ code, name: style(name) }, []), `${code} as ${style(name)}`).to.be.false;
        expect(isAnothersName({ code: anybodyElse(code), name: style(name) }, []), style(name)).to.be.true;
      }
  });

  it('is another’s whenever the tag would recognise it as another’s', () => {
    const names = known.split(/\n|\//).map((line) => line.replace(/^\d+ /, ''));
    for (const name of [...names, ...childrensServices.map(({ code }) => code)])
      for (const style of styles) {
        const recognised = recogniseAuthority(style(name));
        if (recognised === undefined) continue;
        expect(isAnothersName({ code: anybodyElse(recognised.gss), name: style(name) }, []), style(name)).to.be.true;
      }
  });

  const cases: [code: string, name: string, isAnothers: boolean][] = [
    ['E10000027', 'North Somerset Council', true],
    ['E06000024', 'North Somerset Council', false],
    ['E06000022', 'Bath and North East Somerset', false],
    ['E06000014', 'City of York Council', false],
    ['E06000065', 'City of York Council', true],
    ['E09000019', 'Barking and Dagenham', true],
    ['E09000019', 'Dagenham & Barking', true],
    ['E09000019', 'Barking and Dagenham Safeguarding', true],
    ['E09000019', 'Islington and Camden', false],
    ['E09000019', 'Achieving for Children', false],
    ['E09000019', 'Islington (emergency duty team)', false],
    ['E09000001', 'City of London Corporation', false],
    ['E09000019', 'City of London', true],
    ['E09000019', 'Council', false],
  ];
  for (const [code, name, isAnothers] of cases)
    it(`${name}: ${isAnothers ? 'another’s' : 'not another’s'} when ${code} sends it`, () => {
      expect(isAnothersName({ code, name }, [])).to.equal(isAnothers);
    });

  it('is not one that another authority now has, recognised or not', async () => {
    const register = await t.freshRegister();
    const send = (code: string, name: string) =>
      la.ask<UploadResult>(register, 'POST', `${code}/uploads`, {
        by: code,
        body: { localAuthority: { name, emergencyDutyPhone: '01632 960002' }, records: [la.oliver] },
      });
    const before = await la.everythingStored();
    for (const name of [
      'NORTHMARCH children’s partnership',
      'Camden',
      'Barking and Dagenham',
      'Hаckney',
      'Islington\u202e',
    ]) {
      const { status, body } = await send(la.islington, name);
      expect([status, body.file, body.records], name).to.deep.equal([400, 'CPF01', []]);
      expect(body.message).not.to.contain(name);
    }
    expect(await la.everythingStored()).to.deep.equal(before);
    expect((await send(la.islington, 'Our Children')).body.file).to.equal('CPF02');
    expect((await send(la.hackney, 'OUR CHILDREN')).body.file).to.equal('CPF01');
    expect((await send(la.islington, 'Islington')).body.file).to.equal('CPF02');
    expect((await send(la.hackney, 'OUR CHILDREN')).body.file).to.equal('CPF02');
  });

  it('goes to only one of two that send it at the same moment', async () => {
    const register = await t.freshRegister();
    const answers = await Promise.all(
      [la.islington, la.hackney].map((code) =>
        la.ask<UploadResult>(register, 'POST', `${code}/uploads`, {
          by: code,
          body: { localAuthority: { name: 'Our Children', emergencyDutyPhone: '01632 960002' }, records: [] },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 400]);
  });
});
