import { expect } from 'chai';

import { places } from './places.js';
import { search } from './support.js';
import { edRole, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

for (const { name, start } of places.slice(1)) {
  if (start === undefined) {
    it(`NOT RUN: renewal over three instances on ${name}, which is not installed here`);
    continue;
  }
  describe(`200 reads at the moment of expiry, over three instances on one ${name}`, function () {
    this.timeout(240_000);
    const whole = new Whole();
    setUp(async (keep) => {
      const place = await keep(start(), (started) => started.stop());
      await keep(whole);
      await whole.start([await place.open(), await place.open(), await place.open()]);
    });

    it('make one renewal, 200 answers and 200 accesses', async () => {
      const browser = whole.browser();
      await browser.signIn(edRole.id);
      whole.platform.grants.length = 0;
      const accesses: (string | null)[] = [];
      whole.answer = ({ headers }) => {
        accesses.push(headers.get('TraceID'));
        return Response.json({ resourceType: 'Bundle' }, { headers: { 'Content-Type': 'application/fhir+json' } });
      };
      whole.skew = whole.platform.skew = 599_000;
      const reads = await Promise.all(
        Array.from({ length: 200 }, (_, index) => browser.read(search, { instance: index % 3 })),
      );
      expect(reads.map(({ status }) => status)).to.deep.equal(Array(200).fill(200));
      expect(whole.platform.grants).to.deep.equal(['refresh']);
      expect([accesses.length, new Set(accesses).size]).to.deep.equal([200, 200]);
    });

    it('share one limit, with its last part for the first question', async () => {
      // Moves on to a minute of its own.
      whole.skew = whole.platform.skew = 700_000;
      whole.configure({ limitPerMinute: 20 });
      const browser = whole.browser();
      await browser.signIn(edRole.id);
      const reads = await Promise.all(
        Array.from({ length: 30 }, (_, index) => browser.read(search, { instance: index % 3 })),
      );
      expect(reads.filter(({ status }) => status === 200)).to.have.lengthOf(20);
      expect(reads.filter(({ status }) => status === 429)).to.have.lengthOf(10);
    });
  });
}
