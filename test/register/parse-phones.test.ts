import { expect } from 'chai';

import type { Plan } from '../../src/domain/plan.js';
import { parseCareTeams } from '../../src/register/parse-care-team.js';
import { careTeam, nhsNumber, searchSet } from '../fixtures/bundles.js';

const today = '2026-11-27';
const office = '02079460199';
const duty = '02079460123';
const third = '02079460177';

/** What is read from one CareTeam's telecom: each number with its line, and whether the answer counts as complete. */
function read(telecom: unknown): {
  readonly numbers: readonly string[];
  readonly incomplete: boolean;
  readonly plan: Plan;
} {
  const body = searchSet('CareTeam', [{ ...careTeam(), telecom }]);
  const found = parseCareTeams(JSON.parse(JSON.stringify(body)), nhsNumber, today);
  if (found.kind !== 'held') throw new Error('not held');
  const plan = found.plans[0]!;
  const { officePhone, emergencyPhone, phones } = plan;
  const named = [
    ...(officePhone === undefined ? [] : [`office ${officePhone}`]),
    ...(emergencyPhone === undefined ? [] : [`emergency-duty ${emergencyPhone}`]),
  ];
  return {
    numbers: phones?.map(({ line, number }) => `${line} ${number}`) ?? named,
    incomplete: found.incomplete,
    plan,
  };
}

const phone = (value: unknown, more: object = {}): object => ({ system: 'phone', value, ...more });
const extension = (valueString: unknown) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/contactpoint-extension', valueString }],
});
const work = { use: 'work' };
const mobile = { use: 'mobile' };

describe('the numbers of an authority (FHIR R4, ContactPoint)', () => {
  const table: readonly [what: string, telecom: readonly object[], numbers: readonly string[]][] = [
    [
      'office and emergency duty',
      [phone(office, work), phone(duty, mobile)],
      [`office ${office}`, `emergency-duty ${duty}`],
    ],
    ['none', [], []],
    ['no use', [phone(office)], [`other ${office}`]],
    ['two without a use', [phone(office), phone(duty)], [`other ${office}`, `other ${duty}`]],
    ...['home', 'temp', 'pager-duty'].map((use): [string, object[], string[]] => [
      `use ${use}`,
      [phone(office, { use })],
      [`other ${office}`],
    ]),
    ['use old', [phone(third, { use: 'old' }), phone(office, work)], [`office ${office}`]],
    ['two offices', [phone(office, work), phone(third, work)], [`office ${office}`, `office ${third}`]],
    [
      'by rank, those without one last',
      [phone('3', work), phone('2', { ...work, rank: 2 }), phone('1', { ...work, rank: 1 })],
      ['office 1', 'office 2', 'office 3'],
    ],
    [
      'one that has ended',
      [phone(third, { ...work, period: { end: '2026-11-26' } }), phone(office, work)],
      [`office ${office}`],
    ],
    ['one that ends today', [phone(office, { ...work, period: { end: today } })], [`office ${office}`]],
    [
      'one that ended this month, or may have',
      [phone(office, { ...work, period: { end: '2026-11' } })],
      [`office ${office}`],
    ],
    ['one that ended last year', [phone(office, { ...work, period: { end: '2025' } })], []],
    ['one that starts tomorrow', [phone(office, { ...work, period: { start: '2026-11-28' } })], []],
    ['one that has started', [phone(office, { ...work, period: { start: '2026-11-27' } })], [`office ${office}`]],
    ['a period that cannot be read', [phone(office, { ...work, period: { end: 'soon' } })], [`office ${office}`]],
    ['an empty period', [phone(office, { ...work, period: {} })], [`office ${office}`]],
    ['an extension', [phone(office, { ...work, ...extension('4321') })], [`office ${office} ext 4321`]],
    [
      'an extension of another kind',
      [phone(office, { ...work, extension: [{ url: 'x', valueString: '4321' }] })],
      [`office ${office}`],
    ],
    ['an empty extension', [phone(office, { ...work, extension: [{}] })], [`office ${office}`]],
    [
      'another system',
      [
        { system: 'fax', value: office, use: 'work' },
        { system: 'email', value: 'a@b.example' },
      ],
      [],
    ],
    ['no system', [{ value: office, use: 'work' }], [`office ${office}`]],
    [
      'the office’s is missing, and one has no use',
      [phone(duty, mobile), phone(third)],
      [`emergency-duty ${duty}`, `other ${third}`],
    ],
    [
      'signs that are no placeholder',
      [phone('<>?:"{}|_+', mobile), phone('*#', work)],
      ['office *#', 'emergency-duty <>?:"{}|_+'],
    ],
    [
      'a text in another script',
      [phone('\u0441\u043f\u0440\u043e\u0441', mobile)],
      ['emergency-duty \u0441\u043f\u0440\u043e\u0441'],
    ],
    [
      'a text of words',
      [phone('Ring the council and ask for duty', mobile)],
      ['emergency-duty Ring the council and ask for duty'],
    ],
    [
      'a text with hours',
      [phone('01632 960123 (Mon-Thu) or 01632 960124', work)],
      ['office 01632 960123 (Mon-Thu) or 01632 960124'],
    ],
  ];
  for (const [what, telecom, numbers] of table)
    it(`${what}: ${numbers.join(', ') || 'not recorded'}`, () => {
      expect(read(telecom).numbers).to.deep.equal(numbers);
    });

  const placeholders = [
    ...[
      'N/A',
      'n/a',
      'NA',
      'n.a.',
      'N/K',
      'NK',
      '-',
      '--',
      '–',
      '.',
      '?',
      '???',
      'x',
      'XXXX',
      '0',
      '00000 000000',
      '(0)',
      '_',
    ],
    ...[
      'None',
      'nil',
      'NULL',
      'undefined',
      'Unknown',
      'unknown',
      'TBC',
      'tba',
      'Not known',
      'not recorded',
      'NOT AVAILABLE',
    ],
    ...['Not applicable', 'not provided', 'Not given', 'no number', 'No phone', 'not entered'],
  ];
  for (const value of placeholders)
    it(`${JSON.stringify(value)} is not a number: not recorded, and the other line stays`, () => {
      const { plan, incomplete } = read([phone(value, mobile), phone(office, work)]);
      expect([plan.emergencyPhone, plan.officePhone, plan.phones, incomplete]).to.deep.equal([
        undefined,
        office,
        undefined,
        false,
      ]);
    });

  it('more than one number is not a fault, but a number that is not text is', () => {
    expect(read([phone(office, work), phone(third, work)]).incomplete).to.equal(false);
    expect(read([phone(5, work)]).incomplete).to.equal(true);
  });

  it('without a date nothing is out of date', () => {
    const telecom = [phone(office, { ...work, period: { end: '1999' } })];
    const body = searchSet('CareTeam', [{ ...careTeam(), telecom }]);
    const found = parseCareTeams(body, nhsNumber);
    expect(found.kind === 'held' && found.plans[0]?.officePhone).to.equal(office);
  });
});
