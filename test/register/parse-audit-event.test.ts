import { expect } from 'chai';
import fc from 'fast-check';

import type { Access } from '../../src/domain/access-history.js';
import { parseAuditEvents } from '../../src/register/parse-audit-event.js';
import {
  accesses,
  auditEvent,
  nhsNumber,
  nhsNumberSystem,
  otherNumber,
  practitionerRole,
  searchSet,
} from '../fixtures/bundles.js';
import { changed, mutationsOf, nodeAt, pathsOf, wire } from './parse-mutations.js';

const read = (body: unknown) => parseAuditEvents(wire(body), nhsNumber);

/** The accesses of a body that can be relied on. */
function accessesIn(body: unknown): readonly Access[] {
  const found = read(body);
  if (typeof found !== 'object') throw new Error('The history could not be relied on');
  return found.accesses;
}

/** What a body says, in a word or two: `shown 2`, `shown 1, incomplete`, `wrong-patient` or `failed`. */
function said(body: unknown): string {
  const found = parseAuditEvents(body, nhsNumber);
  if (found === undefined || found === 'wrong-patient') return found ?? 'failed';
  return `shown ${found.accesses.length}${found.incomplete ? ', incomplete' : ''}`;
}

const at = '2026-01-01T10:00:00+00:00';
const roleClass = 'http://terminology.hl7.org/CodeSystem/v3-RoleClass';
const identifier = (value: unknown, system: string | undefined = nhsNumberSystem): unknown => ({ system, value });
const patient = (who: unknown = { identifier: identifier(nhsNumber) }): unknown => ({
  type: { coding: [{ system: roleClass, code: 'PAT' }] },
  who,
});
const assigned = (who: unknown): unknown => ({ type: { coding: [{ system: roleClass, code: 'ASSIGNED' }] }, who });
const match = (resource: unknown = auditEvent({ at }, 'role-0')): unknown => ({ resource, search: { mode: 'match' } });
const include = (resource: unknown, fullUrl?: string): unknown => ({ fullUrl, resource, search: { mode: 'include' } });
const role = practitionerRole({ at }, 'role-0');

/** One access by these agents, with these entries beside it. */
const by = (agent: readonly unknown[], beside: readonly unknown[] = [], fields: object = {}): unknown => ({
  ...searchSet('AuditEvent', [{}]),
  entry: [match({ resourceType: 'AuditEvent', recorded: at, agent, ...fields }), ...beside],
});

/** The access that `by` gives when it points to `role`. */
const access: Access = {
  at: Date.parse(at),
  viewer: 'Mrs Paula PALMER',
  role: 'Staff nurse',
  place: 'Royal London Hospital, emergency department',
};
const nobody = { viewer: undefined, role: undefined, place: undefined };

describe('AuditEvent search: no earlier access', () => {
  const empty = searchSet('AuditEvent', []);

  it('a true empty is shown, empty', () => {
    expect(read(empty)).to.deep.equal({ accesses: [], incomplete: false });
    expect(read({ ...empty, entry: [] })).to.deep.equal({ accesses: [], incomplete: false });
  });

  const notEmpty: [title: string, body: unknown][] = [
    ['no total', { ...empty, total: undefined }],
    ['total "0"', { ...empty, total: '0' }],
    ['total null', { ...empty, total: null }],
    ['total 1', { ...empty, total: 1 }],
    ['entry null', { ...empty, entry: null }],
    ['entry {}', { ...empty, entry: {} }],
    ['entry [null]', { ...empty, entry: [null] }],
    ['an include alone', { ...empty, entry: [include(role)] }],
    [
      'an outcome',
      { ...empty, entry: [{ resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } }] },
    ],
    ['an OperationOutcome as the body', { resourceType: 'OperationOutcome' }],
    ['a next link', { ...empty, link: [{ relation: 'next', url: 'x' }] }],
    ['type collection', { ...empty, type: 'collection' }],
    ['no type', { ...empty, type: undefined }],
    ['a Bundle in a list', [empty]],
    ['{}', {}],
    ['[]', []],
    ['null', null],
    ['a string', ''],
    ['a number', 0],
  ];
  for (const [title, body] of notEmpty)
    it(`${title}: not empty, but failed`, () => {
      expect(said(wire(body))).to.equal('failed');
    });

  it('another patient’s: an incident, not empty', () => {
    expect(said(wire(searchSet('AuditEvent', [], otherNumber)))).to.equal('wrong-patient');
  });

  it('no body: failed', () => {
    expect(said(undefined)).to.equal('failed');
  });
});

