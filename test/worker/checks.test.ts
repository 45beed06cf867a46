import { expect } from 'chai';

import type { News, Question, RegisterService, TokenSource } from '../../src/contract/register-service.js';
import { Checks } from '../../src/worker/checks.js';
import { accesses, held, none } from '../fixtures/bundles.js';
import { eventually, inWords, questionOf } from '../register/checks.js';
import { listen } from '../support/page/listen.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';

const seen = accesses([{ at: '2026-01-01T10:00:00Z' }]);
const whole: Scripts = { CareTeam: { body: held() }, AuditEvent: { body: seen } };

/** One page's service, with a clock that only the test moves. */
class Page {
  now = 1_000_000_000_000;
  readonly register: ScriptedRegister;
  readonly askers = new Map<string, { news: News[]; token: TokenSource | undefined }>();
  readonly service: RegisterService = new Checks(
    {
      here: () => Promise.resolve(),
      token: async (asker) => this.askers.get(asker)?.token?.() ?? '',
      storageKey: () => Promise.resolve(undefined),
    },
    () => this.now,
  );
  #asked = 0;

  constructor(register: ScriptedRegister) {
    this.register = register;
  }

  ask(rest: Partial<Question> = {}, token?: TokenSource): Asker {
    const asker = new Asker(this.service, `asker ${++this.#asked}`);
    this.askers.set(asker.name, { news: asker.news, token });
    void listen(
      this.service,
      asker.name,
      questionOf(this.register, {}, rest),
      { token: token !== undefined, storageKey: false },
      (news) => asker.news.push(news),
    );
    return asker;
  }

  async requests(): Promise<readonly string[]> {
    return (await this.register.log()).map(({ resource }) => resource);
  }
}

class Asker {
  readonly news: News[] = [];
  readonly service: RegisterService;
  readonly name: string;

  constructor(service: RegisterService, name: string) {
    this.service = service;
    this.name = name;
  }

  leave(): void {
    void this.service.leave(this.name);
  }
  get told(): readonly string[] {
    return inWords(this.news);
  }
  /** What it is told at once. */
  async toldAtOnce(): Promise<readonly string[]> {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    return this.told;
  }
  async hears(...words: string[]): Promise<void> {
    await eventually(() => this.news.length >= words.length);
    expect(this.told).to.deep.equal(words);
  }
}

const pageWith = async (scripts: Scripts): Promise<Page> => new Page(await ScriptedRegister.answering(scripts));
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the register as one page sees it: one open, one access', () => {
  it('however many ask with one TraceID, one request is made and all are told', async () => {
    const page = await pageWith(whole);
    let tokens = 0;
    const askers = Array.from({ length: 5 }, () => page.ask({}, async () => `token-${++tokens}`));
    for (const asker of askers) await asker.hears('held 1', 'visits 1');
    expect(await page.requests()).to.deep.equal(['CareTeam', 'AuditEvent']);
    expect(tokens).to.equal(1);
    for (const asker of askers) expect(asker.news).to.deep.equal(askers[0]!.news);
  });

  it('another TraceID is another request', async () => {
    const page = await pageWith(whole);
    const first = page.ask({ traceId: 'one' });
    const second = page.ask({ traceId: 'two' });
    await first.hears('held 1', 'visits 1');
    await second.hears('held 1', 'visits 1');
    const log = await page.register.log('CareTeam');
    expect(log.map(({ headers }) => headers['traceid'])).to.have.members(['one', 'two']);
  });

  it('one who joins late is told at once everything told so far, and then the rest', async () => {
    const page = await pageWith({ ...whole, AuditEvent: { hold: true, body: seen } });
    const first = page.ask();
    await first.hears('held 1');
    const late = page.ask();
    expect(await late.toldAtOnce()).to.deep.equal(['held 1']);
    await eventually(async () => (await page.register.log('AuditEvent')).length === 1);
    await page.register.release();
    await late.hears('held 1', 'visits 1');
    await first.hears('held 1', 'visits 1');
    expect(await page.requests()).to.have.lengthOf(2);
  });

  it('one who asks before any answer waits, even if they do not want a stored answer', async () => {
    const page = await pageWith({ CareTeam: { hold: true, body: none() } });
    const first = page.ask();
    await eventually(async () => (await page.requests()).length === 1);
    const second = page.ask({ freshFor: 0 });
    expect(second.told).to.deep.equal([]);
    await page.register.release();
    await first.hears('none');
    await second.hears('none');
    expect(await page.requests()).to.have.lengthOf(1);
  });
});

