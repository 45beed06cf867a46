import { expect } from 'chai';

import { patientContext } from '../../src/contexts/patient-context.js';
import { nhsNumber, nhsNumberSystem, otherNumber } from '../fixtures/bundles.js';
import { encounter, identifier, patient, verification } from '../fixtures/contexts.js';

const attending = encounter();
const verified = { nhsNumber, nhsNumberStatus: 'verified', encounter: 'e1' };
const unverified = { ...verified, nhsNumberStatus: 'unverified' };
const invalid = { ...unverified, nhsNumber: 'invalid' };
const noNumber = { ...unverified, nhsNumber: '', encounter: 'no-number/e1' };

const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus';
const england = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland';

/** `length` own properties deep, and then back to the start. */
function cyclic(): Record<string, unknown> {
  const self: Record<string, unknown> = { resourceType: 'Patient', id: 'p1' };
  self['identifier'] = [self, { extension: self }];
  return self;
}

describe('a FHIR Patient becomes a context', () => {
  const patients: readonly [name: string, patient: unknown, context: object][] = [
    ['a traced number', patient(), verified],
    ['a number with spaces', patient(identifier('999 000 0018')), verified],
    ['the same number twice, spelt otherwise', patient(identifier(), identifier('999-000-0018')), verified],
    ['no verification status', patient({ ...identifier(), extension: undefined }), unverified],
    ...['02', '03', '04', '05', '06', '07', '08', '1', '', '01 '].map((code): [string, unknown, object] => [
      `status ${code}`,
      patient(identifier(nhsNumber, verification(code))),
      unverified,
    ]),
    ['status 01 and 03 at once', patient(identifier(nhsNumber, verification('01'), verification('03'))), unverified],
    ['one traced and one not', patient(identifier(), identifier(nhsNumber, verification('03'))), unverified],
    [
      'the code system before England had its own',
      patient(identifier(nhsNumber, verification('01', { url: ukCore, system: england.replace('England', '') }))),
      verified,
    ],
    [
      'Care Connect’s extension',
      patient(
        identifier(
          nhsNumber,
          verification('01', {
            url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1',
            system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1',
          }),
        ),
      ),
      verified,
    ],
    [
      'GP Connect’s extension',
      patient(
        identifier(
          nhsNumber,
          verification('01', {
            url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-NHSNumberVerificationStatus-1',
            system: 'https://fhir.nhs.uk/CareConnect-NHSNumberVerificationStatus-1',
          }),
        ),
      ),
      verified,
    ],
    [
      'another nation’s 01',
      patient(identifier(nhsNumber, verification('01', { url: ukCore, system: england.replace('England', 'Wales') }))),
      unverified,
    ],
    [
      'somebody’s extension of that name',
      patient(
        identifier(
          nhsNumber,
          verification('01', {
            url: 'https://evil.example/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
            system: england,
          }),
        ),
      ),
      unverified,
    ],
    [
      'a code without a system',
      patient(identifier(nhsNumber, { url: ukCore, valueCodeableConcept: { coding: [{ code: '01' }] } })),
      unverified,
    ],
    ['a superseded number', patient({ ...identifier(), use: 'old' }), unverified],
    ['two numbers', patient(identifier(), identifier(otherNumber)), noNumber],
    ['a number and a superseded one', patient(identifier(), { ...identifier(otherNumber), use: 'old' }), verified],
    ['a superseded number first', patient({ ...identifier(otherNumber), use: 'old' }, identifier()), verified],
    [
      'two superseded numbers',
      patient({ ...identifier(), use: 'old' }, { ...identifier(otherNumber), use: 'old' }),
      noNumber,
    ],
    [
      'two numbers in use, and a superseded one',
      patient(identifier(), identifier('9990000034'), { ...identifier(otherNumber), use: 'old' }),
      noNumber,
    ],
    ['no number', patient({ system: 'urn:oid:2.999.1', value: nhsNumber }), noNumber],
    [
      'a number in a system spelt otherwise',
      patient({ ...identifier(), system: 'https://fhir.nhs.uk/id/nhs-number' }),
      noNumber,
    ],
    ['a number without its value', patient({ ...identifier(), value: undefined }), noNumber],
    ['a number that fails its check', patient(identifier('9990000019')), invalid],
    ['a value that is no text', patient(identifier(9990000018)), invalid],
    ['a value of a megabyte', patient(identifier('9'.repeat(1_000_000))), invalid],
    ['a resource of another type', { ...patient(), resourceType: 'Person' }, noNumber],
    ['no patient', undefined, noNumber],
    ['null', null, noNumber],
    ['a text', JSON.stringify(patient()), noNumber],
    ['a list', [patient()], noNumber],
    ['identifiers that are no list', { ...patient(), identifier: identifier() }, noNumber],
    ['identifiers that are nonsense', patient(null, 1, 'x', [], { system: {} }), noNumber],
    ['a hundred thousand identifiers', patient(...Array.from({ length: 100_000 }, () => ({ system: 'x' }))), noNumber],
    ['a patient that contains itself', cyclic(), noNumber],
    ['a patient that is only inherited', Object.create(patient()) as unknown, noNumber],
    [
      'a patient hidden in its prototype',
      JSON.parse(`{"__proto__":${JSON.stringify(patient())}}`) as unknown,
      noNumber,
    ],
    ['a patient hidden in its constructor', { constructor: { prototype: patient() } }, noNumber],
  ];
  for (const [name, about, context] of patients)
    it(name, () => {
      expect(patientContext(about, attending, {})).to.deep.equal(context);
      expect(({} as Record<string, unknown>)['resourceType']).to.equal(undefined);
    });

  it('nothing of the patient is kept except number, status and encounter', () => {
    expect(Object.keys(patientContext(patient(), attending, {})!)).to.have.members([
      'nhsNumber',
      'nhsNumberStatus',
      'encounter',
    ]);
  });
});

