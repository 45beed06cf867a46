import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { itNamesWhatIsThere, namedTests } from '../../test/house/named-tests.js';

describe('gateway/asvs.md', () => {
  const text = readFileSync('gateway/asvs.md', 'utf8');

  it('names tests', () => {
    expect(namedTests(text)).to.have.lengthOf.above(20);
  });

  itNamesWhatIsThere(text);
});

describe('the gateway’s hazards in docs/safety.md', () => {
  const rows = [...readFileSync('docs/safety.md', 'utf8').matchAll(/^\| *(H-BFF-\d+) *\|(.*)\|$/gm)];

  it('are numbered from H-BFF-1 with no gap and no repeat', () => {
    expect(rows).to.have.lengthOf.above(8);
    expect(rows.map(([, id]) => id)).to.deep.equal(rows.map((_, index) => `H-BFF-${index + 1}`));
  });

  for (const [, id = '', row = ''] of rows)
    it(`${id} is complete, names the proof of its control, and says what risk is left`, () => {
      const cells = row.split('|').map((cell) => cell.trim());
      expect(cells).to.have.lengthOf(6);
      expect(namedTests(cells[4] ?? '')).to.have.lengthOf.above(0);
      expect(cells[5]).to.match(
        /^(Catastrophic|Major|Considerable|Significant|Minor), (very high|high|medium|low|very low)\. ./,
      );
    });
});
