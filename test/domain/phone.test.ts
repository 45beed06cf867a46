import { expect } from 'chai';
import fc from 'fast-check';
import { readPhone } from '../../src/domain/phone.js';

describe('phone', () => {
  const table: [raw: string, display: string, href: string][] = [
    ['02079460123', '020 7946 0123', '02079460123'],
    ['020 7946 0123', '020 7946 0123', '02079460123'],
    ['+44 (0)20 7946 0123', '020 7946 0123', '02079460123'],
    ['+442079460123', '020 7946 0123', '02079460123'],
    ['+44(0)2079460123', '020 7946 0123', '02079460123'],
    ['+44 020 7946 0123', '020 7946 0123', '02079460123'],
    ['0044 20 7946 0123', '020 7946 0123', '02079460123'],
    ['(+44) 20 7946 0123', '020 7946 0123', '02079460123'],
    ['(020) 7946-0123', '020 7946 0123', '02079460123'],
    ['020\u00a07946\u20110123', '020 7946 0123', '02079460123'],
    ['020.7946.0123', '020 7946 0123', '02079460123'],
    ['0207527200', '020 752 7200', '0207527200'], // a national example, one digit short
    ['0113 496 0123', '0113 496 0123', '01134960123'],
    ['01614960123', '0161 496 0123', '01614960123'],
    ['01632960123', '01632 960123', '01632960123'],
    ['0120452345', '01204 52345', '0120452345'], // five local digits exist
    ['03001234567', '0300 123 4567', '03001234567'],
    ['0800123456', '0800 123456', '0800123456'],
    ['08001234567', '0800 123 4567', '08001234567'],
    ['07700900123', '07700 900123', '07700900123'],
    ['01174960123', '0117 496 0123', '01174960123'],
    ['02890180123', '028 9018 0123', '02890180123'],
    ['020 7946 0123 ext 45', '020 7946 0123 ext 45', '02079460123;ext=45'],
    ['020 7946 0123 x45', '020 7946 0123 ext 45', '02079460123;ext=45'],
    ['020 7946 0123x45', '020 7946 0123 ext 45', '02079460123;ext=45'],
    ['020 7946 0123, Extension: 4501', '020 7946 0123 ext 4501', '02079460123;ext=4501'],
    ['01632 960123 Ext.7', '01632 960123 ext 7', '01632960123;ext=7'],
  ];
  for (const [raw, display, href] of table) {
    it(`${raw} → ${display}`, () => {
      expect(readPhone(raw)).to.deep.equal({ display: display.replaceAll(' ', '\u00a0'), href: `tel:${href}` });
    });
  }

  const asItIs = [
    '', '020 7946 0123 / 0161 496 0123', '020 7946 0123 or 0161 496 0123', '02079460123, 01614960123',
    '020 7946 0123 0161 496 0123', '020 7946 0123 option 2', '020 7946 0123 (out of hours)', 'Ring the council', '0800 1111', '111',
    '999', '020 7946 01', '020 7946 01234 5', '+33 1 23 45 67 89', '+1 202 555 0123', '110694889738', '442079460123',
    '44 20 7946 0123', '00000000000', '06012345678', '7946 0123', '020 7946 0123 ext', '020 7946 0123 ext 1234567',
    'ext 45', '0207946O123', '０２０７９４６０１２３', '020+79460123', '020 7946 +44 0123', '+44', 'unknown', 'tel:02079460123',
  ]; // prettier-ignore
  for (const raw of asItIs) {
    it(`${JSON.stringify(raw)} is shown as it is, without a link`, () => {
      expect(readPhone(raw)).to.deep.equal({ display: raw });
    });
  }

  it('trims', () => expect(readPhone('  ring switchboard \n')).to.deep.equal({ display: 'ring switchboard' }));

  it('shows and dials the digits it was given, whatever the number', () => {
    const number = fc.stringMatching(/^0[1235789]\d{8,9}$/);
    const spaced = fc.tuple(number, fc.array(fc.nat(10), { maxLength: 4 })).map(([digits, gaps]) => ({
      digits,
      raw: gaps.reduce((text, gap) => `${text.slice(0, gap)} ${text.slice(gap)}`, digits),
    }));
    fc.assert(
      fc.property(spaced, ({ digits, raw }) => {
        const phone = readPhone(raw);
        expect(phone.display.replaceAll('\u00a0', '')).to.equal(digits);
        expect(phone.href).to.equal(`tel:${digits}`);
        expect(readPhone(phone.display)).to.deep.equal(phone);
        expect(readPhone(`+44${raw.trim().slice(1)}`)).to.deep.equal(phone);
      }),
    );
  });

  it('never throws, never invents a link', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const { display, href } = readPhone(raw);
        if (href === undefined) expect(display).to.equal(raw.trim());
        else expect(href).to.match(/^tel:0\d{9,10}(;ext=\d{1,6})?$/);
      }),
    );
  });
});
