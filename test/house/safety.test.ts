import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { itNamesWhatIsThere, namedCampaigns, namedTests } from './named-tests.js';

const text = readFileSync('docs/safety.md', 'utf8');

/** The rows of the log: id, hazard, causes, effect, controls, proof, remaining risk. */
const rows = [...text.matchAll(/^\| *(H\d+) *\|(.*)\|$/gm)].map(([, id = '', cells = '']) => ({
  id,
  cells: cells.split('|').map((cell) => cell.trim()),
}));

/** Harm first, and then how often, as the introduction of the log explains. */
const estimate = /(Catastrophic|Major|Considerable|Significant|Minor), (very high|high|medium|low|very low)\. ./;

describe('docs/safety.md', () => {
  it('numbers its hazards from H1 with no gap and no repeat', () => {
    expect(rows).to.have.lengthOf.above(30);
    expect(rows.map(({ id }) => id)).to.deep.equal(rows.map((_, index) => `H${index + 1}`));
  });

  for (const { id, cells } of rows)
    it(`${id} is complete, names its control’s proof or says that none is possible, and says what risk is left`, () => {
      expect(cells).to.have.lengthOf(6);
      for (const cell of cells) expect(cell).not.to.equal('');
      const [, , , , proof = '', left] = cells;
      if (!proof.startsWith('No test can.'))
        expect([...namedTests(proof), ...namedCampaigns(proof)]).to.have.lengthOf.above(0);
      expect(left).to.match(estimate);
    });

  it('refers to no hazard that does not exist', () => {
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id] of text.matchAll(/\bH\d+\b/g)) expect(ids).to.include(id);
  });

  itNamesWhatIsThere(text);
});
