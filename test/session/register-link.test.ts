import { expect } from 'chai';
import { filter, firstValueFrom } from 'rxjs';

import type { News, Question } from '../../src/contract/register-service.js';
import { RegisterLink } from '../../src/session/register-link.js';
import { loadRegister } from '../../src/session/worker-ladder.js';
import { newTraceId } from '../../src/session/trace-id.js';
import { nhsNumber, none } from '../fixtures/bundles.js';
import { questionOf } from '../register/checks.js';
import { nextTask } from '../support/page/banner.js';
import { ScriptedRegister } from '../support/page/scripted-register.js';

const question = (register: ScriptedRegister, timeout: number): Question =>
  questionOf(register, {}, { traceId: newTraceId(), timeout });

const here = { workerUrl: '' };
const ignore = (): Promise<void> => Promise.resolve();
const ready = (): Promise<string> => Promise.resolve('sources');
const silence = (): Promise<never> => new Promise(() => undefined);

/** The first news of a question. After that, whoever asked leaves. */
const newsOf = (link: RegisterLink, question: Question): Promise<News> => firstValueFrom(link.ask(question, here));

const failed = (reason: string) => ({
  kind: 'reply',
  reply: { kind: 'failed', nhsNumber, reason, mayHaveLeft: false },
});

/** A register's side that says what the test wants, message by message. */
function telling(...messages: readonly (readonly News[])[]): { link: RegisterLink; left: string[] } {
  const left: string[] = [];
  const rest = [...messages];
  const next = (): Promise<readonly News[]> => {
    const message = rest.shift();
    return message === undefined ? silence() : Promise.resolve(message);
  };
  const leave = (asker: string): Promise<void> => {
    left.push(asker);
    return ignore();
  };
  const service = { ready, rehearse: silence, ask: next, more: next, leave, adopt: ignore, forget: ignore };
  return {
    link: new RegisterLink(() => Promise.resolve({ service, rung: 'page', file: '', end: () => undefined })),
    left,
  };
}

describe('what the register’s side says, and how much of it is heard', () => {
  const at = { nhsNumber, checkedAt: 0, clock: 0 };
  const held: News = { kind: 'reply', reply: { kind: 'held', plans: [], incomplete: false, ...at } };
  const isNone: News = { kind: 'reply', reply: { kind: 'none', ...at } };
  const busy: News = { kind: 'reply', reply: { kind: 'failed', nhsNumber, reason: 'busy', mayHaveLeft: true } };
  const visits: News = { kind: 'visits', visits: { kind: 'shown', accesses: [], respondedAt: 0, incomplete: false } };
  const trace: News = { kind: 'trace', traceId: 'theirs', openedAt: 0 };
  const known: News = { kind: 'last-known', lastKnown: { nhsNumber, plans: [], incomplete: false, checkedAt: 0 } };

  const rows: readonly [what: string, told: readonly (readonly News[])[], heard: readonly string[], left: boolean][] = [
    ['none', [[isNone]], ['reply none'], false],
    ['a record, then its visits', [[held], [visits]], ['reply held', 'visits shown'], false],
    ['both in one message', [[held, visits]], ['reply held', 'visits shown'], false],
    ['another tab’s TraceID first', [[trace, isNone]], ['trace', 'reply none'], false],
    ['another tab’s TraceID in between', [[held], [trace], [visits]], ['reply held', 'trace', 'visits shown'], false],
    [
      'another tab’s TraceID in between, and no visits',
      [[held], [trace]],
      ['reply held', 'trace', 'visits failed'],
      true,
    ],
    ['no visits', [[held]], ['reply held', 'visits failed'], true],
    ['nothing', [], ['reply failed'], true],
    ['a tab takes over and asks again', [[held], [held], [visits]], ['reply held', 'visits shown'], false],
    ['a tab takes over and fails', [[held], [busy]], ['reply held', 'visits failed'], true],
    ['a failure, and what was known before', [[busy], [known]], ['reply failed', 'last-known'], false],
  ];
  for (const [what, told, heard, isLeft] of rows)
    it(`${what}: ${heard.join(', ')}`, async () => {
      const register = await ScriptedRegister.answering({});
      const { link, left } = telling(...told);
      const said: string[] = [];
      await new Promise<void>((complete) => {
        // Nothing more is said after the deadline and its grace period.
        setTimeout(complete, 800);
        const listening = link.ask(question(register, 0.05), here).subscribe({
          next: (news) =>
            said.push(
              news.kind === 'reply'
                ? `reply ${news.reply.kind}`
                : news.kind === 'visits'
                  ? `visits ${news.visits.kind}`
                  : news.kind,
            ),
          complete,
        });
        setTimeout(() => {
          listening.unsubscribe();
        }, 790);
      });
      await nextTask(20);
      expect(said).to.deep.equal(heard);
      expect(left.length > 0, 'left').to.equal(isLeft);
    });
});

