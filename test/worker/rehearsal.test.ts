import { expect } from 'chai';

import { answerOf } from '../../src/domain/answer.js';
import { isNhsNumber } from '../../src/domain/nhs-number.js';
import { rehearse } from '../../src/worker/rehearsal.js';
import { replace } from '../support/page/broken-storage.js';

describe('the register’s side rehearses', () => {
  it('a whole answer is read from an invented body, and nobody is asked', async () => {
    const asked: unknown[] = [];
    const mend = replace(globalThis, 'fetch', (url: unknown) => asked.push(url));
    const { open, news } = await rehearse();
    mend();
    expect(asked).to.deep.equal([]);
    const [reply, visits] = news;
    expect(reply?.kind === 'reply' && answerOf(reply.reply, '2026-06-01').status).to.equal('current');
    expect(visits?.kind === 'visits' && visits.visits.kind).to.equal('shown');
    expect(JSON.stringify(news)).to.contain(open.nhsNumber);
  });

  it('with a number that the tag would never ask about', async () => {
    const { open } = await rehearse();
    expect(isNhsNumber(open.nhsNumber)).to.equal(false);
  });
});
