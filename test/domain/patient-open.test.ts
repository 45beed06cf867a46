import { expect } from 'chai';
import fc from 'fast-check';

import {
  continues,
  encounterAfter,
  openKey,
  readIntent,
  withoutEncounter,
  type HostContext,
  type PatientOpen,
} from '../../src/domain/patient-open.js';
import { hostReasons, type HostReason } from '../../src/domain/reason.js';
import { hostContext, patientOpen } from '../fixtures/opens.js';

const nhsNumber = '9990000018';
const otherNumber = '9990000026';
const host = hostContext({ encounter: 'E1' });
const open = patientOpen({ encounter: 'E1' });

describe('what the host asks for', () => {
  it('a verified number in a known setting: one open', () => {
    expect(readIntent(host)).to.deep.equal({ kind: 'ask', open, setting: 'emergency-department' });
  });

  const opens: [title: string, context: Partial<HostContext>, expected: Partial<PatientOpen>][] = [
    ['a number with spaces and hyphens', { nhsNumber: ' 999-000 0018 ' }, {}],
    ['no encounter', { encounter: '' }, { encounter: '' }],
    ['no user', { user: '' }, { user: '' }],
    ['an unscheduled setting whose episode is scheduled', { attendance: 'scheduled' }, { attendance: 'scheduled' }],
    ['somebody who is attending', { noAttendance: false }, {}],
    [
      'Patient Flags, scheduled',
      { attendance: 'scheduled', registerApi: 'patient-flags' },
      { attendance: 'scheduled', registerApi: 'patient-flags' },
    ],
  ];
  for (const [title, context, expected] of opens)
    it(`${title}: one open`, () => {
      expect(readIntent({ ...host, ...context })).to.deep.equal({
        kind: 'ask',
        open: { ...open, ...expected },
        setting: 'emergency-department',
      });
    });

  it('a missed appointment: one open, of its own', () => {
    for (const registerApi of ['cp-is', 'patient-flags'] as const)
      expect(readIntent({ ...host, careSetting: 'dentistry', attendance: 'not-brought', registerApi })).to.deep.equal({
        kind: 'ask',
        open: { ...open, registerApi, attendance: 'not-brought' },
        setting: 'dentistry',
      });
  });

  it('somebody who is not attending is not asked about, but is somebody', () => {
    for (const context of [
      {},
      { nhsNumber: '' },
      { nhsNumber: '', encounter: '' },
      { nhsNumber: '', misspelt: ['nhsnumber'] },
    ])
      expect(readIntent({ ...host, ...context, noAttendance: true })).to.deep.equal({
        kind: 'cannot-ask',
        reason: 'no-attendance',
      });
  });

  it('no number and no encounter: nobody, whatever else is wrong', () => {
    for (const number of ['', '   ', ' - '])
      for (const wrong of [
        {},
        { careSetting: '' },
        { careSetting: 'a&e' },
        { baseUrl: undefined },
        { nhsNumberStatus: '' },
      ])
        expect(readIntent({ ...host, ...wrong, nhsNumber: number, encounter: '' })).to.deep.equal({ kind: 'nobody' });
  });

  /** Each reason, in every way in which a host can cause it. */
  const problems: [reason: HostReason, ways: Partial<HostContext>[]][] = [
    ['no-attendance', [{ noAttendance: true }]],
    ['nhs-number-missing', [{ nhsNumber: '' }, { nhsNumber: ' ' }]],
    [
      'nhs-number-invalid',
      [
        { nhsNumber: '9990000019' },
        { nhsNumber: 'abc' },
        { nhsNumber: '999 000 001' },
        { nhsNumber: '99900000180' },
        { nhsNumber: '٩٩٩٠٠٠٠٠١٨' },
      ],
    ],
    [
      'nhs-number-unverified',
      [
        { nhsNumberStatus: 'unverified' },
        { nhsNumberStatus: '' },
        { nhsNumberStatus: 'Verified' },
        { nhsNumberStatus: 'true' },
      ],
    ],
    ['care-setting-missing', [{ careSetting: '' }]],
    ['care-setting-unknown', [{ careSetting: 'a&e' }, { careSetting: 'constructor' }]],
    ['attendance-missing', [{ careSetting: 'camhs' }, { careSetting: 'dentistry' }]],
    [
      'misconfigured',
      [
        { baseUrl: undefined },
        { registerApi: '' },
        { registerApi: 'CP-IS' },
        { registerApi: 'patient-flags' },
        { attendance: 'emergency' },
        { attendance: 'not-brought' },
        { notText: ['user'] },
      ],
    ],
  ];

  it('a number in a misspelt attribute: misconfigured, with or without an encounter', () => {
    for (const encounter of ['', 'E1'])
      expect(readIntent({ ...host, nhsNumber: '', encounter, misspelt: ['nhsnumber'] })).to.deep.equal({
        kind: 'cannot-ask',
        reason: 'misconfigured',
      });
  });

  it('a misspelt attribute beside a number that is known: asked about', () => {
    expect(readIntent({ ...host, misspelt: ['homeauthorities'] }).kind).to.equal('ask');
  });

  it('the table below holds every reason a host can cause, in order of precedence', () => {
    expect(problems.map(([reason]) => reason)).to.deep.equal(hostReasons);
  });

  for (const [reason, ways] of problems)
    for (const way of ways)
      it(`${JSON.stringify(way)}: ${reason}`, () => {
        expect(readIntent({ ...host, ...way })).to.deep.equal({ kind: 'cannot-ask', reason });
      });

  const overlaps = (a: object, b: object): boolean => Object.keys(a).some((key) => key in b);
  problems.forEach(([earlier, earlierWays], index) => {
    for (const [later, laterWays] of problems.slice(index + 1)) {
      const pairs = earlierWays.flatMap((a) => laterWays.filter((b) => !overlaps(a, b)).map((b) => ({ ...a, ...b })));
      // An invalid attendance is a problem of its own, and then nothing is missing.
      const together = pairs.filter((pair) => !(earlier === 'attendance-missing' && 'attendance' in pair));
      if (together.length > 0)
        it(`${earlier} and ${later} at once: ${earlier}`, () => {
          for (const pair of together)
            expect(readIntent({ ...host, ...pair }), JSON.stringify(pair)).to.deep.equal({
              kind: 'cannot-ask',
              reason: earlier,
            });
        });
    }
  });

  it('a verified status does not apply to another number', () => {
    expect(readIntent({ ...host, nhsNumber: '', nhsNumberStatus: 'verified' })).to.deep.equal({
      kind: 'cannot-ask',
      reason: 'nhs-number-missing',
    });
  });
});

