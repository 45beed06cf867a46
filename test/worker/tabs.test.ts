import { expect } from 'chai';

import { build } from '../../src/contract/build.js';
import type { News, PageSide, Question, RegisterService } from '../../src/contract/register-service.js';
import { openName } from '../../src/worker/open-name.js';
import { Checks } from '../../src/worker/checks.js';
import { accesses, held, nhsNumber, none } from '../fixtures/bundles.js';
import { eventually, inWords, questionOf } from '../register/checks.js';
import { listen } from '../support/page/listen.js';
import { ScriptedRegister, type Scripts } from '../support/page/scripted-register.js';

const seen = accesses([{ at: '2026-01-01T10:00:00Z' }]);
const whole: Scripts = { CareTeam: { body: held() }, AuditEvent: { body: seen } };
const heldWhole = ['held 1', 'visits 1'];

/** One tab of the user: a service of its own, with its own TraceID for what it opens. */
class Tab implements PageSide {
  readonly news: News[] = [];
  readonly traceId = crypto.randomUUID();
  readonly register: ScriptedRegister;
  readonly service: RegisterService;
  readonly #now: () => number;
  #asked = 0;

  constructor(register: ScriptedRegister, now: () => number = () => Date.now()) {
    this.register = register;
    this.#now = now;
    this.service = new Checks(this, now);
    tabs.push(this);
  }

  here = (): Promise<void> => Promise.resolve();
  token = (): Promise<string> => Promise.resolve('token');
  /** Whether its page can give a token. */
  gives = false;
  storageKey = (): Promise<undefined> => Promise.resolve(undefined);