describe('the register as one page sees it: answers that are fresh', () => {
  const minutes: [title: string, after: number, freshFor: number, isFresh: boolean][] = [
    ['at once', 0, 300, true],
    ['a millisecond before the time is up', 299_999, 300, true],
    ['when the time is up', 300_000, 300, false],
    ['an hour later, for an hour', 3_599_999, 3600, true],
    ['after an hour', 3_600_000, 3600, false],
    ['at once, with no wish for a kept answer', 0, 0, false],
    ['before it was given: the clock was put back', -1, 300, false],
    ['long before it was given', -86_400_000, 3600, false],
  ];
  for (const [title, after, freshFor, isFresh] of minutes)
    for (const leaves of [true, false])
      it(`${title}${leaves ? ', nobody left to wait for it' : ''}: ${isFresh ? 'told without a request' : 'asked again, under the same TraceID'}`, async () => {
        const page = await pageWith(whole);
        const first = page.ask({ freshFor: Math.max(freshFor, 300) });
        await first.hears('held 1', 'visits 1');
        await settled();
        if (leaves) first.leave();
        page.now += after;
        const second = page.ask({ freshFor });
        expect(await second.toldAtOnce()).to.deep.equal(isFresh ? ['held 1', 'visits 1'] : []);
        await second.hears('held 1', 'visits 1');
        expect(await page.requests()).to.have.lengthOf(isFresh ? 2 : 4);
        const traceIds = (await page.register.log()).map(({ headers }) => headers['traceid']);
        expect(new Set(traceIds).size).to.equal(1);
        expect(first.told).to.deep.equal(['held 1', 'visits 1']);
      });

  it('a none is kept like any other answer', async () => {
    const page = await pageWith({ CareTeam: { body: none() } });
    await page.ask().hears('none');
    await settled();
    expect(await page.ask().toldAtOnce()).to.deep.equal(['none']);
    expect(await page.requests()).to.have.lengthOf(1);
  });

  it('an answer is kept no longer than anybody asked for: it is deleted by itself, and never given to one who would accept an older one', async () => {
    const page = await pageWith(whole);
    await page.ask({ freshFor: 0.05, timeout: 5 }).hears('held 1', 'visits 1');
    page.now += 51;
    await new Promise((resolve) => setTimeout(resolve, 5200));
    // If it were still there, it would be used.
    page.now -= 51;
    const second = page.ask({ freshFor: 3600 });
    expect(await second.toldAtOnce()).to.deep.equal([]);
    await second.hears('held 1', 'visits 1');
    expect(await page.requests()).to.have.lengthOf(4);
  });

  it('when asked for again, an answer is kept as long as the first asker wanted', async () => {
    const page = await pageWith(whole);
    await page.ask({ freshFor: 300 }).hears('held 1', 'visits 1');
    await settled();
    await page.ask({ freshFor: 0, timeout: 5 }).hears('held 1', 'visits 1');
    await new Promise((resolve) => setTimeout(resolve, 5200));
    expect(await page.ask({ freshFor: 300 }).toldAtOnce()).to.deep.equal(['held 1', 'visits 1']);
  });

  it('an answer is not used for another TraceID', async () => {
    const page = await pageWith({ CareTeam: { body: none() } });
    await page.ask({ traceId: 'one' }).hears('none');
    await settled();
    const other = page.ask({ traceId: 'two' });
    expect(other.told).to.deep.equal([]);
    await other.hears('none');
    expect(await page.requests()).to.have.lengthOf(2);
  });

  it('an answer that no open may use any more is deleted', async () => {
    const page = await pageWith({ CareTeam: { body: none() } });
    const first = page.ask({ traceId: 'one' });
    await first.hears('none');
    await settled();
    first.leave();
    page.now += 3_600_000;
    await page.ask({ traceId: 'two' }).hears('none');
    page.now -= 3_600_000;
    expect(page.ask({ traceId: 'one' }).told).to.deep.equal([]);
  });
});

describe('the register as one page sees it: failures are never kept', () => {
  const failures: [title: string, scripts: Scripts, words: string[]][] = [
    ['a status', { CareTeam: { status: 500 } }, ['register-error']],
    ['a body that cannot be read', { CareTeam: { body: {} } }, ['unreadable']],
    ['a dropped socket', { CareTeam: { drop: true } }, ['unreachable']],
    ['visits that failed', { ...whole, AuditEvent: { status: 500 } }, ['held 1', 'visits failed']],
  ];
  for (const [title, scripts, words] of failures)
    it(`after ${title} the register is asked again, under the same TraceID`, async () => {
      const page = await pageWith(scripts);
      await page.ask().hears(...words);
      await settled();
      await page.register.script(whole);
      const before = (await page.requests()).length;
      const second = page.ask();
      expect(second.told).to.deep.equal([]);
      await second.hears('held 1', 'visits 1');
      const log = await page.register.log();
      expect(log).to.have.lengthOf(before + 2);
      expect(new Set(log.map(({ headers }) => headers['traceid'])).size).to.equal(1);
    });

  it('after a token that was not obtained, the next one is asked for', async () => {
    const page = await pageWith(whole);
    await page.ask({}, () => Promise.reject(new Error('no session'))).hears('signed-out');
    await settled();
    await page.ask({}, async () => 'token').hears('held 1', 'visits 1');
  });

  it('a failure that arrives late does not remove the answer that replaced it', async () => {
    const page = await pageWith({ CareTeam: { hold: true, body: none() } });
    const first = page.ask();
    await eventually(async () => (await page.requests()).length === 1);
    await page.register.script({ CareTeam: { hold: false, body: none() } });
    first.leave();
    await page.ask().hears('none');
    await settled();
    expect(await page.ask().toldAtOnce()).to.deep.equal(['none']);
    expect(first.told).to.deep.equal([]);
  });
});