/** Register's sides, one after another, each with what it does when it is asked. */
function sides(...acts: readonly ((question: Question) => Promise<readonly News[]>)[]) {
  const loads: { readonly spent: readonly string[]; lost: () => void; ended: boolean }[] = [];
  const asked: Question[] = [];
  const link = new RegisterLink((_, __, { spent, lost }) => {
    const load = { spent: [...spent], lost, ended: false };
    const act = acts[loads.length] ?? silence;
    const file = `worker ${loads.push(load)}`;
    const ask = (_: string, question: Question): Promise<readonly News[]> => {
      asked.push(question);
      return act(question);
    };
    const service = { ready, rehearse: silence, ask, more: silence, leave: ignore, adopt: ignore, forget: ignore };
    return Promise.resolve({ service, rung: 'worker', file, end: () => (load.ended = true) });
  });
  return { link, loads, asked };
}

describe('a register’s side that is lost', () => {
  const isNone: News = { kind: 'reply', reply: { kind: 'none', nhsNumber, checkedAt: 0, clock: 0 } };
  const tell =
    (...news: readonly News[]) =>
    (): Promise<readonly News[]> =>
      Promise.resolve(news);
  const anyQuestion = async (timeout: number): Promise<Question> =>
    question(await ScriptedRegister.answering({}), timeout);
  const reasonOf = (news: News): unknown =>
    news.kind === 'reply' && (news.reply.kind === 'failed' ? news.reply.reason : news.reply.kind);

  it('is asked once more, in its successor, with the same TraceID and in the time left, as the one retry', async () => {
    const { link, loads, asked } = sides(silence, tell(isNone));
    const first = await anyQuestion(5);
    const news = newsOf(link, first);
    await nextTask(100);
    loads[0]!.lost();
    expect(reasonOf(await news)).to.equal('none');
    expect(asked.map(({ traceId, isRetry }) => [traceId, isRetry])).to.deep.equal([
      [first.traceId, undefined],
      [first.traceId, true],
    ]);
    expect(asked[1]!.timeout).to.be.lessThan(4.95);
    expect(loads[0]!.ended).to.equal(true);
  });

  it('after it has said whose the open was first: asked once more as theirs', async () => {
    const theirs: News = { kind: 'trace', traceId: newTraceId(), openedAt: 1 };
    const { link, loads, asked } = sides(tell(theirs), tell(isNone));
    const reply = firstValueFrom(link.ask(await anyQuestion(5), here).pipe(filter(({ kind }) => kind === 'reply')));
    await nextTask(100);
    loads[0]!.lost();
    expect(reasonOf(await reply)).to.equal('none');
    expect(asked[1]).to.include({ traceId: theirs.traceId, openedAt: 1 });
  });

  it('twice before the deadline: unreachable, and a request may have left', async () => {
    const { link, loads, asked } = sides();
    const news = newsOf(link, await anyQuestion(5));
    await nextTask(20);
    loads[0]!.lost();
    await nextTask(20);
    loads[1]!.lost();
    expect(await news).to.deep.equal({
      kind: 'reply',
      reply: { kind: 'failed', nhsNumber, reason: 'unreachable', mayHaveLeft: true },
    });
    expect(asked).to.have.lengthOf(2);
  });

  it('by its silence at the deadline: timed out, not asked again, and its successor serves the next question', async () => {
    const { link, loads, asked } = sides(silence, tell(isNone));
    expect(reasonOf(await newsOf(link, await anyQuestion(0.05)))).to.equal('timed-out');
    expect([loads.length, loads[0]!.ended, asked.length]).to.deep.equal([2, true, 1]);
    expect(reasonOf(await newsOf(link, await anyQuestion(5)))).to.equal('none');
  });

  it('by somebody else’s deadline: a question that still has time is asked again', async () => {
    const { link } = sides(silence, tell(isNone));
    const patient = newsOf(link, await anyQuestion(5));
    expect(reasonOf(await newsOf(link, await anyQuestion(0.05)))).to.equal('timed-out');
    expect(reasonOf(await patient)).to.equal('none');
  });

  it('that never loads is given up at the deadline, and another is loaded for the next question', async () => {
    let loads = 0;
    const { link: good } = sides(tell(isNone));
    const link = new RegisterLink(() => (++loads, silence()));
    expect(reasonOf(await newsOf(link, await anyQuestion(0.05)))).to.equal('timed-out');
    expect(loads).to.equal(2);
    expect(reasonOf(await newsOf(good, await anyQuestion(5)))).to.equal('none');
  });

  it('whose worker never worked is not tried again; one that did is restarted', async () => {
    const { link, loads } = sides(silence, tell(isNone));
    await newsOf(link, await anyQuestion(0.05));
    await newsOf(link, await anyQuestion(0.05));
    loads[1]!.lost();
    expect(loads.map(({ spent }) => spent)).to.deep.equal([[], ['worker 1'], ['worker 1']]);
  });

  for (const [what, message] of [
    ['of a kind that nobody knows', { kind: 'rumour' }],
    ['that is nothing', undefined],
    ['with a reply of a kind that nobody knows', { kind: 'reply', reply: { ...isNone.reply, kind: 'maybe' } }],
    ['without a number', { kind: 'reply', reply: { kind: 'none', checkedAt: 0 } }],
    ['with an invalid time', { kind: 'reply', reply: { ...isNone.reply, checkedAt: NaN } }],
    [
      'with plans that are none',
      { kind: 'reply', reply: { ...isNone.reply, kind: 'held', incomplete: false, plans: [1] } },
    ],
    [
      'with a reason of its own',
      { kind: 'reply', reply: { kind: 'failed', nhsNumber, reason: 'tired', mayHaveLeft: true } },
    ],
  ] as const)
    it(`by news ${what}: its successor is asked`, async () => {
      const { link, asked } = sides(tell(message as never), tell(isNone));
      expect(reasonOf(await newsOf(link, await anyQuestion(5)))).to.equal('none');
      expect(asked).to.have.lengthOf(2);
    });

  it('while nobody asks: replaced, and nothing is asked', async () => {
    const { link, loads, asked } = sides();
    link.join('');
    await nextTask(5);
    loads[0]!.lost();
    loads[0]!.lost();
    await nextTask(5);
    expect([loads.length, asked.length]).to.deep.equal([2, 0]);
  });
});

