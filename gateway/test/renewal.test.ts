import { expect } from 'chai';

import { history, search } from './support.js';
import type { TestBrowser } from './test-browser.js';
import { edRole, Whole } from './whole.js';
import { setUp } from '../../test/support/node/setting-up.js';

const say =
  (status: number, error: string, headers: Record<string, string> = {}): (() => Response) =>
  () =>
    Response.json({ error }, { status, headers });

describe('the user’s token', () => {
  const whole = new Whole();
  let browser: TestBrowser;
  setUp(async (keep) => (await keep(whole)).start());
  beforeEach(async () => {
    whole.skew = 0;
    whole.platform.skew = 0;
    whole.platform.approvedAal = 3;
    whole.platform.instead = () => undefined;
    whole.platform.registerInstead = () => undefined;
    whole.configure();
    browser = whole.browser();
    await browser.signIn(edRole.id);
    whole.platform.grants.length = 0;
    for (const list of [whole.told.renewed, whole.told.ended, whole.told.reads]) list.length = 0;
  });
  /** Sets the clocks so that this many seconds are left of the token. */
  const left = (seconds: number): number => (whole.skew = whole.platform.skew = (599 - seconds) * 1000);
  const settled = async (): Promise<void> => {
    for (let tries = 0; tries < 100 && whole.told.renewed.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('is used as it is while more than two minutes are left', async () => {
    left(125);
    expect((await browser.read(search)).status).to.equal(200);
    expect(whole.platform.grants).to.deep.equal([]);
  });

  it('is renewed in its last two minutes by a read that does not wait for it', async () => {
    left(60);
    let release = (): void => undefined;
    whole.platform.made = () => new Promise<void>((resolve) => (release = resolve));
    expect((await browser.read(search)).status).to.equal(200);
    whole.platform.made = () => undefined;
    whole.configure();
    release();
    await settled();
    expect(whole.platform.grants).to.deep.equal(['refresh']);
  });

  it('is used in its last two minutes even if it cannot be renewed', async () => {
    left(60);
    whole.platform.instead = say(503, 'x');
    expect((await browser.read(search)).status).to.equal(200);
    expect((await browser.read(search)).status).to.equal(200);
  });

  for (const seconds of [9, 0, -300])
    it(`is waited for when ${seconds} seconds are left`, async () => {
      left(seconds);
      expect((await browser.read(search)).status).to.equal(200);
      expect(whole.platform.grants).to.deep.equal(['refresh']);
    });

  it('is renewed once, however many reads there are', async () => {
    left(0);
    const reads = await Promise.all(Array.from({ length: 50 }, () => browser.read(search)));
    expect(reads.filter(({ status }) => status === 200)).to.have.lengthOf(50);
    expect(whole.platform.grants).to.deep.equal(['refresh']);
  });

  it('is renewed when the register has refused it, once for both resources', async () => {
    whole.platform.forgetAccess();
    const both = await Promise.all([browser.read(search), browser.read(history)]);
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(whole.platform.grants).to.deep.equal(['refresh']);
  });

  it('is exchanged again when the refresh token is used up, and nobody is signed out', async () => {
    left(0);
    whole.platform.forgetRefresh();
    expect((await browser.read(search)).status).to.equal(200);
    expect(whole.platform.grants).to.deep.equal(['exchange']);
  });

  it('is exchanged again each time when the application has no secret', async () => {
    whole.configure({ platform: { ...whole.settings.platform, apiSecret: undefined } });
    left(0);
    expect((await browser.read(search)).status).to.equal(200);
    expect(whole.platform.grants).to.deep.equal(['exchange']);
  });

  it('ends the session when neither token is left', async () => {
    whole.skew = whole.platform.skew = 3_601_000;
    whole.configure({ idleMs: 36_000_000 });
    expect((await browser.read(search)).status).to.equal(401);
    expect(await browser.session()).to.deep.equal({ signedIn: false });
    expect(whole.told.ended).to.deep.equal(['invalid_grant']);
  });

  type Row = readonly [what: string, instead: () => Response | Promise<Response>, status: number, fault: string];
  const rows: readonly Row[] = [
    ['is busy', say(429, 'x', { 'Retry-After': '7' }), 503, 'TOKEN_SERVICE_DOWN'],
    ['is out of order', say(500, 'x'), 503, 'TOKEN_SERVICE_DOWN'],
    ['does not know our key', say(401, 'invalid_client'), 502, 'TOKEN_SERVICE_REFUSES'],
    ['finds the sign-in too weak', say(401, 'unauthorized_client'), 403, 'ASSURANCE_TOO_LOW'],
    ['does not answer', () => new Promise<Response>(() => undefined), 504, 'NO_ANSWER_IN_TIME'],
  ];
  for (const [what, instead, status, fault] of rows)
    it(`makes the answer ${status}, and signs nobody out, when the token service ${what}`, async () => {
      whole.configure({ tokenDeadlineMs: 300 });
      left(0);
      whole.platform.instead = instead;
      const answers = await Promise.all([browser.read(search), browser.read(search)]);
      expect(answers.map((answer) => answer.status)).to.deep.equal([status, status]);
      expect(whole.told.reads.map((read) => read.fault)).to.deep.equal([fault, fault]);
      expect(whole.told.renewed).to.deep.equal([fault]);
      if (status === 503) expect(Number(answers[0].headers.get('Retry-After'))).to.be.at.least(1);
      whole.platform.instead = () => undefined;
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await browser.read(search)).status).to.equal(200);
    });

  it('is answered 504 within the deadline while a renewal takes longer, and the renewal still counts', async () => {
    whole.configure({ deadlineMs: 200 });
    left(0);
    let release = (): void => undefined;
    whole.platform.made = () => new Promise<void>((resolve) => (release = resolve));
    expect((await browser.read(search)).status).to.equal(504);
    whole.platform.made = () => undefined;
    whole.configure();
    release();
    await settled();
    expect((await browser.read(search)).status).to.equal(200);
    expect(whole.platform.grants).to.deep.equal(['refresh']);
  });

  it('ends the session when the register refuses the renewed one too', async () => {
    whole.platform.registerInstead = () => Response.json({ issue: [{ diagnostics: 'expired' }] }, { status: 401 });
    expect((await browser.read(search)).status).to.equal(401);
    expect(whole.told.ended).to.deep.equal(['refused']);
    expect(await browser.session()).to.deep.equal({ signedIn: false });
  });

  it('is not renewed when the register refuses the role, and the session goes on', async () => {
    whole.platform.registerInstead = () =>
      Response.json({ issue: [{ diagnostics: 'no userroles available' }] }, { status: 401 });
    expect((await browser.read(search)).status).to.equal(403);
    expect([whole.platform.grants, whole.told.ended]).to.deep.equal([[], []]);
  });

  it('is not renewed by a timer', async () => {
    left(60);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(whole.platform.grants).to.deep.equal([]);
  });
});