describe('the register as one page sees it: leaving', () => {
  const heldBack = (): Promise<Page> => pageWith({ CareTeam: { hold: true, body: none() } });

  it('while another waits, the request is not aborted, and the one who left is told nothing', async () => {
    const page = await heldBack();
    const [first, second] = [page.ask(), page.ask()];
    await eventually(async () => (await page.requests()).length === 1);
    first.leave();
    await settled();
    expect((await page.register.log())[0]!.aborted).to.equal(false);
    await page.register.release();
    await second.hears('none');
    expect(first.told).to.deep.equal([]);
    expect(await page.requests()).to.have.lengthOf(1);
  });

  it('when nobody waits any more, the request is aborted', async () => {
    const page = await heldBack();
    const [first, second] = [page.ask(), page.ask()];
    await eventually(async () => (await page.requests()).length === 1);
    first.leave();
    second.leave();
    await eventually(async () => (await page.register.log())[0]!.aborted);
    expect([...first.told, ...second.told]).to.deep.equal([]);
  });

  it('while the visits are under way, the request is aborted and the answer is not kept', async () => {
    const page = await pageWith({ ...whole, AuditEvent: { hold: true, body: seen } });
    const first = page.ask();
    await first.hears('held 1');
    await eventually(async () => (await page.register.log('AuditEvent')).length === 1);
    first.leave();
    await eventually(async () => (await page.register.log('AuditEvent'))[0]!.aborted);
    await page.register.script(whole);
    await page.register.script({ AuditEvent: { hold: false, body: seen } });
    const second = page.ask();
    expect(second.told).to.deep.equal([]);
    await second.hears('held 1', 'visits 1');
    expect(first.told).to.deep.equal(['held 1']);
  });

  it('one who left and asks again starts a request of its own', async () => {
    const page = await heldBack();
    page.ask().leave();
    await page.register.script({ CareTeam: { hold: false, body: none() } });
    await page.ask().hears('none');
  });

  it('leaving one question leaves no other', async () => {
    const page = await heldBack();
    const [first, second] = [page.ask({ traceId: 'one' }), page.ask({ traceId: 'two' })];
    await eventually(async () => (await page.requests()).length === 2);
    first.leave();
    await eventually(async () =>
      (await page.register.log()).some(({ headers, aborted }) => headers['traceid'] === 'one' && aborted),
    );
    await page.register.release();
    await second.hears('none');
  });

  it('one who is unknown, or has already left, changes nothing', async () => {
    const page = await pageWith({ CareTeam: { body: none() } });
    const first = page.ask();
    void page.service.leave('nobody');
    await first.hears('none');
    await settled();
    first.leave();
    first.leave();
    expect(await page.ask().toldAtOnce()).to.deep.equal(['none']);
  });
});

describe('the register as one page sees it: forgetting', () => {
  it('drops everything under way and tells nobody', async () => {
    const page = await pageWith({ CareTeam: { hold: true, body: none() } });
    const askers = [page.ask({ traceId: 'one' }), page.ask({ traceId: 'one' }), page.ask({ traceId: 'two' })];
    await eventually(async () => (await page.requests()).length === 2);
    void page.service.forget(false);
    await eventually(async () => (await page.register.log()).every(({ aborted }) => aborted));
    await settled();
    expect(askers.flatMap(({ told }) => told)).to.deep.equal([]);
  });

  it('drops the visits under way', async () => {
    const page = await pageWith({ ...whole, AuditEvent: { hold: true, body: seen } });
    const asker = page.ask();
    await asker.hears('held 1');
    await eventually(async () => (await page.register.log('AuditEvent')).length === 1);
    void page.service.forget(false);
    await eventually(async () => (await page.register.log('AuditEvent'))[0]!.aborted);
    await settled();
    expect(asker.told).to.deep.equal(['held 1']);
  });

  it('drops every answer kept', async () => {
    const page = await pageWith(whole);
    await page.ask().hears('held 1', 'visits 1');
    await settled();
    void page.service.forget(false);
    const second = page.ask();
    expect(second.told).to.deep.equal([]);
    await second.hears('held 1', 'visits 1');
    expect(await page.requests()).to.have.lengthOf(4);
  });

  it('a token that is still awaited leads to no request', async () => {
    const page = await pageWith(whole);
    let give: (token: string) => void = () => undefined;
    page.ask({}, () => new Promise((resolve) => (give = resolve)));
    void page.service.forget(false);
    give('late');
    await settled();
    expect(await page.requests()).to.deep.equal([]);
  });
});
