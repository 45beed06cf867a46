import { expect } from 'chai';
import { Observable, Subject } from 'rxjs';

import type { News, Question } from '../../src/contract/register-service.js';
import type { Reply, Visits } from '../../src/domain/answer.js';
import type { BannerState } from '../../src/domain/banner-state.js';
import type { HostContext, PatientOpen } from '../../src/domain/patient-open.js';
import { OpenBook } from '../../src/session/open-book.js';
import type { Page } from '../../src/session/page.js';
import { PatientSession, type CheckSettings, type SessionHost } from '../../src/session/patient-session.js';
import { nhsNumber, otherNumber } from '../fixtures/bundles.js';
import { hostContext } from '../fixtures/opens.js';
import { nextTask } from '../support/page/banner.js';

const nobody = hostContext({ nhsNumber: '' });
const child = { nhsNumber };
const sibling = { nhsNumber: otherNumber };

/** One question as the link received it, and whether somebody still listens. */
interface Put {
  readonly question: Question;
  readonly token: unknown;
  readonly news: Subject<News>;
  isLeft: boolean;
}

/** A link that asks nobody. The test says what the register says. */
class FakeLink implements Pick<Page['link'], keyof Page['link']> {
  readonly put: Put[] = [];
  readonly adopted: [traceId: string, open: PatientOpen][] = [];
  banners = 0;
  /** Thrown once, at the next question. */
  breaks: Error | undefined;

  join(): void {
    this.banners += 1;
  }
  part(): void {
    this.banners -= 1;
  }
  adopt(traceId: string, open: PatientOpen): void {
    this.adopted.push([traceId, open]);
  }
  ask(question: Question, { token }: CheckSettings): Observable<News> {
    const { breaks } = this;
    this.breaks = undefined;
    if (breaks !== undefined) throw breaks;
    const one: Put = { question, token, news: new Subject(), isLeft: false };
    this.put.push(one);
    return new Observable((subscriber) => {
      one.news.subscribe(subscriber);
      return () => {
        one.isLeft = true;
      };
    });
  }
}

const stateOf = (state: BannerState): string => {
  switch (state.kind) {
    case 'cannot-ask':
    case 'dropped':
      return `${state.kind} ${state.reason}`;
    case 'answered':
      return `${state.reply.kind} ${state.visits.kind}${state.lastKnown === undefined ? '' : ', known before'}`;
    default:
      return state.kind;
  }
};

/** A session with its host and its page. It notes everything that passes between them. */
class Desk implements SessionHost {
  readonly link = new FakeLink();
  readonly page: Page = { link: this.link, book: new OpenBook(), dropped: new Subject() };
  readonly session = new PatientSession(this, this.page);
  /** Every state fed, and every time the host was told, in order. */
  readonly fed: string[] = [];
  host = nobody;
  connected = true;
  freshFor = 300;
  timeout = 10;
  failures = 0;
  /** What the host does when it is told. */
  onTold: (() => void) | undefined;
  state: BannerState = { kind: 'idle' };
  #told: BannerState = { kind: 'idle' };

