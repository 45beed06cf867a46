import { expect } from 'chai';
import { readFileSync } from 'node:fs';

import { situations } from '../campaigns/leaks-situations.js';
import { reasonLines } from '../../src/element/wording.js';

const text = readFileSync('docs/security.md', 'utf8').replace(/\s+/g, ' ');

/** The tests that a claim names: titles in quotation marks, then the file that holds them. */
const named = [...text.matchAll(/((?:“[^”]+”(?:,? and |, | ))+)(?:all )?in `(test\/[^`]+)`/g)].flatMap(
  ([, titles = '', file = '']) => [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ title, file })),
);

describe('docs/security.md', () => {
  it('names tests', () => {
    expect(named).to.have.lengthOf.above(20);
  });

  for (const { title, file } of named)
    it(`“${title}” is a test in ${file}`, () => {
      expect(readFileSync(file, 'utf8').replaceAll("\\'", "'")).to.contain(title);
    });

  it('tells hosts to use the policy that is tested', () => {
    const [, told = ''] =
      /```\nContent-Security-Policy: ([^`]+)```/.exec(readFileSync('docs/security.md', 'utf8')) ?? [];
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
