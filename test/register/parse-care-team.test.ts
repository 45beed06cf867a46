import { expect } from 'chai';
import fc from 'fast-check';

import type { Plan } from '../../src/domain/plan.js';
import { parseCareTeams } from '../../src/register/parse-care-team.js';
import { careTeam, held, nhsNumber, nhsNumberSystem, none, otherNumber, searchSet } from '../fixtures/bundles.js';
import { planOfTeam as plan } from '../fixtures/plans.js';
import { changed, mutationsOf, nodeAt, pathsOf, wire } from './parse-mutations.js';

/** What a body says, in a word or two: `none`, `held 2`, `held 1, incomplete`, or why it is no answer. */
function said(body: unknown): string {
  const read = parseCareTeams(body, nhsNumber);
  if (read.kind === 'held') return `held ${read.plans.length}${read.incomplete ? ', incomplete' : ''}`;
  return read.kind === 'none' ? 'none' : read.reason;
}

const plansIn = (body: unknown): readonly Plan[] => {
  const read = parseCareTeams(wire(body), nhsNumber);
  return read.kind === 'held' ? read.plans : [];
};

/** A searchset of one CareTeam with these fields in place of its own. `undefined` removes a field. */
const withTeam = (fields: Record<string, unknown>): unknown => searchSet('CareTeam', [{ ...careTeam(), ...fields }]);

const match = (resource: unknown = careTeam()): unknown => ({ resource, search: { mode: 'match' } });
const include = (resource: unknown): unknown => ({ resource, search: { mode: 'include' } });
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] };
const search = 'https://register.example/cpis/FHIR/R4/CareTeam';
const self = (query: string, relation = 'self'): readonly object[] => [{ relation, url: `${search}?${query}` }];
const identifier = (value: unknown, system: string | undefined = nhsNumberSystem): unknown => ({ system, value });