  open(open: Partial<Question['open']> = {}, rest: Partial<Question> = {}): string {
    const asker = `asker ${++this.#asked}`;
    const made = { traceId: this.traceId, openedAt: this.#now() };
    const question = questionOf(this.register, { user: 'nurse', ...open }, { ...made, ...rest });
    void listen(this.service, asker, question, { token: this.gives, storageKey: false }, (news) =>
      this.news.push(news),
    );
    return asker;
  }

  /** What the register said, without whose TraceID was used. */
  get told(): readonly string[] {
    return inWords(this.news).filter((word) => word !== 'trace');
  }
  /** The TraceID that this tab's page was given in place of its own. */
  get adopted(): string | undefined {
    return this.news.flatMap((news) => (news.kind === 'trace' ? [news.traceId] : [])).at(-1);
  }
  async hears(words: readonly string[]): Promise<void> {
    await eventually(() => this.told.length >= words.length);
    expect(this.told).to.deep.equal(words);
  }
  /** As when the browser closes a tab: its locks and its channel go, and its request is cut off. */
  close(): void {
    void this.service.forget(false);
  }
}

/** Holds locks but neither hears nor says anything, like a tab that hangs or is frozen. Returns how to end it. */
async function deafTab(...locks: readonly [lock: string, options: LockOptions][]): Promise<() => void> {
  const end = new AbortController();
  const ended = new Promise((resolve) => {
    end.signal.addEventListener('abort', resolve);
  });
  // That its locks are stolen at the end does not concern the test.
  for (const [lock, options] of [[`cp-is-banner ${build}`, { mode: 'shared' }] as const, ...locks])
    navigator.locks.request(lock, options, () => ended).catch(() => undefined);
  await pause();
  return () => {
    end.abort();
  };
}

/** A tab that has the turn to ask about an open, and has asked with that TraceID if one is given. */
async function hungLeader(register: ScriptedRegister, asked?: { traceId: string; openedAt: number }) {
  const lock = `cp-is-banner ${build} ${await openName(questionOf(register, { user: 'nurse' }).open)}`;
  const mark = asked && `${lock} ${asked.traceId} ${asked.openedAt} none`;
  return deafTab([lock, {}], ...(mark === undefined ? [] : [[mark, { mode: 'shared' }] as [string, LockOptions]]));
}

const tabs: Tab[] = [];
const traceIds = async (register: ScriptedRegister): Promise<readonly string[]> => [
  ...new Set((await register.log()).map(({ headers }) => headers['traceid'] ?? '')),
];
const requests = async (register: ScriptedRegister, resource = 'CareTeam'): Promise<number> =>
  (await register.log(resource)).length;
const pause = (milliseconds = 50): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('tabs that share an open: one asks', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });

  it('however many open the same at once, one request is made and all are told', async () => {
    const register = await ScriptedRegister.answering(whole);
    const all = Array.from({ length: 8 }, () => new Tab(register));
    for (const tab of all) tab.open();
    for (const tab of all) await tab.hears(heldWhole);
    expect(await requests(register)).to.equal(1);
    expect(await requests(register, 'AuditEvent')).to.equal(1);
    const [traceId] = await traceIds(register);
    for (const tab of all) expect(tab.adopted ?? tab.traceId).to.equal(traceId);
  });

  it('one that opens while the plans are there and the visits are not is told the plans at once', async () => {
    const register = await ScriptedRegister.answering({ ...whole, AuditEvent: { hold: true, body: seen } });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await first.hears(['held 1']);
    second.open();
    await second.hears(['held 1']);
    await eventually(async () => (await requests(register, 'AuditEvent')) === 1);
    await register.release();
    await second.hears(heldWhole);
    await first.hears(heldWhole);
    expect(await requests(register)).to.equal(1);
  });

  it('one that opens later, within fresh-for, is told the earlier answer', async () => {
    const register = await ScriptedRegister.answering(whole);
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await first.hears(heldWhole);
    await pause();
    second.open();
    await second.hears(heldWhole);
    expect(second.adopted).to.equal(first.traceId);
    expect(await requests(register)).to.equal(1);
  });

  it('check() in another tab asks again, under the same TraceID', async () => {
    const register = await ScriptedRegister.answering(whole);
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open({ encounter: 'e1' });
    await first.hears(heldWhole);
    await pause();
    second.open({ encounter: 'e1' }, { freshFor: 0 });
    await second.hears(heldWhole);
    expect(await requests(register)).to.equal(2);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });

  it('an open with an encounter keeps its TraceID when its answer is no longer fresh', async () => {
    const register = await ScriptedRegister.answering(whole);
    let now = 1_000_000_000_000;
    const [first, second] = [new Tab(register, () => now), new Tab(register, () => now)];
    first.open({ encounter: 'e1' });
    await first.hears(heldWhole);
    await pause();
    now += 7_200_000;
    second.open({ encounter: 'e1' });
    await second.hears(heldWhole);
    expect(await requests(register)).to.equal(2);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });

  it('an open without an encounter is a new access once fresh-for is over', async () => {
    const register = await ScriptedRegister.answering(whole);
    let now = 1_000_000_000_000;
    const [first, second] = [new Tab(register, () => now), new Tab(register, () => now)];
    first.open();
    await first.hears(heldWhole);
    await pause();
    now += 300_000;
    second.open();
    await second.hears(heldWhole);
    expect(await traceIds(register)).to.have.members([first.traceId, second.traceId]);
  });

  it('an encounter that was set for an open is shared too', async () => {
    const register = await ScriptedRegister.answering(whole);
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await first.hears(heldWhole);
    void first.service.adopt(first.traceId, questionOf(register, { user: 'nurse', encounter: 'e1' }).open);
    await pause();
    second.open({ encounter: 'e1' });
    await second.hears(heldWhole);
    expect(await requests(register)).to.equal(1);
    expect(second.adopted).to.equal(first.traceId);
  });

  it('a failure reaches all who wait for it, and is not used again', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, status: 500 } });
    const all = [new Tab(register), new Tab(register), new Tab(register)];
    for (const tab of all) tab.open();
    await eventually(async () => (await requests(register)) === 1);
    await register.release();
    for (const tab of all) await tab.hears(['register-error']);
    expect(await requests(register)).to.equal(1);
    await register.script(whole);
    const late = new Tab(register);
    late.open();
    await late.hears(heldWhole);
    expect(await requests(register)).to.equal(2);
    expect(await traceIds(register)).to.have.lengthOf(1);
  });

  const others: [what: string, open: Partial<Question['open']>][] = [
    ['another patient', { nhsNumber: '9990000417' }],
    ['another user', { user: 'doctor' }],
    ['another attendance', { attendance: 'scheduled' }],
    ['another encounter', { encounter: 'e2' }],
  ];
  for (const [what, open] of others)
    it(`${what} is another open`, async () => {
      const nobody = { resourceType: 'Bundle', type: 'searchset', total: 0 };
      const register = await ScriptedRegister.answering({ CareTeam: { body: nobody } });
      const [first, second] = [new Tab(register), new Tab(register)];
      first.open();
      await first.hears(['none']);
      second.open(open);
      await second.hears(['none']);
      expect(await traceIds(register)).to.have.members([first.traceId, second.traceId]);
    });

  it('without a user nothing is shared', async () => {
    const register = await ScriptedRegister.answering(whole);
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open({ user: '' });
    await first.hears(heldWhole);
    second.open({ user: '' });
    await second.hears(heldWhole);
    expect(await traceIds(register)).to.have.members([first.traceId, second.traceId]);
  });
});

