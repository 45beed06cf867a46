import { expect } from 'chai';

import { hexOf } from '../../src/domain/hex.js';

describe('bytes as hexadecimal digits', () => {
  const rows: [bytes: number[], hex: string][] = [
    [[], ''],
    [[0], '00'],
    [[9, 10, 255], '090aff'],
    [[16, 1], '1001'],
  ];
  for (const [bytes, hex] of rows)
    it(`[${bytes.join()}]: "${hex}"`, () => {
      expect(hexOf(Uint8Array.from(bytes))).to.equal(hex);
    });
});
