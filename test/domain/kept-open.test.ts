import { expect } from 'chai';

import { goesOn, keptUnder, keptUntil, mayBeKept, type Keepable } from '../../src/domain/kept-open.js';
import type { PatientOpen } from '../../src/domain/patient-open.js';
import { patientOpen } from '../fixtures/opens.js';

const open = patientOpen({ encounter: 'E1' });
const keepable = (change: Partial<PatientOpen> = {}, rest: Partial<Keepable> = {}): Keepable => ({
  open: { ...open, ...change },
  setting: 'emergency-department',
  lasts: 300,
  ...rest,
});
const hour = 3_600_000;
const at = 1_000_000_000_000;

describe('an open that the next page continues', () => {
  const kept: [what: string, change: Partial<PatientOpen>, isKept: boolean][] = [
    ['a person’s, in unscheduled care', {}, true],
    ['nobody in particular’s', { user: '' }, false],
    ['in scheduled care', { attendance: 'scheduled' }, false],
    ['for somebody who was not brought', { attendance: 'not-brought' }, false],
  ];
  for (const [what, change, isKept] of kept)
    it(`${what}: ${isKept ? 'kept' : 'not kept'}`, () => {
      expect(mayBeKept({ ...open, ...change })).to.equal(isKept);
    });

  const others: [what: string, other: Keepable][] = [
    ['user', keepable({ user: 'doctor' })],
    ['patient', keepable({ nhsNumber: '9990000417' })],
    ['encounter', keepable({ encounter: 'E2' })],
    ['encounter that is not known yet', keepable({ encounter: '' })],
    ['attendance', keepable({ attendance: 'scheduled' })],
    ['address', keepable({ baseUrl: 'https://other.example/FHIR' })],
    ['interface', keepable({ registerApi: 'patient-flags' })],
    ['care setting', keepable({}, { setting: 'paediatric-ward' })],
  ];
  for (const [what, other] of others)
    it(`another ${what} is another open`, () => {
      expect(keptUnder(other)).not.to.deep.equal(keptUnder(keepable()));
    });

  it('how long it lasts does not make it another open', () => {
    expect(keptUnder(keepable({}, { lasts: 3600 }))).to.deep.equal(keptUnder(keepable()));
  });

  const ages: [what: string, encounter: string, age: number, isGoneOn: boolean][] = [
    ['with an encounter, at once', 'E1', 0, true],
    ['with an encounter, after just under 12 hours', 'E1', 12 * hour - 1, true],
    ['with an encounter, after 12 hours', 'E1', 12 * hour, false],
    ['with an encounter, from the future: the clock was put back', 'E1', -1, false],
    ['without one, after just under fresh-for', '', 299_999, true],
    ['without one, after fresh-for', '', 300_000, false],
    ['without one, from the future', '', -1, false],
  ];
  for (const [what, encounter, age, isGoneOn] of ages)
    it(`${what}: ${isGoneOn ? 'gone on with' : 'an access of its own'}`, () => {
      const one = keepable({ encounter });
      expect(goesOn(one, at, at + age)).to.equal(isGoneOn);
      if (age >= 0) expect(keptUntil(one, at) > at + age).to.equal(isGoneOn);
    });
});