describe('messages on the tabs’ channel that are not theirs', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });

  const trace = { traceId: 'theirs', openedAt: 0, hasEncounter: true };
  const known = { trace, askingId: 'r', told: [], underWay: false, answeredAt: undefined };
  const reply = { kind: 'none', nhsNumber, checkedAt: 0, clock: 0 };
  const messages: readonly (readonly [what: string, message: (name: string) => unknown])[] = [
    ['nothing', () => undefined],
    ['a text', () => 'known'],
    ['a word nobody knows', (name) => ({ say: 'shout', name, known })],
    ['a word of every object', (name) => ({ say: 'toString', name })],
    ['what another knows, without a TraceID', (name) => ({ say: 'known', name, known: { ...known, trace: {} } })],
    ['what another knows, without news', (name) => ({ say: 'known', name, known: { ...known, told: undefined } })],
    [
      'news of a kind nobody knows',
      (name) => ({ say: 'known', name, known: { ...known, underWay: true, told: [{ kind: 'rumour' }] } }),
    ],
    [
      'a reply of a kind nobody knows',
      (name) => ({
        say: 'known',
        name,
        known: { ...known, underWay: true, told: [{ kind: 'reply', reply: { ...reply, kind: 'maybe' } }] },
      }),
    ],
    ['a leader without a TraceID', (name) => ({ say: 'lead', name, trace: {}, call: 'c' })],
  ];
  for (const [what, message] of messages)
    it(`${what}: is not listened to, and the open is answered`, async () => {
      const register = await ScriptedRegister.answering({
        CareTeam: { hold: true, body: held() },
        AuditEvent: { body: seen },
      });
      const [first, second] = [new Tab(register), new Tab(register)];
      first.open();
      await eventually(async () => (await requests(register)) === 1);
      second.open();
      await pause();
      const channel = new BroadcastChannel(`cp-is-banner ${build}`);
      const name = await openName(questionOf(register, { user: 'nurse' }).open);
      channel.postMessage(message(name));
      await pause();
      channel.close();
      expect([first.told, second.told]).to.deep.equal([[], []]);
      await register.release();
      await second.hears(heldWhole);
      await first.hears(heldWhole);
      expect(await traceIds(register)).to.deep.equal([first.traceId]);
    });
});

describe('tabs that share an open: the one that asks goes away', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });

  it('closed before an answer: another takes over, with the same TraceID', async () => {
    const register = await ScriptedRegister.answering({
      ...whole,
      CareTeam: { hold: true, body: held(), then: { body: held() } },
    });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await eventually(async () => (await requests(register)) === 1);
    second.open();
    await pause();
    first.close();
    await second.hears(heldWhole);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
    expect(second.adopted).to.equal(first.traceId);
  });

  it('closed before another has opened: a bystander passes the TraceID on', async () => {
    const register = await ScriptedRegister.answering({
      ...whole,
      CareTeam: { hold: true, body: held(), then: { body: held() } },
    });
    const first = new Tab(register);
    new Tab(register);
    first.open({ encounter: 'e1' });
    await eventually(async () => (await requests(register)) === 1);
    first.close();
    const late = new Tab(register);
    late.open({ encounter: 'e1' });
    await late.hears(heldWhole);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });

  it('closed between plans and visits: the next asks for both, under the same TraceID', async () => {
    const register = await ScriptedRegister.answering({
      ...whole,
      AuditEvent: { hold: true, body: seen, then: { body: seen } },
    });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await first.hears(['held 1']);
    second.open();
    await second.hears(['held 1']);
    await eventually(async () => (await requests(register, 'AuditEvent')) === 1);
    first.close();
    await second.hears(['held 1', 'held 1', 'visits 1']);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });

  it('its patient is closed while another tab waits: the request is not aborted', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    const [first, second] = [new Tab(register), new Tab(register)];
    const asker = first.open();
    await eventually(async () => (await requests(register)) === 1);
    second.open();
    await pause();
    void first.service.leave(asker);
    await pause();
    await register.release();
    await second.hears(['none']);
    expect((await register.log()).map(({ aborted }) => aborted)).to.deep.equal([false]);
  });

  it('its patient is closed and nobody waits: the request is aborted, and a later open continues the access', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { hold: true, body: none(), then: { body: none() } },
    });
    const [first, second] = [new Tab(register), new Tab(register)];
    const asker = first.open();
    await eventually(async () => (await requests(register)) === 1);
    void first.service.leave(asker);
    await eventually(async () => (await register.log())[0]!.aborted);
    second.open();
    await second.hears(['none']);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });

  it('one that waits too long reports that itself, and takes no further part', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await eventually(async () => (await requests(register)) === 1);
    second.open({}, { timeout: 0.1 });
    await second.hears(['timed-out']);
    await register.release();
    await first.hears(['none']);
    await pause();
    expect(second.told).to.deep.equal(['timed-out']);
    expect(await requests(register)).to.equal(1);
  });

  it('a tab forgets while it waits for the others to have heard: nothing is asked', async () => {
    const register = await ScriptedRegister.answering(whole);
    const end = await deafTab();
    const tab = new Tab(register);
    tab.open();
    await pause(100);
    void tab.service.forget(true);
    await pause(500);
    end();
    expect(await register.log()).to.have.lengthOf(0);
    expect(tab.told).to.deep.equal([]);
  });

  it('a tab forgets while it asks: it tells nobody here, and the next in turn asks', async () => {
    const register = await ScriptedRegister.answering({
      CareTeam: { hold: true, body: none(), then: { body: none() } },
    });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open();
    await eventually(async () => (await requests(register)) === 1);
    second.open();
    await pause();
    void first.service.forget(true);
    await second.hears(['none']);
    expect(first.told).to.deep.equal([]);
    expect(await traceIds(register)).to.deep.equal([first.traceId]);
  });
});

