import { expect } from 'chai';
import fc from 'fast-check';

import { RollingMinute } from '../src/rolling-minute.js';

describe('a rolling minute', () => {
  it('counts, allows and delays as a plain list of the requests would, whatever the times', () => {
    const steps = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 12 })), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (asked) => {
        const minute = new RollingMinute();
        let sent: readonly number[] = [];
        let now = 0;
        for (const [later, allowed] of asked) {
          now += later;
          sent = sent.filter((at) => at > now - 60_000);
          expect(minute.count(now)).to.equal(sent.length);
          const waits = minute.take(allowed, now);
          if (sent.length < allowed) {
            expect(waits).to.equal(undefined);
            sent = [...sent, now];
          } else expect(waits).to.equal(sent.at(-allowed)! + 60_000 - now);
        }
      }),
    );
  });
});
