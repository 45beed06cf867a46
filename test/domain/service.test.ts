import { expect } from 'chai';
import fc from 'fast-check';

import { isService, kindOfService, serviceKey, type ServiceKind } from '../../src/domain/service.js';

const ED = 'THE WHITTINGTON HOSPITAL NHS TRUST - ED (RKEAA)';

describe('service: whether a view’s place is this service', () => {
  const table: [place: string | undefined, service: string, isHere: boolean][] = [
    [ED, ED, true],
    [ED, 'The Whittington Hospital NHS Trust - ED (RKEAA)', true],
    [ED, ' the whittington  hospital nhs trust-ED(rkeaa) ', true],
    [` ${ED}\n`, ED, true],
    [ED, 'THE WHITTINGTON HOSPITAL NHS TRUST - ED', true],
    [`${ED} `, 'THE WHITTINGTON HOSPITAL NHS TRUST - ED', true],
    [ED, 'RKEAA', true],
    [ED, ' rkeaa ', true],
    ['ROYAL LONDON HOSPITAL (R1H12)', 'R1H12', true],
    ['TRUST (RKE)', 'RKE', true],
    ['LONGEST CODE (ABCDE12345)', 'ABCDE12345', true],
    ['Leeds General Infirmary', 'leeds general infirmary', true],
    ['NHS 111', 'NHS111', true],

    // Another ward of the same hospital is another service, though the national example gives both its code.
    ['THE WHITTINGTON HOSPITAL NHS TRUST - COMM. PAED. MEDICAL TEAM (RKEAA)', ED, false],
    ['ST MARY’S HOSPITAL (PAEDS)', 'ST THOMAS’ HOSPITAL (PAEDS)', false],
    [ED, 'Whittington ED (RKEAA)', false],
    [ED, '(RKEAA)', false],
    [ED, 'RKE', false],
    [ED, 'RKEAB', false],
    [ED, 'KEAA', false],
    [ED, 'THE WHITTINGTON HOSPITAL NHS TRUST', false],
    [ED, 'WHITTINGTON', false],
    ['LEEDS (ED)', 'ED', false], // two letters are no code
    ['LEEDS (ED)', 'LEEDS', false],
    ['LEEDS (ABCDE123456)', 'ABCDE123456', false],
    ['LEEDS (paeds)', 'paeds', false],
    ['LEEDS (paeds)', 'LEEDS', false],
    ['LEEDS (RR8-1)', 'RR8-1', false],
    ['(RR801) LEEDS', 'RR801', false],
    ['LEEDS RR801', 'RR801', false],
    ['LEEDS (RR801) EAST', 'RR801', false],
    ['LEEDS', 'LEEDS (RR801)', false],
    ['NHS 111', 'NHS 112', false],
    ['', '', false],
    [' ', ' ', false],
    [undefined, '', false],
    [undefined, 'undefined', false],
    [undefined, ED, false],
    [ED, '', false],
    [ED, ' ', false],
    ['A', '.', false],
    ['constructor', 'A', false],
  ];
  for (const [place, service, isHere] of table)
    it(`${JSON.stringify(place)} is ${isHere ? '' : 'not '}"${service}"`, () => {
      expect(isService(place, service)).to.equal(isHere);
    });

  it('a place equals itself if it has a name, and two places are the same only by their own code', () => {
    const name = fc.oneof(fc.constantFrom('A', 'a ', 'B', ED, 'B (RKEAA)', 'RKEAA', '(RKEAA)', '', ' '), fc.string());
    fc.assert(
      fc.property(name, name, (place, service) => {
        expect(isService(place, place)).to.equal(serviceKey(place) !== '');
        if (serviceKey(place) === serviceKey(service))
          expect(isService(place, service)).to.equal(serviceKey(place) !== '');
        else if (isService(place, service)) expect(place.trim()).to.match(/\([A-Z\d]{3,10}\)$/);
      }),
    );
  });
});

describe('service: one key for one service', () => {
  const same: [a: string | undefined, b: string | undefined][] = [
    [ED, ED.toLowerCase()],
    [ED, ` ${ED.replaceAll(' ', '\u00a0')} `],
    ['St Mary’s ED', 'ST MARY’S\tED'],
    [undefined, ''],
    [undefined, ' \n'],
  ];
  for (const [a, b] of same)
    it(`${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      expect(serviceKey(a)).to.equal(serviceKey(b));
    });

  const different: [a: string, b: string][] = [
    [ED, 'THE WHITTINGTON HOSPITAL NHS TRUST - COMM. PAED. MEDICAL TEAM (RKEAA)'],
    ['ST MARY’S HOSPITAL (PAEDS)', 'ST THOMAS’ HOSPITAL (PAEDS)'],
    ['St Mary’s', 'St Marys'],
    ['Ward 1', 'Ward 11'],
  ];
  for (const [a, b] of different)
    it(`not of ${a} and ${b}`, () => {
      expect(serviceKey(a)).not.to.equal(serviceKey(b));
    });

  it('gives no key only when there is no name', () => {
    for (const place of [undefined, '', ' ', '\u00a0\t']) expect(serviceKey(place)).to.equal('');
    for (const place of ['-', '0', '(RKEAA)']) expect(serviceKey(place)).not.to.equal('');
  });
});

describe('service: its kind, as far as the name shows it', () => {
  const kinds: Record<ServiceKind, (string | undefined)[]> = {
    'emergency-department': [
      ...[ED, 'Leeds ed', 'ED', 'Emergency Department', 'LEEDS - EMERGENCY DEPT', 'PAED EMERGENCY DEP (RKEAA)'],
      ...['Accident and Emergency', 'ACCIDENT & EMERGENCY', 'A&E', 'Leeds A & E', 'a &e', 'A& E'],
    ],
    'call-or-ambulance': [
      ...[
        'NHS 111',
        'NHS111',
        'nhs 111 london (NLO07)',
        '111',
        'Integrated Urgent Care 111',
        'LONDON AMBULANCE SERVICE',
      ],
      ...['Ambulance', 'A&E ambulance liaison', 'NHS 111 - ED validation'],
    ],
    other: [
      ...[
        undefined,
        '',
        'MEDICAL TEAM',
        'PAED TEAM',
        'Leeds Paediatric Ward',
        'Clinic (RX1114)',
        'Clinic (R1111)',
        'Clinic (RX111)',
      ],
      ...[
        'NHS 1111',
        'Emergency Dental Service',
        'Emergency Departments’ pharmacy',
        'Accident Emergency',
        'Edward Ward',
      ],
      ...['BA&E', 'A&Ex', 'Nonemergency department', 'Walk-in centre'],
    ],
  };
  for (const [kind, places] of Object.entries(kinds))
    for (const place of places)
      it(`${JSON.stringify(place)} is ${kind}`, () => {
        expect(kindOfService(place)).to.equal(kind);
      });
});