describe('tabs that share an open: the one with the turn is not heard any more', () => {
  let end: () => void = () => undefined;
  afterEach(() => {
    end();
    for (const tab of tabs.splice(0)) tab.close();
  });
  /** A short time, so that no test has to wait long. */
  const timeout = 2;

  it('it had asked nothing yet: another asks, once', async () => {
    const register = await ScriptedRegister.answering(whole);
    end = await hungLeader(register);
    const tab = new Tab(register);
    tab.open({}, { timeout });
    await tab.hears(heldWhole);
    expect(await traceIds(register)).to.deep.equal([tab.traceId]);
  });

  it('it had asked: one that opens later continues with its TraceID, though nobody else knows it', async () => {
    const register = await ScriptedRegister.answering(whole);
    const traceId = crypto.randomUUID();
    end = await hungLeader(register, { traceId, openedAt: Date.now() });
    const tab = new Tab(register);
    tab.open({}, { timeout });
    await tab.hears(heldWhole);
    expect([await traceIds(register), tab.adopted]).to.deep.equal([[traceId], traceId]);
  });

  it('however many wait for it, one asks, and all are told', async () => {
    const register = await ScriptedRegister.answering(whole);
    const traceId = crypto.randomUUID();
    end = await hungLeader(register, { traceId, openedAt: Date.now() });
    const all = Array.from({ length: 6 }, () => new Tab(register));
    for (const tab of all) tab.open({}, { timeout: 4 });
    for (const tab of all) await tab.hears(heldWhole);
    expect([await traceIds(register), await requests(register)]).to.deep.equal([[traceId], 1]);
  });

  it('it had asked about an earlier open: that TraceID is not used for another open', async () => {
    const register = await ScriptedRegister.answering(whole);
    const lock = `cp-is-banner ${build} ${await openName(questionOf(register, { user: 'nurse' }).open)}`;
    const old = `${lock} ${crypto.randomUUID()} ${Date.now() - 7_200_000} none`;
    end = await deafTab([old, { mode: 'shared' }]);
    const tab = new Tab(register);
    tab.open({}, { timeout });
    await tab.hears(heldWhole);
    expect(await traceIds(register)).to.deep.equal([tab.traceId]);
  });

  for (const mark of ['', ' ', ' theirs 1 none', ' 0b5f6b5e-6a55-4c55-9d5b-2f1f0a1a9f10 soon none'])
    it(`a lock of the origin’s own, named like an open and then “${mark}”, gives no TraceID`, async () => {
      const register = await ScriptedRegister.answering(whole);
      const lock = `cp-is-banner ${build} ${await openName(questionOf(register, { user: 'nurse' }).open)}`;
      end = await deafTab([`${lock}${mark}`, {}]);
      const tab = new Tab(register);
      tab.open({}, { timeout });
      await tab.hears(heldWhole);
      expect(await traceIds(register)).to.deep.equal([tab.traceId]);
    });

  it('one that is heard keeps its turn, however long the register takes', async () => {
    const register = await ScriptedRegister.answering({ ...whole, CareTeam: { hold: true, body: held() } });
    const [first, second] = [new Tab(register), new Tab(register)];
    first.open({}, { timeout: 5 });
    await eventually(async () => (await requests(register)) === 1);
    second.open({}, { timeout });
    await pause(1500);
    expect(await requests(register)).to.equal(1);
    await register.release();
    await second.hears(heldWhole);
  });

  it('its page is suspended before it gives a token: another asks with the same TraceID, and is not told of its failure', async () => {
    const register = await ScriptedRegister.answering({ ...whole, CareTeam: { hold: true, body: held() } });
    const [first, second, third] = [new Tab(register), new Tab(register), new Tab(register)];
    first.gives = true;
    first.token = first.here = () => new Promise<never>(() => undefined);
    first.open({}, { timeout: 2 });
    await pause();
    for (const tab of [second, third]) tab.open({}, { timeout: 4 });
    await first.hears(['timed-out']);
    await eventually(async () => (await requests(register)) === 1);
    await register.release();
    for (const tab of [second, third]) await tab.hears(heldWhole);
    expect([await traceIds(register), await requests(register)]).to.deep.equal([[first.traceId], 1]);
  });

  it('a host that takes long to give a token keeps its turn', async () => {
    const register = await ScriptedRegister.answering(whole);
    const [first, second] = [new Tab(register), new Tab(register)];
    first.gives = true;
    let give: (token: string) => void = () => undefined;
    first.token = () => new Promise((resolve) => (give = resolve));
    first.open();
    await pause();
    second.open({}, { timeout });
    await pause(1500);
    expect(await requests(register)).to.equal(0);
    give('token');
    await second.hears(heldWhole);
    expect([await traceIds(register), await requests(register)]).to.deep.equal([[first.traceId], 1]);
  });

  it('its turn is taken before it has asked: it asks nothing until its turn comes again', async () => {
    const register = await ScriptedRegister.answering(whole);
    end = await deafTab();
    const tab = new Tab(register);
    tab.open();
    const lock = `cp-is-banner ${build} ${await openName(questionOf(register, { user: 'nurse' }).open)}`;
    await pause();
    const taken = navigator.locks.request(lock, { steal: true }, () => pause(400));
    await pause(350);
    expect(await requests(register)).to.equal(0);
    await taken;
    await tab.hears(heldWhole);
    expect(await requests(register)).to.equal(1);
  });
});