  document(): Document {
    return document;
  }
  isConnected(): boolean {
    return this.connected;
  }
  context(): HostContext {
    return this.host;
  }
  checkSettings(): CheckSettings {
    const { freshFor, timeout } = this;
    return { freshFor, timeout, workerUrl: '' };
  }
  dropEncounter(): void {
    this.set({ encounter: '' });
  }
  feed(state: BannerState): void {
    this.state = state;
    this.fed.push(stateOf(state));
  }
  announce(): void {
    if (this.#told === this.state) return;
    this.#told = this.state;
    this.fed.push('(told)');
    const act = this.onTold;
    this.onTold = undefined;
    act?.();
  }
  failed(): void {
    this.failures += 1;
  }

  /** Reports each changed property at once, as the element does. */
  set(change: Partial<HostContext>): void {
    for (const [name, value] of Object.entries(change)) {
      if (this.host[name as keyof HostContext] === value) continue;
      this.host = { ...this.host, [name]: value };
      this.session.hostChanged();
    }
  }
  /** Puts the session in the document, with nobody open. */
  async open(): Promise<this> {
    this.session.connect();
    await tasks();
    this.fed.length = 0;
    return this;
  }
  /** With this patient open and asked about. */
  async with(host: Partial<HostContext>): Promise<this> {
    await this.open();
    this.set(host);
    await tasks();
    this.fed.length = 0;
    return this;
  }
  get last(): Put {
    return this.link.put.at(-1)!;
  }
  hear(news: News): void {
    this.last.news.next(news);
  }
  get asked(): readonly string[] {
    return this.link.put.map(({ question: { open } }) =>
      [open.nhsNumber === nhsNumber ? 'child' : 'sibling', open.encounter].join(' ').trim(),
    );
  }
}

/**
 * Waits a number of turns, enough for everything that waits for the end of one turn and of the next. A fixed time would
 * not be enough on a busy machine.
 */
const tasks = async (): Promise<void> => {
  for (let turns = 0; turns < 10; turns += 1) await nextTask(2);
};

const reply = (rest: Partial<Reply>): News => ({ kind: 'reply', reply: { nhsNumber, ...rest } as Reply });
const held = reply({ kind: 'held', plans: [], isIncomplete: false, respondedAt: 0 } as Partial<Reply>);
const none = reply({ kind: 'none' });
const failed = reply({ kind: 'failed', reason: 'busy', mayHaveLeft: true });
const shown: News = {
  kind: 'visits',
  visits: { kind: 'shown', accesses: [], respondedAt: 0, incomplete: false } satisfies Visits,
};
const visits: News = { kind: 'visits', visits: { kind: 'failed' } satisfies Visits };

const settled = ['settling', 'checking', '(told)'];

describe('a session: what the host does, what it is fed and what is asked', () => {
  interface Row {
    readonly host: string;
    /** Who is open when it begins. Absent: nobody. */
    readonly from?: Partial<HostContext>;
    readonly does: (desk: Desk) => void | Promise<void>;
    readonly fed: readonly string[];
    /** What was asked after it began. */
    readonly asked: readonly string[];
  }

  const rows: readonly Row[] = [
    { host: 'does nothing', does: () => undefined, fed: [], asked: [] },
    { host: 'opens a patient', does: (desk) => desk.set(child), fed: settled, asked: ['child'] },
    {
      host: 'opens a patient, property by property, in one task',
      does: (desk) => {
        desk.set(child);
        desk.set({ encounter: 'A' });
        desk.set({ user: 'doctor' });
      },
      fed: settled,
      asked: ['child A'],
    },
    {
      host: 'opens one patient and then another in one task',
      does: (desk) => {
        desk.set(child);
        desk.set(sibling);
      },
      fed: settled,
      asked: ['sibling'],
    },
    {
      host: 'opens a patient and closes again in one task',
      does: (desk) => {
        desk.set(child);
        desk.set({ nhsNumber: '' });
      },
      fed: ['settling', 'idle'],
      asked: [],
    },
    {
      host: 'opens a number that is not one',
      does: (desk) => desk.set({ nhsNumber: '123' }),
      fed: ['settling', 'cannot-ask nhs-number-invalid', '(told)'],
      asked: [],
    },
    {
      host: 'says that somebody is open before it knows the number',
      does: async (desk) => {
        desk.set({ encounter: 'A' });
        await tasks();
        desk.set(child);
      },
      fed: ['settling', 'cannot-ask nhs-number-missing', '(told)', ...settled],
      asked: ['child A'],
    },
    {
      host: 'opens another patient',
      from: { ...child, encounter: 'A' },
      does: (desk) => desk.set({ ...sibling, encounter: 'B' }),
      fed: settled,
      asked: ['sibling B'],
    },
    {
      host: 'opens another patient and leaves the encounter as it was',
      from: { ...child, encounter: 'A' },
      does: (desk) => desk.set(sibling),
      fed: settled,
      asked: ['sibling'],
    },
    {
      host: 'opens another patient, and the first again, in one task',
      from: child,
      does: (desk) => {
        desk.set(sibling);
        desk.set(child);
      },
      fed: settled,
      asked: ['child'],
    },
    {
      host: 'gives the encounter of the patient who is open',
      from: child,
      does: (desk) => desk.set({ encounter: 'A' }),
      fed: ['checking', '(told)'],
      asked: [],
    },
    {
      host: 'gives another encounter to the patient who is open',
      from: { ...child, encounter: 'A' },
      does: (desk) => desk.set({ encounter: 'B' }),
      fed: settled,
      asked: ['child B'],
    },
    { host: 'spells the number another way', from: child, does: (desk) => desk.set(spaced), fed: [], asked: [] },
    {
      host: 'changes the user',
      from: child,
      does: (desk) => desk.set({ user: 'doctor' }),
      fed: settled,
      asked: ['child'],
    },
    { host: 'closes the patient', from: child, does: (desk) => desk.set(nobody), fed: ['idle', '(told)'], asked: [] },
    {
      host: 'checks again while it is checking',
      from: child,
      does: ({ session }) => session.check(),
      fed: [],
      asked: [],
    },
    {
      host: 'checks again when that has failed',
      from: child,
      does: async (desk) => {
        desk.hear(failed);
        await tasks();
        desk.session.check();
      },
      fed: ['failed none', '(told)', 'checking', '(told)'],
      asked: ['child'],
    },
    ...(
      [
        ['when they have failed', [held, visits], ['held loading', '(told)'], ['child']],
        ['when they have come', [held, shown], [], []],
        ['while they load', [held], [], []],
        ['when nothing is known of the patient', [failed], [], []],
        ['when there is no record', [none], [], []],
        ['while it is checking', [], [], []],
      ] satisfies [string, News[], string[], string[]][]
    ).map(([when, news, fed, asked]): Row => ({
      host: `asks for the visits again ${when}`,
      from: child,
      does: async (desk) => {
        for (const one of news) desk.hear(one);
        await tasks();
        desk.fed.length = 0;
        desk.session.checkVisits();
      },
      fed,
      asked,
    })),
    { host: 'asks for the visits with nobody open', does: ({ session }) => session.checkVisits(), fed: [], asked: [] },
    {
      host: 'asks for the visits again and opens another patient in that task',
      from: child,
      does: async (desk) => {
        for (const one of [held, visits]) desk.hear(one);
        await tasks();
        desk.fed.length = 0;
        desk.session.checkVisits();
        desk.set(sibling);
      },
      fed: ['held loading', ...settled],
      asked: ['sibling'],
    },
    { host: 'checks with nobody open', does: ({ session }) => session.check(), fed: [], asked: [] },
    {
      host: 'signs out',
      from: child,
      does: ({ page }) => page.dropped.next('signed-out'),
      fed: ['dropped signed-out', '(told)'],
      asked: [],
    },
    {
      host: 'opens a patient and signs out in one task',
      does: (desk) => {
        desk.set(child);
        desk.page.dropped.next('signed-out');
      },
      fed: ['settling', 'dropped signed-out', '(told)'],
      asked: [],
    },
    { host: 'signs out with nobody open', does: ({ page }) => page.dropped.next('signed-out'), fed: [], asked: [] },
    {
      host: 'signs out and opens the next patient',
      from: child,
      does: async (desk) => {
        desk.page.dropped.next('signed-out');
        await tasks();
        desk.set(sibling);
      },
      fed: ['dropped signed-out', '(told)', ...settled],
      asked: ['sibling'],
    },
    {
      host: 'takes the tag out',
      from: child,
      does: ({ session }) => session.disconnect(),
      fed: ['idle'],
      asked: [],
    },
    {
      host: 'takes the tag out in the task in which it opens a patient',
      does: (desk) => {
        desk.set(child);
        desk.session.disconnect();
      },
      fed: ['settling', 'idle'],
      asked: [],
    },
    {
      host: 'takes the tag out and puts it back later',
      from: child,
      does: async ({ session }) => {
        session.disconnect();
        await tasks();
        session.connect();
      },
      fed: ['idle', ...settled],
      asked: ['child'],
    },
    ...(
      [
        ['closes the patient', (desk) => desk.set({ nhsNumber: '' }), ['idle', '(told)'], []],
        ['opens another patient', (desk) => desk.set(sibling), settled, ['sibling']],
        ['signs out', ({ page }) => page.dropped.next('signed-out'), ['dropped signed-out', '(told)'], []],
        ['takes the tag out', ({ session }) => session.disconnect(), ['idle'], []],
        ['checks again', ({ session }) => session.check(), [], ['child']],
      ] satisfies [string, (desk: Desk) => void, string[], string[]][]
    ).map(([deed, does, then, asked]): Row => ({
      host: `opens a patient and, told so, ${deed}`,
      does: (desk) => {
        desk.onTold = () => does(desk);
        desk.set(child);
      },
      fed: [...settled, ...then],
      asked,
    })),
  ];
  const spaced = { nhsNumber: `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)}-${nhsNumber.slice(6)}` };

  for (const { host, from, does, fed, asked } of rows)
    it(`the host ${host}`, async () => {
      const desk = from === undefined ? await new Desk().open() : await new Desk().with(from);
      const before = desk.asked.length;
      await does(desk);
      await tasks();
      expect(desk.fed).to.deep.equal(fed);
      expect(desk.asked.slice(before)).to.deep.equal(asked);
      expect(desk.failures).to.equal(0);
      if (desk.link.put.length > 1) expect(desk.link.put.slice(0, -1).every(({ isLeft }) => isLeft)).to.equal(true);
    });

  it('the screen is cleared in the host’s own task; when the task is over the host is told and the question asked', async () => {
    const desk = await new Desk().with(child);
    desk.hear(held);
    await tasks();
    desk.fed.length = 0;
    desk.set(sibling);
    expect([desk.fed, desk.asked]).to.deep.equal([['settling'], ['child']]);
    await tasks();
    expect([desk.fed, desk.asked]).to.deep.equal([settled, ['child', 'sibling']]);
  });
});

describe('a session: what the register says', () => {
  const said: readonly [what: string, news: readonly News[], fed: readonly string[]][] = [
    ['none', [none], ['none none', '(told)']],
    ['a record', [held], ['held loading', '(told)']],
    ['a record and its visits at once', [held, visits], ['held loading', 'held failed', '(told)']],
    ['an answer for another number', [reply({ kind: 'none', nhsNumber: otherNumber })], ['failed none', '(told)']],
    ['visits before any record', [visits], []],
    ['one thing twice', [none, none], ['none none', '(told)']],
    [
      'that it cannot be asked, and what was known before',
      [failed, { kind: 'last-known', lastKnown: { nhsNumber } as never }],
      ['failed none', 'failed none, known before', '(told)'],
    ],
  ];
  for (const [what, news, fed] of said)
    it(what, async () => {
      const desk = await new Desk().with(child);
      for (const one of news) desk.hear(one);
      await tasks();
      expect(desk.fed).to.deep.equal(fed);
    });

  it('to a question that is no longer asked: nothing is fed', async () => {
    const desk = await new Desk().with(child);
    const late = desk.last.news;
    desk.set(sibling);
    late.next(held);
    await tasks();
    late.next(held);
    expect(desk.fed).to.deep.equal(settled);
  });

  const again: readonly [what: string, news: readonly News[], fed: readonly string[]][] = [
    ['the record and its visits', [held, shown], ['held loading', 'held shown', '(told)']],
    ['the visits failed once more', [held, visits], ['held loading', 'held failed', '(told)']],
    ['nothing: the record stands', [failed], ['held failed', '(told)']],
    ['that there is no record any more', [none], ['none none', '(told)']],
    ['an answer for another number', [reply({ kind: 'none', nhsNumber: otherNumber })], ['failed none', '(told)']],
    ['the same twice', [held, shown, held, failed], ['held loading', 'held shown', '(told)']],
  ];
  for (const [what, news, fed] of again)
    it(`to the visits asked for again: ${what}`, async () => {
      const desk = await new Desk().with(child);
      for (const one of [held, visits]) desk.hear(one);
      await tasks();
      desk.session.checkVisits();
      await tasks();
      desk.fed.length = 0;
      for (const one of news) desk.hear(one);
      await tasks();
      expect(desk.fed).to.deep.equal(fed);
    });

  it('late, to the previous question, when the visits are asked for again: nothing is fed', async () => {
    const desk = await new Desk().with(child);
    for (const one of [held, visits]) desk.hear(one);
    const late = desk.last.news;
    await tasks();
    desk.session.checkVisits();
    late.next(shown);
    await tasks();
    expect(desk.state).to.nested.include({ 'visits.kind': 'loading' });
  });

  it('another tab’s TraceID: this page uses it from now on, with the time of its open', async () => {
    const desk = await new Desk().with(child);
    const openedAt = Date.now() - 1000;
    desk.hear({ kind: 'trace', traceId: 'theirs', openedAt });
    expect(desk.state).to.nested.include({ 'asked.traceId': 'theirs', 'asked.openedAt': openedAt });
    desk.set(nobody);
    await tasks();
    desk.set(child);
    await tasks();
    expect(desk.last.question.traceId).to.equal('theirs');
    expect(desk.state).to.nested.include({ 'asked.openedAt': openedAt });
  });
});

describe('a session: how it asks', () => {
  it('with the same TraceID when the same patient is re-opened, and a different one for another patient', async () => {
    const desk = await new Desk().with(child);
    for (const next of [nobody, child, sibling]) {
      desk.set(next);
      await tasks();
    }
    const [first, again, other] = desk.link.put.map(({ question }) => question.traceId);
    expect([again === first, other === first]).to.deep.equal([true, false]);
  });

  it('within the host’s own limits; but a check by request does not accept a stored answer', async () => {
    const desk = await new Desk().with(child);
    desk.hear(failed);
    desk.session.check();
    await tasks();
    expect(desk.link.put.map(({ question }) => [question.freshFor, question.timeout])).to.deep.equal([
      [300, 10],
      [0, 10],
    ]);
  });

  it('for the visits again with the open’s TraceID and time, and does not accept a stored answer', async () => {
    const desk = await new Desk().with(child);
    for (const one of [held, visits]) desk.hear(one);
    await tasks();
    const { asked } = desk.state as BannerState & { kind: 'answered' };
    desk.session.checkVisits();
    await tasks();
    expect(desk.link.put).to.have.lengthOf(2);
    const { open, setting, traceId, openedAt } = asked;
    const within = { lasts: 300, freshFor: 0, timeout: 10 };
    expect(desk.last.question).to.deep.equal({ open, setting, traceId, openedAt, ...within });
    expect(desk.state).to.nested.include({ 'asked.openedAt': asked.openedAt });
  });

  it('with the TraceID of an open that its encounter takes over', async () => {
    const desk = await new Desk().with(child);
    desk.set({ encounter: 'A' });
    await tasks();
    expect(desk.link.adopted.map(([traceId, open]) => [traceId, open.encounter])).to.deep.equal([
      [desk.last.question.traceId, 'A'],
    ]);
  });

  describe('in a page that is seen for the first time', () => {
    const see = (visibility: 'hidden' | 'visible'): void => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
    };
    afterEach(() => Reflect.deleteProperty(document, 'visibilityState'));

    /** The host hears of it before the tag does, and acts. */
    const seenBy = async (act: (desk: Desk) => void): Promise<Desk> => {
      see('hidden');
      const desk = await new Desk().open();
      const listen = (): void => {
        act(desk);
      };
      document.addEventListener('visibilitychange', listen, { once: true });
      desk.set(child);
      await tasks();
      expect(desk.asked).to.deep.equal([]);
      see('visible');
      document.dispatchEvent(new Event('visibilitychange'));
      await tasks();
      return desk;
    };

    for (const [what, act, asked] of [
      ['does nothing', () => undefined, ['child']],
      ['signs out', (desk) => desk.page.dropped.next('signed-out'), []],
      ['closes the patient', (desk) => desk.set({ nhsNumber: '' }), []],
      ['opens somebody else', (desk) => desk.set(sibling), ['sibling']],
    ] as readonly [string, (desk: Desk) => void, readonly string[]][])
      it(`when the host ${what} on hearing of that: asked ${asked.join() || 'nothing'}`, async () => {
        expect((await seenBy(act)).asked).to.deep.equal(asked);
      });
  });

  it('no longer, after a sign-out, even if the register is still being loaded', async () => {
    const desk = await new Desk().with(child);
    expect(desk.last.isLeft).to.equal(false);
    desk.page.dropped.next('signed-out');
    expect(desk.last.isLeft).to.equal(true);
  });

  it('not while the tag is out of the document; once when it is back', async () => {
    const desk = await new Desk().open();
    desk.connected = false;
    desk.set(child);
    await tasks();
    expect(desk.asked).to.deep.equal([]);
    desk.connected = true;
    desk.session.viewChanged();
    desk.session.viewChanged();
    await tasks();
    expect(desk.asked).to.deep.equal(['child']);
  });
});