describe('AuditEvent search: who looked, in which role and where', () => {
  it('each of several, in the order received', () => {
    const facts = [
      { at: '2026-03-01T10:00:00+00:00', viewer: 'A NURSE', role: 'Nurse', place: 'Leeds General Infirmary' },
      { at: '2026-07-01T10:00:00+01:00', viewer: 'B DOCTOR', role: 'Doctor', place: 'St James’s' },
      { at: '2026-02-01T10:00:00.123Z', viewer: 'C CLERK', role: 'Clerk', place: 'NHS 111' },
    ];
    expect(read(accesses(facts))).to.deep.equal({
      accesses: facts.map((fact) => ({ ...fact, at: Date.parse(fact.at) })),
      incomplete: false,
    });
  });

  it('twenty-five', () => {
    const facts = Array.from({ length: 25 }, (_, n) => ({ at: `2026-01-${String(n + 1).padStart(2, '0')}T10:00:00Z` }));
    expect(said(wire(accesses(facts)))).to.equal('shown 25');
  });

  const uuid = 'urn:uuid:42f72e9a-ab20-43b9-a19a-9ba9a608f732';
  const pointing: [title: string, reference: string, beside: unknown[], fields?: object][] = [
    ['relative', 'PractitionerRole/role-0', [include(role)]],
    ['absolute', 'https://register.example/cpis/FHIR/R4/PractitionerRole/role-0', [include(role)]],
    [
      'the full URL',
      'https://register.example/other/7',
      [include({ ...role, id: undefined }, 'https://register.example/other/7')],
    ],
    ['a uuid', uuid, [include({ ...role, id: undefined }, uuid)]],
    ['contained', '#role-0', [], { contained: [{ resourceType: 'Device', id: 'x' }, role] }],
    [
      'among others',
      'PractitionerRole/role-0',
      [include({ ...role, id: 'role-00', practitioner: { display: 'X' } }), include(role)],
    ],
    [
      'beside another kind with the same id',
      'PractitionerRole/role-0',
      [include({ resourceType: 'Practitioner', id: 'role-0' }), include(role)],
    ],
    [
      'the full URL, beside the same id on another server',
      'https://a.example/PractitionerRole/role-0',
      [
        include({ ...role, practitioner: { display: 'X' } }, 'https://b.example/PractitionerRole/role-0'),
        include(role, 'https://a.example/PractitionerRole/role-0'),
      ],
    ],
    ['an entry that calls itself a match', 'PractitionerRole/role-0', [{ resource: role }]],
  ];
  for (const [title, reference, beside, fields] of pointing)
    it(`by a reference that is ${title}`, () => {
      expect(read(by([patient(), assigned({ reference })], beside, fields))).to.deep.equal({
        accesses: [access],
        incomplete: false,
      });
    });

  const unresolved: [title: string, who: unknown, beside: unknown[], reads: Partial<Access>, fields?: object][] = [
    ['a device or a team line by its name', { display: 'NHS 111 London' }, [], { viewer: 'NHS 111 London' }],
    [
      'a device that is included',
      { reference: 'Device/1', display: 'NHS 111 London' },
      [include({ resourceType: 'Device', id: '1' })],
      { viewer: 'NHS 111 London', bySystem: true },
    ],
    ['a role that did not come', { reference: 'PractitionerRole/role-0' }, [], {}],
    [
      'a role that did not come, by its name',
      { reference: 'PractitionerRole/role-0', display: 'A NURSE' },
      [],
      { viewer: 'A NURSE' },
    ],
    ['a contained role that is not there', { reference: '#role-0' }, [include(role)], {}],
    [
      'a reference without an id, beside a role without one',
      { reference: 'PractitionerRole/' },
      [include({ ...role, id: undefined })],
      {},
    ],
    ['nobody', {}, [include(role)], {}],
    ['no agent at all', undefined, [include(role)], {}],
    [
      'a role without a person',
      { reference: 'PractitionerRole/role-0', display: 'ED team' },
      [include({ ...role, practitioner: undefined })],
      { ...access, viewer: 'ED team' },
    ],
    [
      'a role that says nothing',
      { reference: 'PractitionerRole/role-0' },
      [include({ resourceType: 'PractitionerRole', id: 'role-0' })],
      {},
    ],
    [
      'a role in words',
      { reference: 'PractitionerRole/role-0' },
      [include({ ...role, code: [{ text: 'Ward clerk' }] })],
      { ...access, role: 'Ward clerk' },
    ],
    [
      'a role named by the second code',
      { reference: 'PractitionerRole/role-0' },
      [include({ ...role, code: [{ coding: [{ code: '1' }] }, { coding: [{ display: 'Midwife' }] }] })],
      { ...access, role: 'Midwife' },
    ],
  ];
  for (const [title, who, beside, reads, fields] of unresolved)
    it(`${title}: the access is listed with what is known`, () => {
      const agents = who === undefined ? [patient()] : [patient(), assigned(who)];
      expect(accessesIn(by(agents, beside, fields))).to.deep.equal([{ ...access, ...nobody, ...reads }]);
    });

  const devices: [title: string, who: unknown, isDevice: boolean, beside?: unknown[], fields?: object][] = [
    ['a reference to a device', { reference: 'Device/1', display: 'X' }, true],
    ['an absolute one', { reference: 'https://register.example/FHIR/R4/Device/1', display: 'X' }, true],
    ['a reference that says so', { type: 'Device', display: 'X' }, true],
    [
      'a contained device',
      { reference: '#d', display: 'X' },
      true,
      [],
      { contained: [{ resourceType: 'Device', id: 'd' }] },
    ],
    [
      'an included device under a uuid',
      { reference: 'urn:uuid:42f72e9a-ab20-43b9-a19a-9ba9a608f732', display: 'X' },
      true,
      [include({ resourceType: 'Device' }, 'urn:uuid:42f72e9a-ab20-43b9-a19a-9ba9a608f732')],
    ],
    ['a person in a role', { reference: 'PractitionerRole/role-0' }, false, [include(role)]],
    [
      'a person whose reference says so',
      { type: 'PractitionerRole', reference: 'PractitionerRole/role-0' },
      false,
      [include(role)],
    ],
    ['a device’s metric', { reference: 'DeviceMetric/1', display: 'X' }, false],
    ['a name alone', { display: 'Device 1' }, false],
    [
      'a person beside a device',
      { reference: 'PractitionerRole/role-0' },
      false,
      [include(role), include({ resourceType: 'Device', id: 'role-0' })],
    ],
  ];
  for (const [title, who, isDevice, beside, fields] of devices)
    it(`${title}: viewed ${isDevice ? 'by a system' : 'by somebody'}`, () => {
      const [found] = accessesIn(by([patient(), assigned(who)], beside, fields));
      expect(found?.bySystem).to.equal(isDevice ? true : undefined);
    });

  it('no agent of type ASSIGNED: the one who asked', () => {
    const agents = [
      patient(),
      { who: { display: 'X' }, requestor: false },
      { who: { display: 'A NURSE' }, requestor: true },
    ];
    expect(accessesIn(by(agents))).to.deep.equal([{ ...access, ...nobody, viewer: 'A NURSE' }]);
  });
});