describe('tabs that share an open: what others can see', () => {
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });

  it('no lock and no channel has the NHS number, the user or the encounter in its name', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { hold: true, body: none() } });
    const channels: string[] = [];
    const { BroadcastChannel: Real } = globalThis;
    globalThis.BroadcastChannel = class extends Real {
      constructor(name: string) {
        super(name);
        channels.push(name);
      }
    };
    try {
      const [first, second] = [new Tab(register), new Tab(register)];
      first.open({ encounter: 'encounter-7' });
      second.open({ encounter: 'encounter-7' });
      await eventually(async () => (await requests(register)) === 1);
      const { held: locks = [], pending = [] } = await navigator.locks.query();
      const names = [...locks, ...pending].map(({ name = '' }) => name);
      expect(names.some((name) => /[\da-f]{64}$/.test(name))).to.equal(true);
      expect(channels).to.not.deep.equal([]);
      for (const name of [...names, ...channels])
        for (const secret of [nhsNumber, 'nurse', 'encounter-7']) expect(name).to.not.contain(secret);
      await register.release();
    } finally {
      globalThis.BroadcastChannel = Real;
    }
  });

  const refusals: [what: string, refuse: () => () => unknown][] = [
    [
      'locks are refused',
      () => {
        const before = Object.getOwnPropertyDescriptor(LockManager.prototype, 'request')!;
        const value = () => Promise.reject(new DOMException('refused', 'SecurityError'));
        Object.defineProperty(LockManager.prototype, 'request', { ...before, value });
        return () => Object.defineProperty(LockManager.prototype, 'request', before);
      },
    ],
    [
      'channels are refused',
      () => {
        const { BroadcastChannel: Real } = globalThis;
        Object.assign(globalThis, {
          BroadcastChannel: function refused() {
            throw new DOMException('refused', 'SecurityError');
          },
        });
        return () => (globalThis.BroadcastChannel = Real);
      },
    ],
  ];
  for (const [what, refuse] of refusals)
    it(`where ${what}, each tab asks for itself`, async () => {
      const register = await ScriptedRegister.answering(whole);
      const restore = refuse();
      try {
        const tab = new Tab(register);
        tab.open();
        await tab.hears(heldWhole);
        expect(await requests(register)).to.equal(1);
      } finally {
        restore();
      }
    });

  it('a tab that hears nothing delays the asking a little, but does not stop it', async () => {
    const register = await ScriptedRegister.answering(whole);
    const end = await deafTab();
    const tab = new Tab(register);
    tab.open();
    await tab.hears(heldWhole);
    end();
  });
});
