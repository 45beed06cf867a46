import { expect } from 'chai';
import fc from 'fast-check';

import type { Plan } from '../../src/domain/plan.js';
import { parsePatientFlags } from '../../src/register/parse-patient-flags.js';
import { flagBundle, flagged, nhsNumber, nhsNumberSystem, otherNumber } from '../fixtures/bundles.js';
import { plan as islingtons } from '../fixtures/plans.js';
import { changed, mutationsOf, nodeAt, pathsOf, wire } from './parse-mutations.js';

const read = (body: unknown) => parsePatientFlags(wire(body), nhsNumber);

/** What a body says, in a word or two: `none`, `held 2`, `held 1, incomplete`, or why it is no answer. */
function said(body: unknown): string {
  const found = parsePatientFlags(body, nhsNumber);
  if (found.kind === 'held') return `held ${found.plans.length}${found.incomplete ? ', incomplete' : ''}`;
  return found.kind === 'none' ? 'none' : found.reason;
}

const [flag = {}, carePlan = {}, team = {}] = flagged();
const detail = (reference: string): unknown[] => [
  { url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueReference: { reference } },
];
const identifier = (value: unknown): unknown => ({ system: nhsNumberSystem, value });

/** `flagged()` as it is listed. */
const plan = islingtons({
  authority: 'SFD1 - SHEFFIELD CITY COUNCIL',
  officePhone: '01144960199',
  emergencyPhone: '01144960123',
});
const unknownAuthority = { authority: undefined, officePhone: undefined, emergencyPhone: undefined };
const unknownPlan: Plan = { ...plan, ...unknownAuthority, kind: 'unrecognised', start: undefined };

describe('PatientFlag search: no flag', () => {
  const none = { resourceType: 'Bundle', type: 'searchset', total: 0, entry: [] };

  it('total 0 with an empty entry, or with none: none', () => {
    expect(said(wire(none))).to.equal('none');
    expect(said(wire({ ...none, entry: undefined }))).to.equal('none');
  });

  const isNotNone: [title: string, body: unknown, says: string][] = [
    ['no total', { ...none, total: undefined }, 'unreadable'],
    ['total "0"', { ...none, total: '0' }, 'unreadable'],
    ['total 1', { ...none, total: 1 }, 'unreadable'],
    ['an empty collection', { ...none, type: 'collection' }, 'unreadable'],
    ['an empty collection that counts nothing', flagBundle(), 'unreadable'],
    ['entry null', { ...none, entry: null }, 'unreadable'],
    ['entry [{}]', { ...none, entry: [{}] }, 'unreadable'],
    ['total 0 and a flag', { ...flagBundle(...flagged()), type: 'searchset', total: 0 }, 'held 1, incomplete'],
    [
      'a flag of another kind alone',
      flagBundle({ ...flag, code: { coding: [{ code: 'reasonable-adjustment' }] } }),
      'unreadable',
    ],
    ['an OperationOutcome', { resourceType: 'OperationOutcome' }, 'unreadable'],
    ['a next link', { ...none, link: [{ relation: 'next', url: 'x' }] }, 'unreadable'],
    [
      'another patient’s self link',
      { ...none, link: [{ relation: 'self', url: `https://flags.example/PatientFlag?patient=${otherNumber}` }] },
      'wrong-patient',
    ],
    ['{}', {}, 'unreadable'],
    ['[]', [], 'unreadable'],
    ['null', null, 'unreadable'],
    ['a string', '', 'unreadable'],
  ];
  for (const [title, body, says] of isNotNone)
    it(`${title}: not none but ${says}`, () => {
      expect(said(wire(body))).to.equal(says);
    });
});

