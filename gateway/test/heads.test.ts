import { expect } from 'chai';
import * as fc from 'fast-check';

import { headsOf } from '../src/heads.js';

describe('Node’s own headers', () => {
  const name = fc.constantFrom(
    'Host',
    'host',
    'Cookie',
    'COOKIE',
    'TraceID',
    'Sec-Fetch-Site',
    'sec-fetch-site',
    'Age',
  );
  const value = fc.constantFrom('', 'a', 'same-origin', 'epr.example', '__Host-cpis=1', 'a, b');

  it('are read as `Headers` would read them: a repeated one is joined, and so matches neither value', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), name, (pairs, wanted) => {
        expect(headsOf(pairs.flat()).get(wanted)).to.equal(new Headers(pairs).get(wanted));
      }),
    );
  });

  it('join all cookies into one', () => {
    expect(headsOf(['Cookie', 'a=1', 'TraceID', 't', 'cookie', 'b=2']).get('Cookie')).to.equal('a=1; b=2');
  });
});
