import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { situations } from '../campaigns/leaks-situations.js';
import { reasonLines } from '../../src/element/wording/reasons.js';
import { itNamesWhatIsThere, namedTests } from './named-tests.js';

const text = readFileSync('docs/security.md', 'utf8');

describe('docs/security.md', () => {
  it('names tests', () => {
    expect(namedTests(text)).to.have.lengthOf.above(20);
  });

  itNamesWhatIsThere(text);

  it('tells hosts to use the policy that is tested', () => {
    const [, told = ''] = /```\nContent-Security-Policy: ([^`]+)```/.exec(text) ?? [];
    const tested = readFileSync('test/journeys/hostile-hosts.test.ts', 'utf8');
    for (const directive of told.split(';').map((one) => one.trim())) {
      const [name = '', ...values] = directive.split(' ');
      expect(tested, directive).to.contain(`'${name}': `).and.to.contain(values.join(' '));
    }
  });
});

describe('the campaign `leaks`', () => {
  it('drives every reason', () => {
    const driven = situations.map(({ is, after = [] }) => `${is} ${after.join()}`).join();
    for (const reason of Object.keys(reasonLines))
      if (reason !== 'check-again') expect(driven, reason).to.contain(`[reason=${reason}]`);
    expect(driven).to.contain('pageshow');
  });
});