describe('PatientFlag search: Flag → CarePlan → CareTeam', () => {
  it('one complete flag, whose times become days in London', () => {
    expect(read(flagBundle(...flagged()))).to.deep.equal({ kind: 'held', plans: [plan], incomplete: false });
    expect(
      read(flagBundle(...flagged({ start: '2025-06-30T23:30:00Z', end: '2025-12-31T23:30:00+00:00' }))),
    ).to.deep.equal({
      kind: 'held',
      plans: [{ ...plan, start: '2025-07-01', end: '2025-12-31' }],
      incomplete: false,
    });
  });

  it('a searchset that counts its flags, the rest included', () => {
    const entry = [flag, carePlan, team].map((resource, n) => ({
      resource,
      search: { mode: n === 0 ? 'match' : 'include' },
    }));
    expect(said(wire({ resourceType: 'Bundle', type: 'searchset', total: 1, entry }))).to.equal('held 1');
    expect(said(wire({ resourceType: 'Bundle', type: 'searchset', total: 2, entry }))).to.equal('held 1, incomplete');
  });

  it('two flags of two authorities: each number beside its own authority', () => {
    const second = {
      id: 'two',
      code: '764841000000100',
      name: 'Leeds City Council',
      office: '01134960199',
      emergency: '01134960123',
    };
    expect(read(flagBundle(...flagged(), ...flagged(second)))).to.deep.equal({
      kind: 'held',
      plans: [
        plan,
        {
          ...plan,
          kind: 'looked-after',
          authority: second.name,
          officePhone: second.office,
          emergencyPhone: second.emergency,
        },
      ],
      incomplete: false,
    });
  });

  it('one care plan with two care teams: one plan for each authority', () => {
    const [, , other = {}] = flagged({
      id: 'two',
      name: 'Leeds City Council',
      office: '01134960199',
      emergency: '01134960123',
    });
    const careTeam = [{ reference: 'CareTeam/team-one' }, { reference: 'CareTeam/team-two' }];
    expect(read(flagBundle(flag, { ...carePlan, careTeam }, team, other))).to.deep.equal({
      kind: 'held',
      plans: [
        plan,
        { ...plan, authority: 'Leeds City Council', officePhone: '01134960199', emergencyPhone: '01134960123' },
      ],
      incomplete: false,
    });
  });

  it('two flags of one care plan: one plan', () => {
    expect(said(wire(flagBundle(flag, { ...flag, id: 'flag-two' }, carePlan, team)))).to.equal('held 1');
  });

  const whole: [title: string, resources: Record<string, unknown>[], reads: Partial<Plan>][] = [
    ['no care team named', [flag, { ...carePlan, careTeam: undefined }], unknownAuthority],
    ['no category', [flag, { ...carePlan, category: undefined }, team], { kind: 'unrecognised' }],
    ['no period', [flag, { ...carePlan, period: undefined }, team], { start: undefined }],
    [
      'a code that is not known',
      [flag, { ...carePlan, category: [{ coding: [{ code: '999' }] }] }, team],
      { kind: 'unrecognised', code: '999' },
    ],
    [
      'a team without a name or numbers',
      [flag, carePlan, { resourceType: 'CareTeam', id: 'team-one' }],
      unknownAuthority,
    ],
    ['no subject', [{ ...flag, subject: undefined }, { ...carePlan, subject: undefined }, team], {}],
  ];
  for (const [title, resources, reads] of whole)
    it(`${title}: listed as not recorded, and nothing is wrong`, () => {
      expect(read(flagBundle(...resources))).to.deep.equal({
        kind: 'held',
        plans: [{ ...plan, ...reads }],
        incomplete: false,
      });
    });
});

