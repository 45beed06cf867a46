import { expect } from 'chai';

import { isFresh } from '../../src/domain/freshness.js';

const since = Date.parse('2026-08-09T12:00:00Z');

describe('freshness', () => {
  const table: [title: string, seconds: number, age: number, fresh: boolean][] = [
    ['at once', 300, 0, true],
    ['a moment before its time is up', 300, 299_999, true],
    ['when its time is up', 300, 300_000, false],
    ['long after', 300, 86_400_000, false],
    ['the clock was put back by a moment', 300, -1, false],
    ['the clock was put back by a year', 300, -31_536_000_000, false],
    ['no time at all', 0, 0, false],
  ];
  for (const [title, seconds, age, fresh] of table)
    it(`${title}: ${fresh ? 'fresh' : 'stale'}`, () => {
      expect(isFresh(since, seconds, since + age)).to.equal(fresh);
    });
});