describe('AuditEvent search: never another patient', () => {
  const other = { identifier: identifier(otherNumber) };
  const strays: [title: string, body: unknown][] = [
    ['the one access', by([patient(other)])],
    ['the second access', accesses([{ at }, { at, number: otherNumber }])],
    ['a second PAT agent', by([patient(), patient(other)])],
    ['a second PAT agent without a system', by([patient(), patient({ identifier: { value: otherNumber } })])],
    ['a PAT agent without a system', by([patient({ identifier: { value: otherNumber } })])],
    ['a PAT agent’s reference', by([patient({ reference: `Patient/${otherNumber}` })])],
    ['an agent of another type', by([patient(), assigned(other)])],
    ['what was looked at', by([patient()], [], { entity: [{ what: other }] })],
    ['an include', by([patient()], [include({ resourceType: 'Patient', identifier: [identifier(otherNumber)] })])],
    [
      'a contained resource',
      by([patient()], [], { contained: [{ resourceType: 'Patient', id: 'p', identifier: [identifier(otherNumber)] }] }),
    ],
    ['an access without a time', { ...accesses([{ at }, { at: 'soon', number: otherNumber }]) }],
    ['the self link', accesses([{ at }], otherNumber)],
  ];
  for (const [title, body] of strays)
    it(`another number in ${title}: an incident, and nothing of the history is kept`, () => {
      expect(said(wire(body))).to.equal('wrong-patient');
    });

  it('another number at any node: an incident, and nothing of the history is kept', () => {
    const body = wire(accesses([{ at }, { at }]));
    for (const path of pathsOf(body)) {
      const node = nodeAt(body, path);
      if (typeof node !== 'object') continue;
      const key = Array.isArray(node) ? String(node.length) : 'stray';
      expect(said(changed(body, [...path, key], identifier(otherNumber))), path.join('.')).to.equal('wrong-patient');
    }
  });

  it('a number with spaces is tolerated', () => {
    expect(said(wire(by([patient({ identifier: identifier('999 000 0018') })])))).to.equal('shown 1');
  });
});