describe('PatientFlag search: what does not belong together is listed, and reported', () => {
  const [, strayPlan = {}, strayTeam = {}] = flagged({ id: 'two' });
  const table: [title: string, resources: Record<string, unknown>[], plans: Plan[]][] = [
    ['a flag whose care plan did not come', [flag], [unknownPlan]],
    ['a flag without detail', [{ ...flag, extension: undefined }], [unknownPlan]],
    [
      'a flag whose detail is another extension',
      [{ ...flag, extension: [{ url: 'urn:x', valueReference: { reference: 'CarePlan/plan-one' } }] }],
      [unknownPlan],
    ],
    ['a flag whose detail is a care team', [{ ...flag, extension: detail('CareTeam/team-one') }, team], [unknownPlan]],
    ['a care plan nobody points to', [flag, carePlan, team, strayPlan, strayTeam], [plan, plan]],
    ['a care plan without a flag', [carePlan, team], [plan]],
    [
      'a care plan behind a flag of another kind',
      [{ ...flag, code: { coding: [{ code: 'reasonable-adjustment' }] } }, carePlan, team],
      [plan],
    ],
    ['a care team that did not come', [flag, carePlan], [{ ...plan, ...unknownAuthority }]],
    [
      'a care team that did not come, by its name',
      [flag, { ...carePlan, careTeam: [{ reference: 'CareTeam/x', display: 'Leeds' }] }, team],
      [{ ...plan, ...unknownAuthority, authority: 'Leeds' }],
    ],
    [
      'a care team without an address, beside one without an id',
      [flag, { ...carePlan, careTeam: [{ reference: 'CareTeam/' }] }, { ...team, id: undefined }],
      [{ ...plan, ...unknownAuthority }],
    ],
    [
      'a care team that is an organisation',
      [
        flag,
        { ...carePlan, careTeam: [{ reference: 'Organization/1' }] },
        { ...team, resourceType: 'Organization', id: '1' },
      ],
      [{ ...plan, ...unknownAuthority }],
    ],
    [
      'a period that is no date',
      [flag, { ...carePlan, period: { start: 'soon' } }, team],
      [{ ...plan, start: undefined }],
    ],
    [
      'a care plan whose careTeam is no list',
      [flag, { ...carePlan, careTeam: 5 }, team],
      [{ ...plan, ...unknownAuthority }],
    ],
  ];
  for (const [title, resources, plans] of table)
    it(title, () => {
      expect(read(flagBundle(...resources))).to.deep.equal({ kind: 'held', plans, incomplete: true });
    });

  it('an entry that cannot be read, a next link, another type of Bundle', () => {
    const body = flagBundle(...flagged());
    expect(said(wire({ ...body, entry: [...(body['entry'] as unknown[]), null] }))).to.equal('held 1, incomplete');
    expect(said(wire({ ...body, link: [{ relation: 'next', url: 'x' }] }))).to.equal('held 1, incomplete');
    expect(said(wire({ ...body, type: 'batch-response' }))).to.equal('held 1, incomplete');
  });
});

describe('PatientFlag search: never another patient', () => {
  const withSubject = (subject: unknown, resource: 'Flag' | 'CarePlan'): unknown =>
    flagBundle(
      ...[flag, carePlan, team].map((each) => (each['resourceType'] === resource ? { ...each, subject } : each)),
    );

  const subjects: [title: string, subject: unknown, says: string][] = [
    ['a plain reference', { reference: 'Patient/example' }, 'held 1'],
    ['a reference with this number', { reference: `Patient/${nhsNumber}` }, 'held 1'],
    ['this number', { identifier: identifier('999 000 0018') }, 'held 1'],
    ['a reference with another number', { reference: `Patient/${otherNumber}` }, 'wrong-patient'],
    [
      'an absolute reference with another number',
      { reference: `https://pds.example/Patient/${otherNumber}` },
      'wrong-patient',
    ],
    ['a versioned reference with another number', { reference: `Patient/${otherNumber}/_history/1` }, 'wrong-patient'],
    ['another number', { identifier: identifier(otherNumber) }, 'wrong-patient'],
    ['another number without a system', { identifier: { value: otherNumber } }, 'wrong-patient'],
  ];
  for (const resource of ['Flag', 'CarePlan'] as const)
    for (const [title, subject, says] of subjects)
      it(`a ${resource} whose subject is ${title}: ${says}`, () => {
        expect(said(wire(withSubject(subject, resource)))).to.equal(says);
      });

  it('another number in the flag of another kind, or at any node: wrong-patient', () => {
    const otherFlag = { ...flag, code: undefined, subject: { reference: `Patient/${otherNumber}` } };
    expect(said(wire(flagBundle(...flagged(), otherFlag)))).to.equal('wrong-patient');
    const body = wire(flagBundle(...flagged()));
    for (const path of pathsOf(body)) {
      const node = nodeAt(body, path);
      if (typeof node !== 'object') continue;
      const key = Array.isArray(node) ? String(node.length) : 'stray';
      expect(said(changed(body, [...path, key], identifier(otherNumber))), path.join('.')).to.equal('wrong-patient');
    }
  });
});

describe('PatientFlag search: whatever comes', () => {
  it('any JSON is read without an exception, and none of it is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => said(body) !== 'none'),
      { numRuns: 1000 },
    );
  });

  it('a flag with any two changes is read without an exception and is never none', () => {
    fc.assert(
      fc.property(mutationsOf(flagBundle(...flagged()), 2), (body) => said(body) !== 'none'),
      { numRuns: 3000 },
    );
  });
});