describe('only a current attendance opens somebody', () => {
  const nobody = { nhsNumber: '', nhsNumberStatus: 'unverified', encounter: '', noAttendance: true };
  const encounters: readonly [
    name: string,
    encounter: unknown,
    silent: object | undefined,
    hostSaysSo: object | undefined,
  ][] = [
    ...['arrived', 'triaged', 'in-progress'].map((status): [string, unknown, object, object] => [
      status,
      encounter(status),
      verified,
      verified,
    ]),
    ...[
      'planned',
      'onleave',
      'on-hold',
      'finished',
      'completed',
      'discharged',
      'discontinued',
      'cancelled',
      'entered-in-error',
      'In-Progress',
      '',
    ].map((status): [string, unknown, object, object] => [`status ‘${status}’`, encounter(status), nobody, nobody]),
    ['a status that is no text', { ...encounter(), status: ['in-progress'] }, nobody, nobody],
    ['a status on something else', { ...encounter(), resourceType: 'Appointment' }, nobody, nobody],
    ['status unknown', encounter('unknown'), nobody, verified],
    ['no status', { resourceType: 'Encounter', id: 'e1' }, nobody, verified],
    ['a reference', { reference: 'https://epr.example/Encounter/e1' }, nobody, verified],
    ['no encounter', undefined, nobody, { ...verified, encounter: '' }],
    [
      'another patient’s encounter',
      encounter('in-progress', 'e1', 'https://epr.example/Patient/p2'),
      noNumber,
      noNumber,
    ],
    [
      'an encounter without an id',
      { ...encounter(), id: undefined },
      { ...verified, encounter: '' },
      { ...verified, encounter: '' },
    ],
    [
      'an id of a megabyte',
      encounter('arrived', 'e'.repeat(1_000_000)),
      { ...verified, encounter: '' },
      { ...verified, encounter: '' },
    ],
  ];
  for (const [name, during, silent, hostSaysSo] of encounters)
    it(name, () => {
      expect(patientContext(patient(), during, {})).to.deep.equal(silent);
      expect(patientContext(patient(), during, { attendanceIsCurrent: true })).to.deep.equal(hostSaysSo);
    });

  it('where there is no patient, nobody is open', () => {
    for (const nothing of [undefined, null, {}, { resourceType: 'Practitioner' }])
      expect(patientContext(nothing, undefined, {})).to.equal(undefined);
  });
});

describe('an encounter of another patient opens nobody', () => {
  const mrn = 'urn:oid:2.999.1';
  const visit = (subject: unknown, more: object = {}): unknown => ({ ...encounter(), subject, ...more });
  const numbered = (value: unknown, system: string = nhsNumberSystem): object => ({ identifier: { system, value } });
  const contained = (...identifiers: readonly unknown[]): object => ({
    contained: [{ resourceType: 'Patient', id: 'pat', identifier: identifiers }],
  });
  const withoutId = { ...patient(), id: undefined };

  const rows: readonly [name: string, encounter: unknown, ours: boolean, patient?: unknown][] = [
    ['no subject', { ...encounter(), subject: undefined }, true],
    ['a subject that is only named', visit({ display: 'Melanie JONES' }), true],
    ['this patient’s id', visit({ reference: 'Patient/p1' }), true],
    ['this patient’s id, a version of it', visit({ reference: 'https://epr.example/Patient/p1/_history/3' }), true],
    ['this patient’s id as a UUID', visit({ reference: 'urn:uuid:p1' }), true],
    ['this patient’s number', visit(numbered('999 000 0018')), true],
    ['this patient’s number as an id', visit({ reference: `Patient/${nhsNumber}` }), true],
    ['this patient’s hospital number', visit(numbered('4438001', mrn)), true],
    ['a contained Patient with this number', visit({ reference: '#pat' }, contained(identifier())), true],
    [
      'a contained Patient with this number and an old one',
      visit({ reference: '#pat' }, contained({ ...identifier(otherNumber), use: 'old' }, identifier())),
      true,
    ],
    ['another id', visit({ reference: 'Patient/p2' }), false],
    ['another number', visit(numbered(otherNumber)), false],
    ['another number beside this id', visit({ reference: 'Patient/p1', ...numbered(otherNumber) }), false],
    ['another number, of no system', visit({ identifier: { value: otherNumber } }), false],
    ['another number as an id', visit({ reference: `Patient/${otherNumber}` }), false],
    ['another hospital number', visit(numbered('4438002', mrn)), false],
    ['a number of a system that the patient has not', visit(numbered('4438001', 'urn:oid:2.999.2')), false],
    [
      'a contained Patient with another number',
      visit({ reference: '#pat' }, contained(identifier(otherNumber))),
      false,
    ],
    ['a contained Patient that says nothing', visit({ reference: '#pat' }, contained()), false],
    ['a contained Patient that is not there', visit({ reference: '#pat' }), false],
    ['a UUID that is nobody’s', visit({ reference: 'urn:uuid:9b8c2f0e-0000-4000-8000-000000000000' }), false],
    ['a group', visit({ reference: 'Group/g1' }), false],
    ['an id, and the patient bears none', visit({ reference: 'Patient/p1' }), false, withoutId],
    ['this number, and the patient bears no id', visit(numbered(nhsNumber)), true, withoutId],
  ];
  for (const [name, during, ours, about = patient()] of rows)
    it(`${name}: ${ours ? 'opened' : 'not asked about'}`, () => {
      expect(patientContext(about, during, {})).to.deep.equal(ours ? verified : noNumber);
    });
});