describe('the page’s link to the register', () => {
  it('a register that cannot be loaded: unreachable, and nothing was sent', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    const link = new RegisterLink(() => Promise.reject(new Error('no rung bears')));
    expect(await newsOf(link, question(register, 5))).to.deep.equal(failed('unreachable'));
    expect(await register.log()).to.have.lengthOf(0);
  });

  it('a register that never loads: timed out, and nothing was sent', async () => {
    const register = await ScriptedRegister.answering({});
    const link = new RegisterLink(() => new Promise(() => undefined));
    expect(await newsOf(link, question(register, 0.1))).to.deep.equal(failed('timed-out'));
  });

  it('is loaded once, or again after it failed to load', async () => {
    const register = await ScriptedRegister.answering({ CareTeam: { body: none() } });
    let loads = 0;
    const link = new RegisterLink((...parts) =>
      ++loads === 1 ? Promise.reject(new Error('not now')) : loadRegister(...parts),
    );
    await newsOf(link, question(register, 5));
    const replies = await Promise.all([1, 2].map(() => newsOf(link, question(register, 5))));
    expect(replies.map((news) => news.kind === 'reply' && news.reply.kind)).to.deep.equal(['none', 'none']);
    expect(loads).to.equal(2);
  });

  it('ends the register’s side when the last banner has left, and starts a new one for the next', async () => {
    let loads = 0;
    let ends = 0;
    const link = new RegisterLink(() => {
      loads++;
      const service = {
        ready,
        rehearse: silence,
        ask: silence,
        more: silence,
        leave: ignore,
        adopt: ignore,
        forget: ignore,
      };
      return Promise.resolve({ service, rung: 'page' as const, file: '', end: () => (ends += 1) });
    });
    link.join('');
    link.join('');
    link.part();
    await nextTask(1200);
    expect([loads, ends]).to.deep.equal([1, 0]);
    link.part();
    await nextTask(1200);
    expect([loads, ends]).to.deep.equal([1, 1]);
    link.join('');
    expect([loads, ends]).to.deep.equal([2, 1]);
  });

  it('that forgets, or loses its last banner, while the register fails to load: no error reaches the page', async () => {
    const unhandled: unknown[] = [];
    const note = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      unhandled.push(event.reason);
    };
    addEventListener('unhandledrejection', note);
    let fail: (reason: Error) => void = () => undefined;
    const link = new RegisterLink(() => new Promise((_, reject) => (fail = reject)));
    link.join('');
    link.forget(false);
    link.part();
    await nextTask(1200);
    fail(new Error('no rung bears'));
    await nextTask(50);
    removeEventListener('unhandledrejection', note);
    expect(unhandled).to.deep.equal([]);
  });

  it('makes TraceIDs that are version 4 UUIDs, each different', () => {
    const ids = Array.from({ length: 1000 }, newTraceId);
    for (const id of ids) expect(id).to.match(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(ids).size).to.equal(1000);
  });
});
