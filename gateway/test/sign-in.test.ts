import { expect } from 'chai';

import { search } from './support.js';
import { edRole, Whole } from './whole.js';

describe('sign-in by CIS2', function () {
  this.timeout(20_000);
  const whole = new Whole();
  before(() => whole.start());
  after(() => whole.close());

  it('ends in a session, and the register answers', async () => {
    const browser = whole.browser();
    const back = await browser.signIn(edRole.id, '/cpis/sign-in?return=/ward?bed=3');
    expect(back.text).to.contain('/ward?bed=3');
    expect(back.status).to.equal(200);
    console.log(await browser.session());
    const answer = await browser.read(search);
    expect(answer.status).to.equal(200);
  });
});
