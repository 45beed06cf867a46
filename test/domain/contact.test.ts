import { expect } from 'chai';
import fc from 'fast-check';

import { authorityName } from '../../src/domain/authority.js';
import { contactsOf, lineToRing, otherLine, phonesFor, type Contact } from '../../src/domain/contact.js';
import type { Plan } from '../../src/domain/plan.js';
import { plan as islingtons } from '../fixtures/plans.js';

const today = '2026-08-09';
const numbers = { officePhone: '020 office', emergencyPhone: '020 emergency' };
const plan = (facts: Partial<Plan> = {}): Plan => islingtons({ ...numbers, ...facts });
const leeds = { authority: 'Leeds', officePhone: '0113 office', emergencyPhone: '0113 emergency' };
const ended = { end: '2026-08-08' };

describe('contacts', () => {
  it('of no plan there are none', () => {
    expect(contactsOf([], today)).to.deep.equal([]);
  });

  it('each authority has its own numbers, the most urgent plan’s authority first', () => {
    const plans = [plan({ ...leeds, kind: 'looked-after' }), plan({ kind: 'unborn' }), plan()];
    const [leedsPlan, unbornPlan, ownPlan] = plans;
    expect(contactsOf(plans, today)).to.deep.equal([
      {
        authority: 'Islington',
        plans: [ownPlan, unbornPlan],
        officePhones: ['020 office'],
        emergencyPhones: ['020 emergency'],
        responsible: true,
      },
      {
        authority: 'Leeds',
        plans: [leedsPlan],
        officePhones: ['0113 office'],
        emergencyPhones: ['0113 emergency'],
        responsible: true,
      },
    ]);
  });

  const sameName: [title: string, names: string[]][] = [
    ['with a code, in capitals and short', ['SFD1 - SHEFFIELD CITY COUNCIL', 'SHEFFIELD CITY COUNCIL', 'Sheffield']],
    ['as a borough, an authority and short', ['London Borough of Islington', 'Islington Local Authority', 'ISLINGTON']],
    ['that is not recognised, in three cases', ['Wibble Council', 'WIBBLE COUNCIL', 'WBL1 - WIBBLE COUNCIL']],
  ];
  for (const [title, names] of sameName)
    it(`one authority ${title} is one contact`, () => {
      const contacts = contactsOf(
        names.map((authority) => plan({ authority })),
        today,
      );
      expect(contacts).to.have.lengthOf(1);
      expect(contacts[0]?.officePhones).to.deep.equal(['020 office']);
    });

  const otherNames: [a: string, b: string][] = [
    ['Derby', 'Derbyshire'],
    ['Newcastle upon Tyne', 'Newcastle-under-Lyme'],
    ['North Yorkshire', 'East Riding of Yorkshire'],
    ['Wibble Council', 'Wobble Council'],
    ['Kingston upon Hull', 'Kingston upon Thames'],
  ];
  for (const [a, b] of otherNames)
    it(`${a} and ${b} are two contacts`, () => {
      expect(contactsOf([plan({ authority: a }), plan({ authority: b })], today)).to.have.lengthOf(2);
    });

  const numbers: [title: string, plans: Plan[], contact: Partial<Contact>][] = [
    ['no office number', [plan({ officePhone: undefined })], { officePhones: [] }],
    ['no emergency number', [plan({ emergencyPhone: undefined })], { emergencyPhones: [] }],
    [
      'no number at all',
      [plan({ officePhone: undefined, emergencyPhone: undefined })],
      { officePhones: [], emergencyPhones: [] },
    ],
    ['a number that only one of its plans has', [plan(), plan({ officePhone: undefined })], {}],
    ['the same numbers on two plans', [plan(), plan({ kind: 'unborn' })], {}],
    [
      'another office number on its second plan',
      [plan(), plan({ kind: 'unborn', officePhone: 'x' })],
      { officePhones: ['020 office', 'x'] },
    ],
    ['no name', [plan({ authority: undefined })], { authority: undefined }],
  ];
  for (const [title, plans, contact] of numbers)
    it(`an authority with ${title}`, () => {
      expect(contactsOf(plans, today)).to.deep.equal([
        {
          authority: 'Islington',
          plans,
          officePhones: ['020 office'],
          emergencyPhones: ['020 emergency'],
          responsible: true,
          ...contact,
        },
      ]);
    });

  const office = { line: 'office', number: '020 7946 0199' } as const;
  const duty = { line: 'emergency-duty', number: '020 7946 0123' } as const;
  const other = (number: string) => ({ line: 'other', number }) as const;
  const many: [title: string, phones: NonNullable<Plan['phones']>[], contact: Partial<Contact>][] = [
    [
      'more of one line',
      [[office, { ...office, number: '020 7946 0177' }, duty]],
      { officePhones: ['020 7946 0199', '020 7946 0177'] },
    ],
    ['one of no line', [[office, duty, other('020 7946 0177')]], { otherPhones: ['020 7946 0177'] }],
    ['one of no line that is a line’s', [[other('+44 20 7946 0199'), office, duty]], {}],
    ['one of no line that is a line’s on its other plan', [[other('02079460199')], [office, duty]], {}],
    ['one number written two ways', [[office, { ...office, number: '+44 (0)20 7946 0199' }, duty]], {}],
    [
      'one number written two ways, on two plans',
      [
        [office, duty],
        [{ ...office, number: '02079460199' }, duty],
      ],
      {},
    ],
    ['one number for both lines', [[office, { ...duty, number: office.number }]], { emergencyPhones: [office.number] }],
    [
      'numbers of no line alone',
      [[other('1'), other('2'), other('1')]],
      { officePhones: [], emergencyPhones: [], otherPhones: ['1', '2'] },
    ],
  ];
  for (const [title, phones, contact] of many)
    it(`an authority with ${title}`, () => {
      const plans = phones.map((all) => plan({ phones: all }));
      expect(contactsOf(plans, today)).to.deep.equal([
        {
          authority: 'Islington',
          plans,
          officePhones: [office.number],
          emergencyPhones: [duty.number],
          responsible: true,
          ...contact,
        },
      ]);
    });

  it('an authority without a name is kept apart from those with one', () => {
    expect(contactsOf([plan(), plan({ ...leeds, authority: undefined })], today)).to.have.lengthOf(2);
  });

  const responsible: [title: string, plans: Plan[], responsible: boolean[]][] = [
    [
      'an authority whose plans have all ended is not, beside one with a current plan',
      [plan(), plan({ ...leeds, ...ended })],
      [true, false],
    ],
    ['an authority with an ended plan and a current one is', [plan(), plan(ended)], [true]],
    [
      'an authority with a future plan is',
      [plan({ start: '2026-09-01' }), plan({ ...leeds, ...ended })],
      [true, false],
    ],
    ['when every plan has ended, all are', [plan(ended), plan({ ...leeds, ...ended })], [true, true]],
  ];
  for (const [title, plans, expected] of responsible)
    it(`responsible: ${title}`, () => {
      expect(contactsOf(plans, today).map((contact) => contact.responsible)).to.deep.equal(expected);
    });

  const counting: [title: string, plans: Plan[], of: string[][]][] = [
    [
      'those that have not ended, the most urgent first',
      [plan(ended), plan({ kind: 'looked-after' }), plan()],
      [['child-protection', 'looked-after']],
    ],
    [
      'an unborn baby’s before a looked after patient’s',
      [plan({ kind: 'looked-after' }), plan({ kind: 'unborn' })],
      [['unborn', 'looked-after']],
    ],
    ['one that starts later', [plan({ kind: 'unborn', start: '2026-09-01' }), plan(ended)], [['unborn']]],
    [
      'all where all of an authority’s have ended',
      [plan(), plan({ ...leeds, ...ended, kind: 'unborn' })],
      [['child-protection'], ['unborn']],
    ],
    [
      'each authority its own',
      [plan({ ...leeds, kind: 'looked-after' }), plan({ kind: 'unborn' })],
      [['unborn'], ['looked-after']],
    ],
  ];
  for (const [title, plans, of] of counting)
    it(`the plans named beside an authority: ${title}`, () => {
      const named = contactsOf(plans, today).map((contact) => contact.plans.map(({ kind }) => kind));
      expect(named).to.deep.equal(of);
    });

  it('no number is ever beside another authority’s name, and none is lost', () => {
    const names = ['Leeds', 'LEEDS CITY COUNCIL', 'SFD1 - SHEFFIELD CITY COUNCIL', 'Sheffield', 'Wibble', undefined];
    const phone = fc.option(fc.nat(9).map(String), { nil: undefined });
    const anyPlan = fc
      .record({
        authority: fc.constantFrom(...names),
        office: phone,
        emergency: phone,
        end: fc.constantFrom(undefined, '2020'),
      })
      .map(({ authority, office, emergency, end }) => {
        const owner = authority === undefined ? 'nobody' : authorityName(authority);
        const owned = (number: string | undefined, line: string) => number && `${owner} ${line} ${number}`;
        return plan({
          authority,
          officePhone: owned(office, 'office'),
          emergencyPhone: owned(emergency, 'emergency'),
          end,
        });
      });
    fc.assert(
      fc.property(fc.array(anyPlan, { maxLength: 8 }), (plans) => {
        const contacts = contactsOf(plans, today);
        for (const { authority, officePhones, emergencyPhones } of contacts) {
          const owner = authority === undefined ? 'nobody' : authorityName(authority);
          for (const number of officePhones) expect(number).to.match(new RegExp(`^${owner} office`));
          for (const number of emergencyPhones) expect(number).to.match(new RegExp(`^${owner} emergency`));
        }
        const all = contacts.flatMap(({ officePhones, emergencyPhones }) => [...officePhones, ...emergencyPhones]);
        const sent = plans.flatMap(({ officePhone, emergencyPhone }) => [officePhone, emergencyPhone]).filter(Boolean);
        expect(all).to.have.members([...new Set(sent)]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('contacts: the line to ring now', () => {
  const contactWith = (facts: Partial<Plan>): Contact => contactsOf([plan(facts)], today)[0]!;
  const both = contactWith({});
  const ofNoLine = { line: 'other', number: '020 other' } as const;

  const table: [title: string, contact: Contact, byDay: string | undefined, byNight: string | undefined][] = [
    ['both numbers: as the hour says', both, 'office', 'emergency-duty'],
    ['only the office’s: by night nobody answers it', contactWith({ emergencyPhone: undefined }), 'office', undefined],
    [
      'only the emergency duty team’s: the emergency duty team',
      contactWith({ officePhone: undefined }),
      'emergency-duty',
      'emergency-duty',
    ],
    [
      'the office’s and one of no known line: by night that one',
      contactWith({ phones: [ofNoLine, { line: 'office', number: '020 office' }] }),
      'office',
      'other',
    ],
    ['only one of no known line: that one', contactWith({ phones: [ofNoLine] }), 'other', 'other'],
    ['no number: none', contactWith({ officePhone: undefined, emergencyPhone: undefined }), undefined, undefined],
  ];
  for (const [title, contact, byDay, byNight] of table)
    it(title, () => {
      expect(lineToRing(contact, 'office')).to.equal(byDay);
      expect(lineToRing(contact, 'emergency-duty')).to.equal(byNight);
    });

  it('the numbers of a line belong to that line', () => {
    expect(phonesFor(both, 'office')).to.deep.equal(['020 office']);
    expect(phonesFor(both, 'emergency-duty')).to.deep.equal(['020 emergency']);
    expect(phonesFor(both, 'other')).to.deep.equal([]);
    expect([otherLine('office'), otherLine('emergency-duty')]).to.deep.equal(['emergency-duty', 'office']);
  });
});
