import { expect } from 'chai';
import oracle from 'nhs-number-validator';
import {
  cleanNhsNumber,
  formatNhsNumber,
  isNhsNumber,
  isNhsNumberSystem,
  nhsNumberSystem,
} from '../../src/domain/nhs-number.js';

describe('NHS number', () => {
  const table: [raw: string, cleaned: string, valid: boolean][] = [
    ['9990000018', '9990000018', true],
    ['999 000 0018', '9990000018', true],
    ['999-000-0018', '9990000018', true],
    ['999\u00a0000\u00a00018', '9990000018', true],
    ['999\u2009000\u202f0018\n', '9990000018', true],
    ['999\u2010000\u20110018', '9990000018', true],
    ['9434765919', '9434765919', true],
    ...[...'0123456789'].map((digit): [string, string, boolean] => [digit.repeat(10), digit.repeat(10), false]), // they pass modulus 11, and fill fields
    ['9999999990', '9999999990', false],
    ['1111111112', '1111111112', false],
    ['999 000 0019', '9990000019', false],
    ['9900000180', '9900000180', false],
    ['9912003890', '9912003890', false], // the national examples' number
    ['999000001', '999000001', false],
    ['99900000180', '99900000180', false],
    ['', '', false],
    ['abc', 'abc', false],
    ['999000001８', '999000001８', false], // full-width eight
    ['٩٩٩٠٠٠٠٠١٨', '٩٩٩٠٠٠٠٠١٨', false],
    ['+999000001', '+999000001', false],
    ['9.99000001', '9.99000001', false],
    ['9e99999999', '9e99999999', false],
    ['0x99900000', '0x99900000', false],
    ['999–000–0018', '9990000018', true],
    ['999—000—0018', '9990000018', true],
    ['999\u2212000\u22120018', '9990000018', true],
    ['\u202d999 000 0018\u202c', '9990000018', true], // as spreadsheets paste it
    ['999\u200b000\u200b0018', '9990000018', true],
    ['\ufeff9990000018', '9990000018', true],
    ['999\u00ad000\u20600018', '9990000018', true],
    ['999.000.0018', '999.000.0018', false],
    ['999/000/0018', '999/000/0018', false],
    ['999_000_0018', '999_000_0018', false],
  ];
  for (const [raw, cleaned, valid] of table) {
    it(`${JSON.stringify(raw)} is ${valid ? '' : 'not '}valid`, () => {
      expect(cleanNhsNumber(raw)).to.equal(cleaned);
      expect(isNhsNumber(cleanNhsNumber(raw))).to.equal(valid);
    });
  }

  it('gives nine digits one check digit, or none where it would be 10', () => {
    const checks = (nine: string): string => [...'0123456789'].filter((digit) => isNhsNumber(nine + digit)).join('');
    expect(checks('999000001')).to.equal('8');
    expect(checks('100000000')).to.equal('1'); // sum 10
    expect(checks('000000006')).to.equal(''); // sum 12: the check would be 10
  });

  it('has the identifier system that every national interface uses', () => {
    expect(nhsNumberSystem).to.equal('https://fhir.nhs.uk/Id/nhs-number');
  });

  for (const [system, isOne] of [
    ['https://fhir.nhs.uk/Id/nhs-number', true],
    ['http://fhir.nhs.net/Id/nhs-number', true],
    ['urn:oid:2.16.840.1.113883.2.1.4.1', true],
    ['https://fhir.nhs.uk/Id/local-number', false],
    ['', false],
    [undefined, false],
  ] as const)
    it(`${system ?? 'no system'} is ${isOne ? '' : 'not '}a system of NHS numbers`, () => {
      expect(isNhsNumberSystem(system)).to.equal(isOne);
    });

  it('is written as three, three and four digits, with plain spaces, because it is copied', () => {
    expect(formatNhsNumber('9991234567')).to.equal('999 123 4567');
  });

  it('agrees with nhs-number-validator on 1,000,000 random strings', function () {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const random = generator(seed);
    const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
    const text = (length: number, from: string): string => Array.from({ length }, () => pick(from)).join('');
    let valid = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const digits = text(9, '0123456789');
      let expected = digits + checkOf(digits);
      const shape = random();
      if (shape > 0.4 && shape < 0.6) expected = swap(expected, Math.floor(random() * 10), pick('0123456789'));
      else if (shape < 0.7 && shape >= 0.6) expected = text(Math.floor(random() * 14), '0123456789');
      else if (shape < 0.8 && shape >= 0.7) expected = swap(expected, Math.floor(random() * 10), pick('aO+.ex_٣８'));
      else if (shape >= 0.9) expected = text(10, '0123456789abE.+xX');
      let raw = expected;
      if (random() < 0.5) {
        const at = Math.floor(random() * 11);
        raw = raw.slice(0, at) + pick(' -\u00a0\u2009\u202f\u2010\u2011\t\ufeff') + raw.slice(at);
      }
      const cleaned = cleanNhsNumber(raw);
      const ours = isNhsNumber(cleaned);
      // Plain comparisons, because a million assertions would take most of the time.
      if (cleaned !== expected || ours !== oracle.validate(cleaned)) {
        expect.fail(`SEED=${seed}: ${JSON.stringify(raw)} → ${JSON.stringify(cleaned)}, ours ${ours}`);
      }
      if (ours) valid++;
    }
    expect(valid, `SEED=${seed}`).to.be.within(300_000, 700_000); // both answers were well exercised
  });
});

/** The check digit as in the textbook, or a digit that cannot be one. */
function checkOf(nine: string): string {
  const check = 11 - ([...nine].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0) % 11);
  return String(check === 11 ? 0 : check % 10);
}

function swap(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1);
}

/** mulberry32: a small seeded generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