describe('a session in which something throws (safety rule 8)', () => {
  const broken = new Error('broken');
  const throwOnce = (desk: Desk, name: 'context' | 'checkSettings' | 'feed' | 'announce'): void => {
    Object.assign(desk, {
      [name]: () => {
        Reflect.deleteProperty(desk, name);
        throw broken;
      },
    });
  };

  for (const name of ['context', 'checkSettings', 'announce'] as const)
    it(`${name}(): not checked, said at once; the next patient is asked about as usual`, async () => {
      const desk = await new Desk().open();
      throwOnce(desk, name);
      desk.set(child);
      await tasks();
      expect([desk.failures, desk.fed.at(-2)]).to.deep.equal([1, 'dropped unreachable']);
      desk.set(sibling);
      await tasks();
      expect([desk.fed.at(-2), desk.asked.at(-1)]).to.deep.equal(['checking', 'sibling']);
    });

  it('the link: not checked, said at once; Check again asks about whoever is open now', async () => {
    const desk = await new Desk().open();
    desk.link.breaks = broken;
    desk.set(child);
    await tasks();
    expect([desk.failures, desk.fed.at(-2), desk.asked]).to.deep.equal([1, 'dropped unreachable', []]);
    desk.session.check();
    await tasks();
    expect([desk.fed.at(-2), desk.asked]).to.deep.equal(['checking', ['child']]);
  });

  it('with nobody open: said, and idle again when the host next sets something', async () => {
    const desk = await new Desk().with(child);
    desk.set({ nhsNumber: '' });
    await tasks();
    throwOnce(desk, 'context');
    desk.session.hostChanged();
    expect(desk.fed.at(-1)).to.equal('dropped unreachable');
    desk.session.hostChanged();
    await tasks();
    expect(desk.fed.at(-1)).to.equal('idle');
  });

  it('Check again afterwards does not use the previous patient’s encounter', async () => {
    const desk = await new Desk().with({ ...child, encounter: 'A' });
    throwOnce(desk, 'context');
    desk.set(sibling);
    desk.session.check();
    await tasks();
    expect(desk.asked.at(-1)).to.equal('sibling');
  });

  it('the element that is fed: it is told that it failed, and is still fed what comes next', async () => {
    const desk = await new Desk().with(child);
    throwOnce(desk, 'feed');
    desk.hear(none);
    expect(desk.failures).to.equal(1);
    desk.set(sibling);
    await tasks();
    expect(desk.fed.at(-2)).to.equal('checking');
  });
});