describe('CareTeam search: no record', () => {
  const isNone: [title: string, body: unknown][] = [
    ['total 0 and no entry', none()],
    ['total 0 and an empty entry', { ...none(), entry: [] }],
    ['total -0, which JSON can write', JSON.parse(JSON.stringify(none()).replace('"total":0', '"total":-0'))],
    ['no link at all', { ...none(), link: undefined }],
    ['no link in the list', { ...none(), link: [] }],
    [
      'this patient in the self link, percent-encoded',
      { ...none(), link: self(`patient%3Aidentifier=${encodeURIComponent(`${nhsNumberSystem}|${nhsNumber}`)}`) },
    ],
    ['this patient in the self link, by id', { ...none(), link: self(`patient=Patient/${nhsNumber}`) }],
    ['a last link, which is no next', { ...none(), link: [{ relation: 'last', url: search }] }],
    ['a link of no relation, about this patient', { ...none(), link: [{ url: `${search}?patient=${nhsNumber}` }] }],
    ['a link that says nothing', { ...none(), link: [{}] }],
    ['the members of any Bundle', { ...none(), id: 'x', meta: { lastUpdated: '2026-01-01' }, timestamp: '2026-01-01' }],
    [
      'this patient in the self link, and a time stamp that would pass for another’s number',
      { ...none(), link: self(`patient=${nhsNumber}&ts=${otherNumber}`) },
    ],
    [
      'first and last, which ask about this patient',
      { ...none(), link: ['self', 'first', 'last'].flatMap((relation) => self(`patient=${nhsNumber}`, relation)) },
    ],
  ];
  for (const [title, body] of isNone)
    it(`${title}: none`, () => {
      expect(said(wire(body))).to.equal('none');
    });

  it('total -0 read as it is', () => {
    expect(said({ ...none(), total: -0 })).to.equal('none');
  });

  const objecting: [title: string, more: object, says: string][] = [
    ['a self link that names nobody', { link: self('_count=10') }, 'unreadable'],
    ['a self link with a page of its own', { link: self(`_page=${otherNumber}`) }, 'unreadable'],
    ['a self link without a query', { link: [{ relation: 'self', url: search }] }, 'unreadable'],
    ['a self link by the register’s own id', { link: self('patient=Patient/abc') }, 'unreadable'],
    ['a first link that asks about nobody', { link: self('_page=1', 'first') }, 'unreadable'],
    ['a first link of another patient', { link: self(`patient=${otherNumber}`, 'first') }, 'wrong-patient'],
    [
      'a last link of another patient',
      { link: self(`patient=${nhsNumberSystem}|${otherNumber}`, 'last') },
      'wrong-patient',
    ],
    ['an unnamed link of another patient', { link: [{ url: `${search}?patient=${otherNumber}` }] }, 'wrong-patient'],
    ['a self link without an address', { link: [{ relation: 'self' }] }, 'unreadable'],
    [
      'a link that is cut, with the number in it',
      { link: [{ relation: 'last', url: `${search}${nhsNumber}` }] },
      'unreadable',
    ],
    ['a link with an extension', { link: [{ ...self(`patient=${nhsNumber}`)[0], extension: [] }] }, 'unreadable'],
    ['an outcome in "issues"', { issues: outcome }, 'unreadable'],
    ['an outcome in "contained"', { contained: [outcome] }, 'unreadable'],
    ['rules that are not known', { implicitRules: 'https://example.org/rules' }, 'unreadable'],
    ['a modifier extension', { modifierExtension: [{ url: 'https://example.org/not' }] }, 'unreadable'],
    ['an extension', { extension: [{ url: 'https://example.org/withheld', valueBoolean: true }] }, 'unreadable'],
    ['an extension of the total', { _total: { extension: [{ url: 'https://example.org/masked' }] } }, 'unreadable'],
    ['a language', { language: 'en' }, 'unreadable'],
    ['a signature', { signature: {} }, 'unreadable'],
    ...['SUBSETTED', 'REDACTED'].flatMap((code): [string, object, string][] => [
      [`a tag ${code}`, { meta: { tag: [{ code }] } }, 'unreadable'],
      [`a security label ${code}`, { meta: { security: [{ code }] } }, 'unreadable'],
    ]),
    ['tags, and none in them', { meta: { tag: [] } }, 'unreadable'],
    ['something else about itself', { meta: { extension: [] } }, 'unreadable'],
    ['a word for its meta', { meta: 'REDACTED' }, 'unreadable'],
    ['a list for its meta', { meta: [] }, 'unreadable'],
    ['nothing for its meta', { meta: null }, 'unreadable'],
    ['an id that says something else', { id: { withheld: true } }, 'unreadable'],
    ['a time that says something else', { timestamp: ['incomplete'] }, 'unreadable'],
    ['a word of warning beside it', { warning: 'incomplete' }, 'unreadable'],
  ];
  for (const [title, more, says] of objecting)
    it(`total 0, no entry, and ${title}: ${says}`, () => {
      expect(said({ ...none(), ...more })).to.equal(says);
    });

  const isNotNone: [title: string, body: unknown, says: string][] = [
    ['no total', { ...none(), total: undefined }, 'unreadable'],
    ['total "0"', { ...none(), total: '0' }, 'unreadable'],
    ['total null', { ...none(), total: null }, 'unreadable'],
    ['total false', { ...none(), total: false }, 'unreadable'],
    ['total ""', { ...none(), total: '' }, 'unreadable'],
    ['total []', { ...none(), total: [] }, 'unreadable'],
    ['total [0]', { ...none(), total: [0] }, 'unreadable'],
    ['total {}', { ...none(), total: {} }, 'unreadable'],
    ['total 0.5', { ...none(), total: 0.5 }, 'unreadable'],
    ['total -1', { ...none(), total: -1 }, 'unreadable'],
    ['total 1 and no entry', { ...none(), total: 1 }, 'unreadable'],
    ['total 1 and an empty entry', { ...none(), total: 1, entry: [] }, 'unreadable'],
    ['total 0 and a match', { ...held(), total: 0 }, 'held 1, incomplete'],
    ['total 0 and an entry that cannot be read', { ...none(), entry: [{}] }, 'unreadable'],
    ['total 0 and an include', { ...none(), entry: [include({ resourceType: 'Organization' })] }, 'unreadable'],
    ['total 0 and a match of another kind', { ...none(), entry: [match({ resourceType: 'Flag' })] }, 'unreadable'],
    ['entry null', { ...none(), entry: null }, 'unreadable'],
    ['entry {}', { ...none(), entry: {} }, 'unreadable'],
    ['entry ""', { ...none(), entry: '' }, 'unreadable'],
    ['entry 0', { ...none(), entry: 0 }, 'unreadable'],
    ['entry false', { ...none(), entry: false }, 'unreadable'],
    ['entry [null]', { ...none(), entry: [null] }, 'unreadable'],
    ['entry [[]]', { ...none(), entry: [[]] }, 'unreadable'],
    ['entry { length: 0 }', { ...none(), entry: { length: 0 } }, 'unreadable'],
    [
      'an OperationOutcome as an outcome',
      { ...none(), entry: [{ resource: outcome, search: { mode: 'outcome' } }] },
      'unreadable',
    ],
    ['an OperationOutcome without a mode', { ...none(), entry: [{ resource: outcome }] }, 'unreadable'],
    ['an OperationOutcome as the body', outcome, 'unreadable'],
    ['a next link', { ...none(), link: [{ relation: 'next', url: `${search}?page=2` }] }, 'unreadable'],
    ['a next link in capitals', { ...none(), link: [{ relation: 'NEXT', url: `${search}?page=2` }] }, 'unreadable'],
    ['a next link without an address', { ...none(), link: [{ relation: 'next' }] }, 'unreadable'],
    ['a next link inside another list', { ...none(), link: [[{ relation: 'next', url: search }]] }, 'unreadable'],
    ['a link that is no list', { ...none(), link: { relation: 'next', url: search } }, 'unreadable'],
    ['a link that cannot be read', { ...none(), link: [{ relation: 5, url: search }] }, 'unreadable'],
    ['type batch-response', { ...none(), type: 'batch-response' }, 'unreadable'],
    ['type collection', { ...none(), type: 'collection' }, 'unreadable'],
    ['type Searchset', { ...none(), type: 'Searchset' }, 'unreadable'],
    ['type null', { ...none(), type: null }, 'unreadable'],
    ['no type', { ...none(), type: undefined }, 'unreadable'],
    ['no resourceType', { ...none(), resourceType: undefined }, 'unreadable'],
    ['resourceType bundle', { ...none(), resourceType: 'bundle' }, 'unreadable'],
    ['a Bundle in a list', [none()], 'unreadable'],
    ['a Bundle in a Bundle', { ...none(), entry: [match(none())] }, 'unreadable'],
    ['a Bundle in an envelope', { data: none() }, 'unreadable'],
    ['a Bundle as text', JSON.stringify(none()), 'unreadable'],
    ['{}', {}, 'unreadable'],
    ['[]', [], 'unreadable'],
    ['null', null, 'unreadable'],
    ['a string', 'none', 'unreadable'],
    ['an empty string', '', 'unreadable'],
    ['a number', 0, 'unreadable'],
    ['false', false, 'unreadable'],
    ['another patient in the self link', none(otherNumber), 'wrong-patient'],
    [
      'another patient in a self link that has lost a piece',
      {
        ...none(),
        link: [{ relation: 'self', url: `https://register.examentifier=${nhsNumberSystem}|${otherNumber}` }],
      },
      'wrong-patient',
    ],
    [
      'another patient in a self link whose parameter is misspelt',
      { ...none(), link: self(`pa\ufffdient=${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'ten digits that are not this patient’s in the self link',
      { ...none(), link: self('patient=9990000028') },
      'wrong-patient',
    ],
    [
      'another patient in the self link, in capitals',
      { ...none(), link: [{ relation: 'SELF', url: `${search}?patient=${otherNumber}` }] },
      'wrong-patient',
    ],
    [
      'another patient in the self link, percent-encoded',
      { ...none(), link: self(`patient%3Aidentifier=${encodeURIComponent(`${nhsNumberSystem}|${otherNumber}`)}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, by patient and system',
      { ...none(), link: self(`patient=${nhsNumberSystem}%7C${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, by patient alone',
      { ...none(), link: self(`patient=${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, by id',
      { ...none(), link: self(`patient=Patient/${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, spaced',
      { ...none(), link: self(`patient=${otherNumber.slice(0, 3)}+${otherNumber.slice(3)}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, as subject',
      { ...none(), link: self(`subject:identifier=${nhsNumberSystem}|${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'another patient in the self link, by any other name',
      { ...none(), link: self(`patient:Patient.identifier=${nhsNumberSystem}|${otherNumber}`) },
      'wrong-patient',
    ],
    [
      'an invalid number in the self link',
      { ...none(), link: self(`patient:identifier=${nhsNumberSystem}|123`) },
      'wrong-patient',
    ],
    [
      'this patient and another in the self link',
      {
        ...none(),
        link: self(
          `patient:identifier=${nhsNumberSystem}|${nhsNumber}&patient:identifier=${nhsNumberSystem}|${otherNumber}`,
        ),
      },
      'wrong-patient',
    ],
    [
      'another patient or this one in the self link',
      { ...none(), link: self(`patient:identifier=${nhsNumberSystem}|${otherNumber},${nhsNumberSystem}|${nhsNumber}`) },
      'wrong-patient',
    ],
    [
      'another patient in a second self link',
      { ...none(), link: [...(none()['link'] as unknown[]), ...(none(otherNumber)['link'] as unknown[])] },
      'wrong-patient',
    ],
    [
      'another patient anywhere in it',
      { ...none(), meta: { extension: [{ valueIdentifier: identifier(otherNumber) }] } },
      'wrong-patient',
    ],
  ];
  for (const [title, body, says] of isNotNone)
    it(`${title}: not none but ${says}`, () => {
      expect(said(wire(body))).to.equal(says);
    });

  it('no body: not none but unreadable', () => {
    expect(said(undefined)).to.equal('unreadable');
  });

  it('total and type by way of __proto__: not none', () => {
    const text = '{"resourceType":"Bundle","__proto__":{"type":"searchset","total":0}}';
    expect(said(JSON.parse(text))).to.equal('unreadable');
    expect(said(JSON.parse('{"__proto__":{"resourceType":"Bundle","type":"searchset","total":0}}'))).to.equal(
      'unreadable',
    );
    expect(said(JSON.parse('{"__proto__":null,"constructor":null,"toString":null}'))).to.equal('unreadable');
  });

  it('lists nested too deep for the stack: not none, and nothing is thrown', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(said(deep)).to.equal('unreadable');
    expect(said({ ...none(), entry: deep })).to.equal('unreadable');
    expect(said({ ...held(), extension: deep })).to.equal('held 1');
  });
});

describe('CareTeam search: every plan with the number is listed', () => {
  it('one complete plan', () => {
    expect(parseCareTeams(held(), nhsNumber)).to.deep.equal({ kind: 'held', plans: [plan], incomplete: false });
  });

  it('six plans of two authorities, each with its own name, dates and numbers', () => {
    const codes = ['342191000000101', '764841000000100', '818901000000100'];
    const facts = [0, 1, 2, 3, 4, 5].map((n) => ({
      code: codes[n % 3]!,
      name: n < 3 ? 'Leeds City Council' : 'SFD1 - SHEFFIELD CITY COUNCIL',
      start: `2025-01-0${n + 1}`,
      ...(n === 4 ? { end: '2025-06-30' } : {}),
      office: `011349600${n}0`,
      emergency: `011349600${n}1`,
    }));
    const kinds = ['child-protection', 'looked-after', 'unborn'];
    expect(parseCareTeams(held(...facts), nhsNumber)).to.deep.equal({
      kind: 'held',
      incomplete: false,
      plans: facts.map(({ name, start, end, office, emergency }, n) => ({
        kind: kinds[n % 3],
        code: undefined,
        start,
        end,
        authority: name,
        officePhone: office,
        emergencyPhone: emergency,
      })),
    });
  });

  /** Listed as sent, with "Not recorded" for what the register did not say. The answer has no fault. */
  const fine: [title: string, fields: Record<string, unknown>, reads: Partial<Plan>][] = [
    [
      'a code that is not known is shown',
      { category: [{ coding: [{ system: 'http://snomed.info/sct', code: '999' }] }] },
      { kind: 'unrecognised', code: '999' },
    ],
    ['a code without a system', { category: [{ coding: [{ code: '764841000000100' }] }] }, { kind: 'looked-after' }],
    [
      'a known code of another system is not known',
      { category: [{ coding: [{ system: 'urn:x', code: '764841000000100' }] }] },
      { kind: 'unrecognised', code: '764841000000100' },
    ],
    [
      'a code beside its local translation',
      {
        category: [
          {
            coding: [
              { system: 'urn:x', code: 'CPP' },
              { system: 'http://snomed.info/sct', code: '342191000000101' },
            ],
          },
        ],
      },
      {},
    ],
    [
      'a second category in another system’s words',
      {
        category: [
          { coding: [{ system: 'http://snomed.info/sct', code: '342191000000101' }] },
          { coding: [{ system: 'http://loinc.org', code: 'LA28865-6' }] },
        ],
      },
      {},
    ],
    ['words in place of a code', { category: [{ text: 'Care order' }] }, { kind: 'unrecognised', code: 'Care order' }],
    [
      'a code that is the name of an object’s method',
      { category: [{ coding: [{ code: 'constructor' }] }] },
      { kind: 'unrecognised', code: 'constructor' },
    ],
    ['no category', { category: undefined }, { kind: 'unrecognised' }],
    ['an empty category', { category: [] }, { kind: 'unrecognised' }],
    ['a category that says nothing', { category: [{}] }, { kind: 'unrecognised' }],
    ['no period', { period: undefined }, { start: undefined }],
    ['an empty period', { period: {} }, { start: undefined }],
    ['an end and no start', { period: { end: '2025-12-31' } }, { start: undefined, end: '2025-12-31' }],
    ['an end on the day of the start', { period: { start: '2025-09-26', end: '2025-09-26' } }, { end: '2025-09-26' }],
    [
      'date-times become London days',
      { period: { start: '2025-06-30T23:30:00Z', end: '2025-12-31T23:30:00Z' } },
      { start: '2025-07-01', end: '2025-12-31' },
    ],
    ['a month', { period: { start: '2025-09' } }, { start: '2025-09' }],
    ['a year', { period: { start: '2025' } }, { start: '2025' }],
    ['an end in the month of the start', { period: { start: '2025-09-26', end: '2025-09' } }, { end: '2025-09' }],
    [
      'an end in the year of the start',
      { period: { start: '2025-09', end: '2025' } },
      { start: '2025-09', end: '2025' },
    ],
    ...['0001-01-01', '1753-01-01', '1900-01-01', '1900-01-01T00:00:00Z'].map(
      (start): [string, Record<string, unknown>, Partial<Plan>] => [
        `a start that says there is none, ${start}`,
        { period: { start } },
        { start: undefined },
      ],
    ),
    ['an end that never comes', { period: { start: '2025-09-26', end: '9999-12-31' } }, {}],
    ['a start of long ago', { period: { start: '1900-01-02' } }, { start: '1900-01-02' }],
    ['a leap day', { period: { start: '2024-02-29' } }, { start: '2024-02-29' }],
    ['no name', { name: undefined }, { authority: undefined }],
    ['a name with space around it', { name: '  Leeds City Council ' }, { authority: 'Leeds City Council' }],
    [
      'direction marks in name and number',
      { name: '\u202eLeeds\u2067 City\u200f Council\u202c', telecom: [{ value: '\u202e1\u202c', use: 'work' }] },
      { authority: 'Leeds City Council', officePhone: '1', emergencyPhone: undefined },
    ],
    ['no telecom', { telecom: undefined }, { officePhone: undefined, emergencyPhone: undefined }],
    ['an empty telecom', { telecom: [] }, { officePhone: undefined, emergencyPhone: undefined }],
    [
      'no office number',
      { telecom: [{ system: 'phone', value: '02079460123', use: 'mobile' }] },
      { officePhone: undefined },
    ],
    [
      'no emergency number',
      { telecom: [{ system: 'phone', value: '02079460199', use: 'work' }] },
      { emergencyPhone: undefined },
    ],
    [
      'numbers without a system',
      {
        telecom: [
          { value: '1', use: 'work' },
          { value: '2', use: 'mobile' },
        ],
      },
      { officePhone: '1', emergencyPhone: '2' },
    ],
    [
      'an e-mail address is no office number',
      { telecom: [{ system: 'email', value: 'a@b.example', use: 'work' }] },
      { officePhone: undefined, emergencyPhone: undefined },
    ],
    [
      'the same number twice',
      {
        telecom: [
          { value: '1', use: 'work' },
          { value: '1', use: 'work' },
          { value: '2', use: 'mobile' },
        ],
      },
      { officePhone: '1', emergencyPhone: '2' },
    ],
  ];
  for (const [title, fields, reads] of fine)
    it(title, () => {
      expect(parseCareTeams(wire(withTeam(fields)), nhsNumber)).to.deep.equal({
        kind: 'held',
        plans: [{ ...plan, ...reads }],
        incomplete: false,
      });
    });

  it('two categories are two plans of one authority', () => {
    const category = ['342191000000101', '764841000000100'].map((code) => ({ coding: [{ code }] }));
    expect(plansIn(withTeam({ category }))).to.deep.equal([plan, { ...plan, kind: 'looked-after' }]);
  });

  it('a second category of SNOMED CT that is not known, or one in words, is a plan all the same', () => {
    const first = { coding: [{ code: '342191000000101' }] };
    const snomed = { coding: [{ system: 'http://snomed.info/sct', code: '999' }] };
    expect(plansIn(withTeam({ category: [first, snomed, { text: 'Care order' }] }))).to.deep.equal([
      plan,
      { ...plan, kind: 'unrecognised', code: '999' },
      { ...plan, kind: 'unrecognised', code: 'Care order' },
    ]);
  });

  it('two kinds of plan in one category are two plans: they are no translation of each other', () => {
    const category = [{ coding: [{ code: '764841000000100' }, { code: '342191000000101' }, { code: '999' }] }];
    expect(plansIn(withTeam({ category }))).to.deep.equal([{ ...plan, kind: 'looked-after' }, plan]);
  });

  it('the same category twice is one plan', () => {
    const category = [{ coding: [{ code: '342191000000101' }] }, { coding: [{ code: '342191000000101' }] }];
    expect(plansIn(withTeam({ category }))).to.deep.equal([plan]);
  });
});

describe('CareTeam search: a fault in an answer spoils nothing else, and is reported', () => {
  const unknownKind: Partial<Plan> = { kind: 'unrecognised' };
  const noPhones: Partial<Plan> = { officePhone: undefined, emergencyPhone: undefined };
  const flawed: [title: string, fields: Record<string, unknown>, reads: Partial<Plan>][] = [
    ...[null, 5, true, '', '   ', [], ['Leeds'], {}].map((name): (typeof flawed)[number] => [
      `name ${JSON.stringify(name)}`,
      { name },
      { authority: undefined },
    ]),
    ...[null, 5, 'x', {}, [5], [null], [[]], ['020']].map((telecom): (typeof flawed)[number] => [
      `telecom ${JSON.stringify(telecom)}`,
      { telecom },
      noPhones,
    ]),
    [
      'a telephone number that is a number',
      {
        telecom: [
          { value: 2079460199, use: 'work' },
          { value: '2', use: 'mobile' },
        ],
      },
      { officePhone: undefined, emergencyPhone: '2' },
    ],
    [
      'a telephone number that is empty',
      {
        telecom: [
          { value: '', use: 'work' },
          { value: '2', use: 'mobile' },
        ],
      },
      { officePhone: undefined, emergencyPhone: '2' },
    ],
    ...[null, 5, '2025', [], [{ start: '2025-09-26' }]].map((period): (typeof flawed)[number] => [
      `period ${JSON.stringify(period)}`,
      { period },
      { start: undefined },
    ]),
    ...[null, 20250926, '', 'soon', '2025-02-30', '2025-13-01', '2025-00', '26-09-2025', '0', {}].map(
      (start): (typeof flawed)[number] => [
        `start ${JSON.stringify(start)}`,
        { period: { start } },
        { start: undefined },
      ],
    ),
    ...[null, 'soon', '2026-02-29', '9999-99-99', ''].map((end): (typeof flawed)[number] => [
      `end ${JSON.stringify(end)}`,
      { period: { start: '2025-09-26', end } },
      {},
    ]),
    ['an end before its start', { period: { start: '2025-09-26', end: '2025-09-25' } }, { end: '2025-09-25' }],
    [
      'an end in the month before its start',
      { period: { start: '2025-09', end: '2025-08-31' } },
      { start: '2025-09', end: '2025-08-31' },
    ],
    ['an end in the year before its start', { period: { start: '2025-09-26', end: '2024' } }, { end: '2024' }],
    ...[null, 5, 'x', {}, [null], [5], [[]]].map((category): (typeof flawed)[number] => [
      `category ${JSON.stringify(category)}`,
      { category },
      unknownKind,
    ]),
    ['a code that is a number', { category: [{ coding: [{ code: 342191000000101 }] }] }, unknownKind],
    ['a coding that is no list', { category: [{ coding: { code: '342191000000101' } }] }, unknownKind],
    ['a system that is empty', { category: [{ coding: [{ system: '', code: '342191000000101' }] }] }, {}],
    ['an id that is a number', { id: 5 }, {}],
  ];
  for (const [title, fields, reads] of flawed)
    it(`${title}: the rest is listed`, () => {
      expect(parseCareTeams(wire(withTeam(fields)), nhsNumber)).to.deep.equal({
        kind: 'held',
        plans: [{ ...plan, ...reads }],
        incomplete: true,
      });
    });

  const incomplete: [title: string, body: unknown, says: string][] = [
    [
      'an entry that cannot be read beside a good one',
      { ...held({}, {}), entry: [match(), { resource: 'x' }] },
      'held 1, incomplete',
    ],
    ['an entry that is null beside a good one', { ...held(), entry: [null, match()] }, 'held 1, incomplete'],
    ['an entry without a resource beside a good one', { ...held(), entry: [{}, match()] }, 'held 1, incomplete'],
    [
      'a match without a number beside a good one',
      { ...held({}, {}), entry: [match(), match({ ...careTeam(), subject: undefined })] },
      'held 1, incomplete',
    ],
    ['total above the matches', { ...held(), total: 2 }, 'held 1, incomplete'],
    ['total below the matches', { ...held({}, {}), total: 1 }, 'held 2, incomplete'],
    ['total as text', { ...held(), total: '1' }, 'held 1, incomplete'],
    ['no total', { ...held(), total: undefined }, 'held 1, incomplete'],
    ['a next link', { ...held(), link: [{ relation: 'next', url: search }] }, 'held 1, incomplete'],
    [
      'an OperationOutcome beside a match',
      { ...held(), entry: [match(), { resource: outcome, search: { mode: 'outcome' } }] },
      'held 1, incomplete',
    ],
    [
      'an OperationOutcome without a mode beside a match',
      { ...held(), entry: [match(), { resource: outcome }] },
      'held 1, incomplete',
    ],
    [
      'a match of another kind',
      { ...held({}, {}), entry: [match(), match({ resourceType: 'Flag' })] },
      'held 1, incomplete',
    ],
    [
      'an unknown mode',
      { ...held(), entry: [{ resource: careTeam(), search: { mode: 'MATCH' } }] },
      'held 1, incomplete',
    ],
    ['type batch-response', { ...held(), type: 'batch-response' }, 'held 1, incomplete'],
    ['type collection', { ...held(), type: 'collection' }, 'held 1, incomplete'],
    ['no type', { ...held(), type: undefined }, 'held 1, incomplete'],
    ['only an entry that cannot be read', { ...held(), entry: [{ resource: 'x' }] }, 'unreadable'],
    ['only an outcome that calls itself a match', { ...held(), entry: [match(outcome)] }, 'unreadable'],
    ['only matches without a number', withTeam({ subject: undefined }), 'unreadable'],
  ];
  for (const [title, body, says] of incomplete)
    it(`${title}: ${says}`, () => {
      expect(said(wire(body))).to.equal(says);
    });

  const whole: [title: string, body: unknown, says: string][] = [
    [
      'an include of another kind',
      { ...held(), entry: [match(), include({ resourceType: 'Organization', name: 5 })] },
      'held 1',
    ],
    ['a match without a mode', { ...held(), entry: [{ resource: careTeam() }] }, 'held 1'],
    [
      'fields that are not read',
      { ...held(), signature: 5, entry: [{ ...(match() as object), response: 5 }] },
      'held 1',
    ],
  ];
  for (const [title, body, says] of whole)
    it(`${title}: ${says}, and nothing is wrong`, () => {
      expect(said(wire(body))).to.equal(says);
    });
});

describe('CareTeam search: never another patient', () => {
  const spaced = `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;
  const subjects: [title: string, subject: unknown, says: string][] = [
    ['this number', { identifier: identifier(nhsNumber) }, 'held 1'],
    ['this number with spaces', { identifier: identifier(spaced) }, 'held 1'],
    [
      'this number with hyphens and space around it',
      { identifier: identifier(` ${spaced.replaceAll(' ', '-')} `) },
      'held 1',
    ],
    ['this number without a system', { identifier: { value: nhsNumber } }, 'held 1'],
    ...['http://fhir.nhs.net/Id/nhs-number', 'urn:oid:2.16.840.1.113883.2.1.4.1'].flatMap(
      (system): [string, unknown, string][] => [
        [`this number under ${system}`, { identifier: identifier(nhsNumber, system) }, 'held 1'],
        [`another number under ${system}`, { identifier: identifier(otherNumber, system) }, 'wrong-patient'],
      ],
    ),
    ['this number as a reference', { reference: `Patient/${nhsNumber}` }, 'held 1'],
    ['this number as an absolute reference', { reference: `https://pds.example/Patient/${nhsNumber}` }, 'held 1'],
    ['this number as a versioned reference', { reference: `Patient/${nhsNumber}/_history/2` }, 'held 1'],
    [
      'this number as a conditional reference',
      { reference: `Patient?identifier=${nhsNumberSystem}|${nhsNumber}` },
      'held 1',
    ],
    ['another number', { identifier: identifier(otherNumber) }, 'wrong-patient'],
    ['another number as a number', { identifier: identifier(Number(otherNumber)) }, 'wrong-patient'],
    ['another number without a system', { identifier: { value: otherNumber } }, 'wrong-patient'],
    ['another number as a reference', { reference: `Patient/${otherNumber}` }, 'wrong-patient'],
    [
      'another number as an absolute reference',
      { reference: `https://pds.example/Patient/${otherNumber}` },
      'wrong-patient',
    ],
    ['another number as a versioned reference', { reference: `Patient/${otherNumber}/_history/2` }, 'wrong-patient'],
    [
      'another number as a conditional reference',
      { reference: `Patient?identifier=${nhsNumberSystem}|${otherNumber}` },
      'wrong-patient',
    ],
    [
      'another number as an encoded reference',
      { reference: `Patient?identifier=${encodeURIComponent(`${nhsNumberSystem}|${otherNumber}`)}` },
      'wrong-patient',
    ],
    [
      'this number, and a reference to another',
      { identifier: identifier(nhsNumber), reference: `Patient/${otherNumber}` },
      'wrong-patient',
    ],
    ['a number that is no NHS number', { identifier: identifier('9990000019') }, 'wrong-patient'],
    ['words where the number should be', { identifier: identifier('UNKNOWN') }, 'wrong-patient'],
    ['this number under another system', { identifier: identifier(nhsNumber, 'urn:hospital') }, 'unreadable'],
    ['a number that is empty', { identifier: identifier('') }, 'unreadable'],
    ['a number that is spaces and a hyphen', { identifier: identifier(' - ') }, 'unreadable'],
    ['this number as a number', { identifier: identifier(Number(nhsNumber)) }, 'unreadable'],
    ['a list of identifiers', { identifier: [identifier(nhsNumber)] }, 'unreadable'],
    ['a reference that holds no number', { reference: 'Patient/example' }, 'unreadable'],
    ['a name alone', { display: 'Melanie JONES' }, 'unreadable'],
    ['nothing', {}, 'unreadable'],
    ['null', null, 'unreadable'],
    ['a string', nhsNumber, 'unreadable'],
  ];
  for (const [title, subject, says] of subjects)
    it(`a match whose subject is ${title}: ${says}`, () => {
      expect(said(wire(withTeam({ subject })))).to.equal(says);
    });

  const other = careTeam({ number: otherNumber });
  const strays: [title: string, body: unknown][] = [
    ['the second of two matches', { ...held({}, {}), entry: [match(), match(other)] }],
    ['the first of two matches', { ...held({}, {}), entry: [match(other), match()] }],
    ['every match', held({ number: otherNumber })],
    ['an include', { ...held(), entry: [match(), include(other)] }],
    [
      'an included Patient',
      { ...held(), entry: [match(), include({ resourceType: 'Patient', identifier: [identifier(otherNumber)] })] },
    ],
    [
      'an included Patient’s id',
      { ...held(), entry: [match(), include({ resourceType: 'Patient', id: otherNumber })] },
    ],
    [
      'an entry’s full URL',
      {
        ...held(),
        entry: [
          match(),
          {
            ...(include({ resourceType: 'Patient' }) as object),
            fullUrl: `https://pds.example/Patient/${otherNumber}`,
          },
        ],
      },
    ],
    ['an outcome', { ...held(), entry: [match(), { resource: other, search: { mode: 'outcome' } }] }],
    ['an entry that cannot be read', { ...held(), entry: [match(), { resource: [other] }] }],
    [
      'a contained resource',
      withTeam({ contained: [{ resourceType: 'Patient', identifier: [identifier(otherNumber)] }] }),
    ],
    ['a reference deep inside', withTeam({ extension: [{ valueReference: { reference: `Patient/${otherNumber}` } }] })],
    [
      'an extension’s __proto__',
      JSON.parse(
        JSON.stringify(withTeam({ extension: [{ proto: identifier(otherNumber) }] })).replace('"proto"', '"__proto__"'),
      ),
    ],
    ['the self link', { ...held(), link: self(`patient:identifier=${nhsNumberSystem}|${otherNumber}`) }],
  ];
  for (const [title, body] of strays)
    it(`another number in ${title}: wrong-patient, and nothing is listed`, () => {
      expect(parseCareTeams(wire(body), nhsNumber)).to.deep.equal({ kind: 'failed', reason: 'wrong-patient' });
    });

  it('another number at any node of an answer: wrong-patient', () => {
    const body = wire(held({}, {}));
    for (const path of pathsOf(body)) {
      const node = nodeAt(body, path);
      if (typeof node !== 'object') continue;
      const key = Array.isArray(node) ? String(node.length) : 'stray';
      expect(said(changed(body, [...path, key], identifier(otherNumber))), path.join('.')).to.equal('wrong-patient');
    }
  });

  it('telephone numbers, ids and roles that look like NHS numbers are not patients', () => {
    const fields = {
      id: otherNumber,
      telecom: [{ system: 'phone', value: otherNumber, use: 'work' }],
      managingOrganization: [{ reference: `Organization/${otherNumber}` }],
    };
    expect(said(wire(withTeam(fields)))).to.equal('held 1');
  });
});

describe('CareTeam search: whatever comes', () => {
  it('any JSON is read without an exception, and none of it is none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => said(body) !== 'none'),
      { numRuns: 2000 },
    );
  });

  it('a held record with any one node removed or replaced is never none', () => {
    fc.assert(
      fc.property(mutationsOf(held({}, { code: '764841000000100' }), 1), (body) => said(body) !== 'none'),
      { numRuns: 5000 },
    );
  });

  it('a held record with any one node of its entries removed or replaced is never none', () => {
    const body = wire(held({}, {}));
    for (const path of pathsOf(body).filter(([first]) => first === 'entry'))
      for (const value of [undefined, null, [], {}, '', 0]) {
        const says = said(changed(body, path, value));
        expect(says, `${path.join('.')} ← ${JSON.stringify(value)}`).to.not.equal('none');
      }
  });

  it('a none with any changes is none only as rule 1 defines it', () => {
    let nones = 0;
    fc.assert(
      fc.property(mutationsOf(none(), 3), (body) => {
        if (said(body) !== 'none') return true;
        nones++;
        return isTrulyNone(body);
      }),
      { numRuns: 10_000 },
    );
    expect(nones).to.be.greaterThan(0);
  });

  it('a change to one match never hides another, and what it hides is reported', () => {
    const body = wire(held({ name: 'Leeds City Council' }, {}));
    const second = nodeAt(body, ['entry', '1']);
    fc.assert(
      fc.property(mutationsOf(second, 2), (entry) => {
        const read = parseCareTeams(changed(body, ['entry', '1'], entry ?? null), nhsNumber);
        if (read.kind === 'failed') return read.reason === 'wrong-patient';
        if (read.kind === 'none') return false;
        expect(read.plans[0]).to.deep.equal({ ...plan, authority: 'Leeds City Council' });
        return read.plans.length > 1 || read.incomplete;
      }),
      { numRuns: 3000 },
    );
  });
});

/** Safety rule 1, written out again. */
function isTrulyNone(body: unknown): boolean {
  const { resourceType, type, total, entry, link = [] } = body as Record<string, unknown>;
  const links = link as { relation?: unknown; url?: unknown }[];
  return (
    resourceType === 'Bundle' &&
    type === 'searchset' &&
    total === 0 &&
    (entry === undefined || (Array.isArray(entry) && entry.length === 0)) &&
    Array.isArray(links) &&
    links.every(
      ({ relation, url }) => relation !== 'next' && !(relation === 'self' && String(url).includes(otherNumber)),
    )
  );
}

describe('CareTeam search: a subject that is a Patient in the answer', () => {
  const old = (value: string): object => ({ ...(identifier(value) as object), use: 'old' });
  const person = (id: string, ...identifiers: readonly unknown[]): object => ({
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'urn:oid:2.999.1', value: '4438001' }, ...identifiers],
  });
  const team = (subject: object, contained: readonly object[] = []): object =>
    match({ ...careTeam(), subject, contained }) as object;
  const body = (...entry: readonly object[]): unknown => ({ ...held(), entry });
  const within = (...identifiers: readonly unknown[]): unknown =>
    body(team({ reference: '#pat' }, [person('pat', ...identifiers)]));
  const beside = (reference: string, fullUrl: string | undefined, ...identifiers: readonly unknown[]): unknown =>
    body(team({ reference }), { ...(include(person('p1', ...identifiers)) as object), fullUrl });
  const number = identifier(nhsNumber);

  const rows: [title: string, body: unknown, says: string][] = [
    ['within, of this number', within(number), 'held 1'],
    ['within, of this number and an old one', within(number, old(otherNumber)), 'held 1'],
    ['within, of an old number and this', within(old(otherNumber), number), 'held 1'],
    ['within, of this number alone, though it is marked as old', within(old(nhsNumber)), 'held 1'],
    ['within, of another number', within(identifier(otherNumber)), 'wrong-patient'],
    ['within, of this number and another in use', within(number, identifier(otherNumber)), 'wrong-patient'],
    [
      'within, of this number as the old one and another',
      within(old(nhsNumber), identifier(otherNumber)),
      'wrong-patient',
    ],
    ['within, of another’s old number alone', within(old(otherNumber)), 'wrong-patient'],
    ['within, of no number', within(), 'unreadable'],
    ['within, that is not there', body(team({ reference: '#pat' })), 'unreadable'],
    [
      'within, that is no Patient',
      body(team({ reference: '#pat' }, [{ ...person('pat', number), resourceType: 'Person' }])),
      'unreadable',
    ],
    ['included, by type and id', beside('Patient/p1', undefined, number), 'held 1'],
    ['included, by a version', beside('Patient/p1/_history/4', undefined, number), 'held 1'],
    ['included, by full URL', beside('urn:uuid:7', 'urn:uuid:7', number), 'held 1'],
    [
      'included, by absolute address',
      beside('https://r/FHIR/Patient/p1', 'https://r/FHIR/Patient/p1', number),
      'held 1',
    ],
    ['included, of another number', beside('Patient/p1', undefined, identifier(otherNumber)), 'wrong-patient'],
    ['included, but another than is meant', beside('Patient/p2', undefined, number), 'unreadable'],
    ['an identifier marked old, of another number', body(team({ identifier: old(otherNumber) })), 'wrong-patient'],
    [
      'a relative beside, of another number (a record may be about mother and baby): no guess who is who',
      body(
        team({ identifier: number }),
        include({ ...person('r1', identifier(otherNumber)), resourceType: 'RelatedPerson' }) as object,
      ),
      'wrong-patient',
    ],
  ];
  for (const [title, answer, says] of rows)
    it(`${title}: ${says}`, () => {
      expect(said(wire(answer))).to.equal(says);
    });
});