describe('AuditEvent search: a fault in a history spoils nothing else, and is reported', () => {
  const good = match();
  const beside = (...entries: unknown[]): unknown => ({
    ...searchSet('AuditEvent', [{}, {}]),
    entry: [good, ...entries],
  });
  const event = auditEvent({ at }, 'role-0');
  const table: [title: string, body: unknown, says: string][] = [
    [
      'an access without its patient',
      beside(match({ ...event, agent: [assigned({ display: 'A NURSE' })] })),
      'shown 1, incomplete',
    ],
    [
      'an access whose patient has no number',
      beside(match({ ...event, agent: [patient({ display: 'Melanie JONES' })] })),
      'shown 1, incomplete',
    ],
    ['an access without agents', beside(match({ ...event, agent: undefined })), 'shown 1, incomplete'],
    ['an access without a time', beside(match({ ...event, recorded: undefined })), 'shown 1, incomplete'],
    ['a time without an offset', beside(match({ ...event, recorded: '2026-01-01T10:00:00' })), 'shown 1, incomplete'],
    ['a day for a time', beside(match({ ...event, recorded: '2026-01-01' })), 'shown 1, incomplete'],
    ['a day that does not exist', beside(match({ ...event, recorded: '2026-02-30T10:00:00Z' })), 'shown 1, incomplete'],
    ['a time that is a number', beside(match({ ...event, recorded: 1767261600000 })), 'shown 1, incomplete'],
    ['an entry that cannot be read', beside(null), 'shown 1, incomplete'],
    ['a next link', { ...accesses([{ at }]), link: [{ relation: 'next', url: 'x' }] }, 'shown 1, incomplete'],
    ['total above the matches', { ...accesses([{ at }]), total: 2 }, 'shown 1, incomplete'],
    ['total as text', { ...accesses([{ at }]), total: '1' }, 'shown 1, incomplete'],
    ['no total', { ...accesses([{ at }]), total: undefined }, 'shown 1, incomplete'],
    [
      'an outcome',
      beside(good, { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } }),
      'shown 2, incomplete',
    ],
    ['type batch-response', { ...accesses([{ at }]), type: 'batch-response' }, 'shown 1, incomplete'],
    ['a viewer’s name that is a number', by([patient(), assigned({ display: 5 })]), 'shown 1, incomplete'],
    [
      'a role that is no list',
      by([patient(), assigned({ reference: 'PractitionerRole/role-0' })], [include({ ...role, code: 5 })]),
      'shown 1, incomplete',
    ],
    ['an agent that cannot be read', by([patient(), null]), 'shown 1, incomplete'],
    ['agents that are no list', by({} as unknown[]), 'failed'],
    ['only an access without a time', by([patient()], [], { recorded: undefined }), 'failed'],
    ['only an access without its patient', by([]), 'failed'],
  ];
  for (const [title, body, says] of table)
    it(`${title}: ${says}`, () => {
      expect(said(wire(body))).to.equal(says);
    });

  it('any JSON is read without an exception, and none of it is an empty history', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => said(body) === 'failed'),
      { numRuns: 1000 },
    );
  });

  it('a history with any changes is read without an exception; what is lost from it is reported', () => {
    fc.assert(
      fc.property(mutationsOf(accesses([{ at }, { at }]), 2), (body) => {
        const found = parseAuditEvents(body, nhsNumber);
        if (typeof found !== 'object' || found.incomplete || found.accesses.length === 2) return true;
        const { total } = body as { total?: unknown };
        return total === found.accesses.length;
      }),
      { numRuns: 3000 },
    );
  });
});
