import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { itNamesWhatIsThere, namedTests } from './named-tests.js';

const text = readFileSync('docs/cases.md', 'utf8');
/** The rows of its tables: input, before, now, test. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:input|---)/.test(line))
  .map((line) => line.slice(1, -1).split(/(?<!\\)\|/));

describe('docs/cases.md', () => {
  it('says for every case what it was, what it is, and which test covers it', () => {
    expect(rows).to.have.lengthOf.above(30);
    for (const cells of rows) {
      expect(cells, cells[0]).to.have.lengthOf(4);
      expect(namedTests(cells[3] ?? ''), cells[0]).not.to.have.lengthOf(0);
    }
  });

  itNamesWhatIsThere(text);
});