describe('the same open', () => {
  const text = fc.oneof(fc.constantFrom('', 'a', 'b', '","', '"', '\\', ','), fc.string({ maxLength: 4 }));
  const anyOpen: fc.Arbitrary<PatientOpen> = fc.record({
    baseUrl: text,
    registerApi: fc.constantFrom('cp-is', 'patient-flags'),
    user: text,
    nhsNumber: fc.constantFrom(nhsNumber, otherNumber),
    encounter: text,
    attendance: fc.constantFrom('scheduled', 'unscheduled', 'not-brought'),
  });

  it('two opens share a key only when every field is the same', () => {
    fc.assert(
      fc.property(anyOpen, anyOpen, (a, b) => {
        const same = Object.keys(a).every((key) => a[key as keyof PatientOpen] === b[key as keyof PatientOpen]);
        return (openKey(a) === openKey(b)) === same && openKey(a) === openKey({ ...a });
      }),
      { numRuns: 2000 },
    );
  });

  const at = (encounter: string): PatientOpen => ({ ...open, encounter });
  const table: [title: string, before: string, after: string, adoptable: boolean, expected: boolean][] = [
    ['the same encounter', 'E1', 'E1', false, true],
    ['no encounter, still none', '', '', false, true],
    ['an encounter that arrives in time', '', 'E1', true, true],
    ['an encounter that arrives too late', '', 'E1', false, false],
    ['an encounter that is taken away', 'E1', '', false, true],
    ['another encounter', 'E1', 'E2', false, false],
    ['another encounter, in time', 'E1', 'E2', true, false],
  ];
  for (const [title, before, after, adoptable, expected] of table)
    it(`${title}: ${expected ? 'the same open' : 'another open'}`, () => {
      expect(continues(at(before), at(after), adoptable)).to.equal(expected);
    });

  const others: Partial<PatientOpen>[] = [
    { nhsNumber: otherNumber },
    { user: 'U2' },
    { user: '' },
    { attendance: 'scheduled' },
    { attendance: 'not-brought' },
    { registerApi: 'patient-flags' },
    { baseUrl: 'https://other.example/FHIR' },
  ];
  for (const other of others)
    it(`another ${Object.keys(other).join()}: another open, whatever the encounter`, () => {
      for (const [before, after] of [
        ['E1', 'E1'],
        ['', ''],
        ['', 'E1'],
        ['E1', ''],
      ] as const)
        expect(continues(at(before), { ...at(after), ...other }, true)).to.equal(false);
    });

  it('without its encounter an open is otherwise the same', () => {
    expect(withoutEncounter(open)).to.deep.equal({ ...open, encounter: '' });
  });
});

describe('the encounter that goes with the number', () => {
  type Pair = [nhsNumber: string, encounter: string];
  const table: [title: string, before: Pair, after: Pair, encounter: string][] = [
    ['the same patient and encounter', [nhsNumber, 'E1'], [nhsNumber, 'E1'], 'E1'],
    ['the same patient, written otherwise', ['999 000 0018', 'E1'], ['999-000-0018', 'E1'], 'E1'],
    ['the same patient, a new encounter', [nhsNumber, 'E1'], [nhsNumber, 'E2'], 'E2'],
    ['the same patient, the encounter taken away', [nhsNumber, 'E1'], [nhsNumber, ''], ''],
    ['the next patient with a new encounter', [nhsNumber, 'E1'], [otherNumber, 'E2'], 'E2'],
    ['the next patient: the stale encounter goes', [nhsNumber, 'E1'], [otherNumber, 'E1'], ''],
    ['the next patient, whose number is no NHS number: the stale encounter goes', [nhsNumber, 'E1'], ['abc', 'E1'], ''],
    ['the next patient after a number that was none: the stale encounter goes', ['abc', 'E1'], [nhsNumber, 'E1'], ''],
    ['the number taken away: the stale encounter goes', [nhsNumber, 'E1'], ['', 'E1'], ''],
    ['the number taken away with a new encounter', [nhsNumber, 'E1'], ['', 'E2'], 'E2'],
    ['a first number after its encounter: it stays', ['', 'E1'], [nhsNumber, 'E1'], 'E1'],
    ['a first number after an encounter and only spaces: it stays', ['  ', 'E1'], [nhsNumber, 'E1'], 'E1'],
    ['a first number with another encounter', ['', 'E1'], [nhsNumber, 'E2'], 'E2'],
    ['number and encounter at once', ['', ''], [nhsNumber, 'E1'], 'E1'],
    ['the next patient, no encounter ever', [nhsNumber, ''], [otherNumber, ''], ''],
  ];
  for (const [title, [numberBefore, before], [numberAfter, after], encounter] of table)
    it(title, () => {
      expect(
        encounterAfter({ nhsNumber: numberBefore, encounter: before }, { nhsNumber: numberAfter, encounter: after }),
      ).to.equal(encounter);
    });
});
