import { expect } from 'chai';
import fc from 'fast-check';

import type { LastKnown, Reply, Visits } from '../../src/domain/answer.js';
import {
  askedOf,
  idle,
  reduce,
  viewOf,
  type Asked,
  type BannerEvent,
  type BannerState,
} from '../../src/domain/banner-state.js';
import {
  continues,
  readIntent,
  type HostContext,
  type Intent,
  type PatientOpen,
} from '../../src/domain/patient-open.js';
import { replyReasons } from '../../src/domain/reason.js';
import { hostContext, patientOpen } from '../fixtures/opens.js';
import { plan } from '../fixtures/plans.js';

const numbers = ['9990000018', '9990000026', '9990000034'] as const;
const [nhsNumber, otherNumber] = numbers;
const now = Date.parse('2026-08-09T12:00:00Z');

const intentOf = (context: Partial<HostContext> = {}): Intent => readIntent(hostContext(context));
const changedTo = (context: Partial<HostContext> = {}, adoptable = false): BannerEvent => ({
  type: 'host-changed',
  intent: intentOf(context),
  adoptable,
});

const open = patientOpen();
const asked: Asked = { open, setting: 'emergency-department', traceId: 'T1', openedAt: now - 1000, question: 1 };

/** A record, a none or a failure, with the patient's number where it can have one. */
const reply = (kind: Reply['kind'] = 'held', number: string = nhsNumber): Reply => {
  const at = { nhsNumber: number, checkedAt: now, clock: 0 };
  if (kind === 'failed') return { kind, nhsNumber: number, reason: 'busy', mayHaveLeft: true };
  if (kind === 'none') return { kind, ...at };
  return { kind, ...at, plans: [plan({ authority: `authority of ${number}` })], incomplete: false };
};
const visits = (number: string = nhsNumber): Visits => ({
  kind: 'shown',
  accesses: [{ at: now, place: `seen with ${number}`, viewer: undefined, role: undefined }],
  respondedAt: now,
  incomplete: false,
});

const settling: BannerState = { kind: 'settling' };
const cannotAsk: BannerState = { kind: 'cannot-ask', reason: 'nhs-number-invalid' };
const checking: BannerState = { kind: 'checking', asked };
const answered: BannerState = { kind: 'answered', asked, reply: reply(), visits: { kind: 'loading' } };
const withVisits: BannerState = { ...answered, visits: visits() };
const dropped: BannerState = { kind: 'dropped', asked, reason: 'check-again' };
const states: [name: string, state: BannerState][] = [
  ['idle', idle],
  ['settling', settling],
  ['cannot ask', cannotAsk],
  ['checking', checking],
  ['answered', answered],
  ['answered with visits', withVisits],
  ['dropped', dropped],
];

describe('banner state: the host changes something', () => {
  for (const [name, state] of states) {
    it(`${name}, another patient: nothing of the previous patient is left`, () => {
      expect(reduce(state, changedTo({ nhsNumber: otherNumber }, true))).to.deep.equal(settling);
    });
    it(`${name}, a patient who cannot be asked about: nothing of the previous patient is left`, () => {
      expect(reduce(state, changedTo({ nhsNumberStatus: 'unverified' }, true))).to.deep.equal(settling);
    });
    it(`${name}, nobody: idle`, () => {
      expect(reduce(state, changedTo({ nhsNumber: '' }))).to.deep.equal(idle);
    });
  }

  const sameOpen: [title: string, context: Partial<HostContext>, adoptable: boolean][] = [
    ['nothing that matters', {}, false],
    ['the number’s spaces', { nhsNumber: '999 000 0018' }, false],
    ['an encounter that arrives in time', { encounter: 'E1' }, true],
  ];
  const otherOpen: [title: string, context: Partial<HostContext>][] = [
    ['an encounter that arrives too late', { encounter: 'E1' }],
    ['the user', { user: 'U2' }],
    ['the attendance', { attendance: 'scheduled' }],
    ['the care setting', { careSetting: 'nhs-111' }],
    ['the register', { baseUrl: 'https://other.example/FHIR' }],
  ];
  for (const [name, state] of [
    ['checking', checking],
    ['answered', withVisits],
    ['dropped', dropped],
  ] as const) {
    for (const [title, context, adoptable] of sameOpen)
      it(`${name}, ${title}: the same state object`, () => {
        expect(reduce(state, changedTo(context, adoptable))).to.equal(state);
      });
    for (const [title, context] of otherOpen)
      it(`${name}, ${title}: what was known is cleared`, () => {
        expect(reduce(state, changedTo(context))).to.deep.equal(settling);
      });
  }

  it('the same problem: the same state object; another problem: settling', () => {
    expect(reduce(cannotAsk, changedTo({ nhsNumber: 'abc' }))).to.equal(cannotAsk);
    expect(reduce(cannotAsk, changedTo({ careSetting: '' }))).to.deep.equal(settling);
  });

  it('removing the encounter leaves the open as it is', () => {
    const state: BannerState = { kind: 'checking', asked: { ...asked, open: { ...open, encounter: 'E1' } } };
    expect(reduce(state, changedTo({}))).to.equal(state);
  });
});

describe('banner state: a question', () => {
  for (const [name, state] of states) {
    it(`${name}, asked: checking, and nothing else is kept`, () => {
      expect(reduce(state, { type: 'asked', asked })).to.deep.equal(checking);
    });
    it(`${name}, cannot be asked: the reason, and nothing else is kept`, () => {
      expect(reduce(state, { type: 'cannot-ask', reason: 'nhs-number-invalid' })).to.deep.equal(cannotAsk);
    });
    it(`${name}, nobody: idle`, () => {
      expect(reduce(state, { type: 'nobody' })).to.deep.equal(idle);
    });
  }

  it('an encounter is adopted with its TraceID, question and answer kept', () => {
    const adopted = { ...asked, open: { ...open, encounter: 'E1' } };
    for (const state of [checking, answered, withVisits, dropped])
      expect(reduce(state, { type: 'adopted', open: adopted.open })).to.deep.equal({ ...state, asked: adopted });
  });

  it('an open of another patient is never adopted', () => {
    for (const [, state] of states)
      expect(reduce(state, { type: 'adopted', open: { ...open, nhsNumber: otherNumber, encounter: 'E1' } })).to.equal(
        state,
      );
  });
});

const known = (number: string = nhsNumber): LastKnown => {
  const { plans, incomplete, checkedAt } = reply() as Reply & { kind: 'held' };
  return { nhsNumber: number, plans, incomplete, checkedAt };
};

describe('banner state: news', () => {
  const replies: [kind: Reply['kind'], api: PatientOpen['registerApi'], first: Visits['kind']][] = [
    ['held', 'cp-is', 'loading'],
    ['held', 'patient-flags', 'unavailable'],
    ['none', 'cp-is', 'none'],
    ['none', 'patient-flags', 'none'],
    ['failed', 'cp-is', 'none'],
    ['failed', 'patient-flags', 'none'],
  ];
  for (const [kind, registerApi, first] of replies)
    it(`${kind}, by ${registerApi}: answered, visits ${first}`, () => {
      const question = { ...asked, open: { ...open, registerApi } };
      const state = reduce({ kind: 'checking', asked: question }, { type: 'replied', question: 1, reply: reply(kind) });
      expect(state).to.deep.equal({ kind: 'answered', asked: question, reply: reply(kind), visits: { kind: first } });
    });

  for (const kind of ['held', 'none', 'failed'] as const)
    it(`${kind}, of another patient: wrong-patient, and nothing of it is kept`, () => {
      const state = reduce(checking, { type: 'replied', question: 1, reply: reply(kind, otherNumber) });
      expect(state).to.deep.equal({
        kind: 'answered',
        asked,
        reply: { kind: 'failed', nhsNumber, reason: 'wrong-patient', mayHaveLeft: true },
        visits: { kind: 'none' },
      });
    });

  for (const [name, state] of states) {
    it(`${name}, the reply to another question: the same state object`, () => {
      for (const question of [0, 2, NaN])
        expect(reduce(state, { type: 'replied', question, reply: reply() })).to.equal(state);
    });
    it(`${name}, the visits of another question: the same state object`, () => {
      for (const question of [0, 2, NaN])
        expect(reduce(state, { type: 'visits', question, visits: visits() })).to.equal(state);
    });
    if (state.kind !== 'checking')
      it(`${name}, a reply nobody waits for: the same state object`, () => {
        expect(reduce(state, { type: 'replied', question: 1, reply: reply('none') })).to.equal(state);
      });
  }

  it('visits come to a record held, and to nothing else', () => {
    const event: BannerEvent = { type: 'visits', question: 1, visits: visits() };
    expect(reduce(answered, event)).to.deep.equal(withVisits);
    for (const kind of ['none', 'failed'] as const) {
      const state: BannerState = { kind: 'answered', asked, reply: reply(kind), visits: { kind: 'none' } };
      expect(reduce(state, event)).to.equal(state);
    }
    expect(reduce(checking, event)).to.equal(checking);
  });

  it('visits that failed leave the answer as it is', () => {
    const state = reduce(answered, { type: 'visits', question: 1, visits: { kind: 'failed' } });
    expect(viewOf(state, nhsNumber, now)).to.include({ status: 'current', asked });
  });

  const failed: BannerState = { kind: 'answered', asked, reply: reply('failed'), visits: { kind: 'none' } };
  it('what was known before is kept under a failure, and changes neither status nor reason', () => {
    const state = reduce(failed, { type: 'last-known', question: 1, lastKnown: known() });
    const view = viewOf(state, nhsNumber, now);
    expect(view.answer).to.deep.equal({
      status: 'not-checked',
      reason: 'busy',
      plans: [],
      mayHaveLeft: true,
      lastKnown: known(),
    });
    expect(view.visits).to.deep.equal({ kind: 'none' });
  });

  it('what was known before is dropped beside an answer, or a failure under which it would mislead', () => {
    for (const told of [reply(), reply('none'), { ...reply('failed'), reason: 'refused' } as Reply]) {
      const state = reduce({ ...failed, reply: told }, { type: 'last-known', question: 1, lastKnown: known() });
      expect(viewOf(state, nhsNumber, now).answer).to.not.have.property('lastKnown');
    }
  });

  it('a failure before which nothing was known does not mention it', () => {
    expect(viewOf(failed, nhsNumber, now).answer).to.not.have.property('lastKnown');
  });

  it('what was known of another patient is dropped', () => {
    expect(reduce(failed, { type: 'last-known', question: 1, lastKnown: known(otherNumber) })).to.equal(failed);
  });

  for (const [name, state] of [...states, ['a failure', failed] as const])
    it(`${name}, what was known before or another tab’s TraceID, for another question: the same state object`, () => {
      for (const question of [0, 2, NaN]) {
        expect(reduce(state, { type: 'last-known', question, lastKnown: known() })).to.equal(state);
        expect(reduce(state, { type: 'traced', question, traceId: 'T2', openedAt: now - 5000 })).to.equal(state);
      }
      if (state.kind !== 'answered')
        expect(reduce(state, { type: 'last-known', question: 1, lastKnown: known() })).to.equal(state);
    });

  it('another tab made the open first: the question takes its TraceID and time, and nothing else changes', () => {
    for (const state of [checking, answered, withVisits, dropped])
      expect(reduce(state, { type: 'traced', question: 1, traceId: 'T2', openedAt: now - 5000 })).to.deep.equal({
        ...state,
        asked: { ...asked, traceId: 'T2', openedAt: now - 5000 },
      });
  });

  it('dropped: nothing known is kept but the question', () => {
    for (const reason of ['signed-out', 'check-again'] as const) {
      for (const state of [checking, answered, withVisits, dropped])
        expect(reduce(state, { type: 'dropped', reason })).to.deep.equal({ kind: 'dropped', asked, reason });
      for (const state of [idle, cannotAsk]) expect(reduce(state, { type: 'dropped', reason })).to.equal(state);
      expect(reduce(settling, { type: 'dropped', reason })).to.deep.equal({
        kind: 'dropped',
        asked: undefined,
        reason,
      });
    }
  });
});

describe('banner state: visits that did not load are asked for again', () => {
  const visitsFailed: BannerState = { ...answered, visits: { kind: 'failed' } };
  const again: Asked = { ...asked, question: 2, again: true, forVisits: true };
  const waiting: BannerState = { ...answered, asked: again, visits: { kind: 'loading' } };
  const { forVisits: _, ...heard } = again;
  const askVisits: BannerEvent = { type: 'visits-asked', question: 2 };

  it('the answer stays, the visits load, and the open and its TraceID are the same', () => {
    expect(reduce(visitsFailed, askVisits)).to.deep.equal(waiting);
    const view = viewOf(waiting, nhsNumber, now);
    expect(view).to.include({ status: 'current' });
    expect(view.visits).to.deep.equal({ kind: 'loading' });
  });

  const cannot: [name: string, state: BannerState][] = [
    ...states,
    ['visits there are none of', { ...answered, reply: reply('none'), visits: { kind: 'none' } }],
    ['visits that the register does not tell', { ...answered, visits: { kind: 'unavailable' } }],
    ['another patient’s visits, an incident', { ...answered, visits: { kind: 'failed', wrongPatient: true } }],
    ['visits that are asked for again already', waiting],
  ];
  for (const [name, state] of cannot)
    it(`${name}: the same state object`, () => {
      expect(reduce(state, askVisits)).to.equal(state);
    });

  it('the record, and then its visits', () => {
    const held = reduce(waiting, { type: 'replied', question: 2, reply: reply() });
    expect(held).to.deep.equal({ kind: 'answered', asked: heard, reply: reply(), visits: { kind: 'loading' } });
    const shown = reduce(held, { type: 'visits', question: 2, visits: visits() });
    expect(shown).to.deep.equal({ kind: 'answered', asked: heard, reply: reply(), visits: visits() });
  });

  it('a record that has changed meanwhile becomes the answer', () => {
    const none = reduce(waiting, { type: 'replied', question: 2, reply: reply('none') });
    expect(none).to.deep.equal({ kind: 'answered', asked: heard, reply: reply('none'), visits: { kind: 'none' } });
  });

  for (const reason of replyReasons.filter((each) => each !== 'wrong-patient'))
    it(`${reason}: the answer stays, the visits have failed, and can be asked for again`, () => {
      const fault: Reply = { kind: 'failed', nhsNumber, reason, mayHaveLeft: true };
      const state = reduce(waiting, { type: 'replied', question: 2, reply: fault });
      expect(state).to.deep.equal({ ...visitsFailed, asked: heard });
      expect(viewOf(state, nhsNumber, now).status).to.equal('current');
      expect(reduce(state, { type: 'visits-asked', question: 3 })).to.deep.equal({
        ...waiting,
        asked: { ...again, question: 3 },
      });
    });

  it('what was known before stays under a possibly incomplete answer when its visits fail again', () => {
    const lastKnown = known();
    const state = reduce({ ...waiting, lastKnown }, { type: 'replied', question: 2, reply: reply('failed') });
    expect(state).to.deep.equal({ ...visitsFailed, asked: heard, lastKnown });
  });

  const ofAnother: Reply[] = [
    ...(['held', 'none', 'failed'] as const).map((kind) => reply(kind, otherNumber)),
    { kind: 'failed', nhsNumber, reason: 'wrong-patient', mayHaveLeft: true },
  ];
  for (const told of ofAnother)
    it(`${told.kind}, of ${told.nhsNumber === nhsNumber ? 'whom the parser knows to be another' : 'another patient'}: an incident, and nothing that was shown is left`, () => {
      expect(reduce(waiting, { type: 'replied', question: 2, reply: told })).to.deep.equal({
        kind: 'answered',
        asked: heard,
        reply: { kind: 'failed', nhsNumber, reason: 'wrong-patient', mayHaveLeft: true },
        visits: { kind: 'none' },
      });
    });

  it('news of the previous question, or of another: the same state object', () => {
    for (const question of [0, 1, 3, NaN]) {
      for (const kind of ['held', 'none', 'failed'] as const)
        expect(reduce(waiting, { type: 'replied', question, reply: reply(kind) })).to.equal(waiting);
      expect(reduce(waiting, { type: 'visits', question, visits: visits() })).to.equal(waiting);
    }
  });

  it('a second reply to the same question, as from a tab that takes over: the same state object', () => {
    const first = reduce(waiting, { type: 'replied', question: 2, reply: reply() });
    const shown = reduce(first, { type: 'visits', question: 2, visits: visits() });
    const failedAgain = reduce(waiting, { type: 'replied', question: 2, reply: reply('failed') });
    for (const state of [first, shown, failedAgain])
      for (const kind of ['held', 'none', 'failed'] as const)
        expect(reduce(state, { type: 'replied', question: 2, reply: reply(kind) })).to.equal(state);
  });

  it('the host’s next patient, or a drop, ends it', () => {
    expect(reduce(waiting, changedTo({ nhsNumber: otherNumber }))).to.deep.equal(settling);
    expect(reduce(waiting, changedTo())).to.equal(waiting);
    const gone = reduce(waiting, { type: 'dropped', reason: 'check-again' });
    expect(reduce(gone, { type: 'replied', question: 2, reply: reply() })).to.equal(gone);
  });

  it('a complete new check asks for the status too: a failure is then the answer', () => {
    const asking = reduce(waiting, { type: 'asked', asked: { ...again, question: 3 } });
    expect(reduce(asking, { type: 'replied', question: 3, reply: reply('failed') })).to.deep.equal({
      kind: 'answered',
      asked: { ...heard, question: 3 },
      reply: reply('failed'),
      visits: { kind: 'none' },
    });
  });
});

describe('banner state: what a banner says', () => {
  const notChecked = (reason: string, mayHaveLeft: boolean) => ({
    status: 'not-checked',
    reason,
    plans: [],
    mayHaveLeft,
  });
  const none: Visits = { kind: 'none' };

  const table: [name: string, state: BannerState, view: unknown][] = [
    ['idle', idle, { status: 'idle', answer: undefined, visits: none, asked: undefined }],
    ['settling', settling, { status: 'checking', answer: undefined, visits: none, asked: undefined }],
    ['checking', checking, { status: 'checking', answer: undefined, visits: none, asked }],
    [
      'cannot ask',
      cannotAsk,
      { status: 'not-checked', answer: notChecked('nhs-number-invalid', false), visits: none, asked: undefined },
    ],
    ['dropped', dropped, { status: 'not-checked', answer: notChecked('check-again', true), visits: none, asked }],
    [
      'dropped before any question',
      { kind: 'dropped', asked: undefined, reason: 'signed-out' },
      { status: 'not-checked', answer: notChecked('signed-out', false), visits: none, asked: undefined },
    ],
  ];
  for (const [name, state, view] of table)
    it(name, () => {
      expect(viewOf(state, nhsNumber, now)).to.deep.equal(view);
    });

  it('answered: the answer and its visits', () => {
    const view = viewOf(withVisits, nhsNumber, now);
    expect(view.status).to.equal('current');
    expect(view.answer).to.include({ status: 'current', nhsNumber });
    expect(view.visits).to.deep.equal(visits());
  });

  for (const number of [otherNumber, '', '999 000 0018'])
    it(`answered, to a host that names "${number}": wrong-patient, and nothing is shown`, () => {
      for (const kind of ['held', 'none', 'failed'] as const) {
        const state: BannerState = { kind: 'answered', asked, reply: reply(kind), visits: visits() };
        const { status, answer, visits: seen } = viewOf(state, number, now);
        expect({ status, answer, seen }).to.deep.equal({
          status: 'not-checked',
          answer: notChecked('wrong-patient', true),
          seen: none,
        });
      }
    });

  it('the day is London’s day at the moment of looking', () => {
    const [plan] = (reply() as Reply & { kind: 'held' }).plans;
    const held = { ...reply(), plans: [{ ...plan!, end: '2026-08-09' }] } as Reply;
    const state: BannerState = { ...answered, reply: held };
    expect(viewOf(state, nhsNumber, Date.parse('2026-08-09T22:59:59Z')).status).to.equal('current');
    expect(viewOf(state, nhsNumber, Date.parse('2026-08-09T23:00:00Z')).status).to.equal('ended');
  });
});

describe('banner state: whatever happens, in any order', () => {
  /** One banner and its host. Each number is a step: what happens, to which patient, with which question. */
  class Life {
    state: BannerState = idle;
    context = hostContext({ nhsNumber: '' });
    counted = 0;

    /** The number of the host's patient as the tag compares it. */
    get number(): string {
      return this.context.nhsNumber;
    }

    step(code: number): void {
      const pick = <T>(...options: readonly T[]): T => {
        const option = options[code % options.length]!;
        code = Math.floor(code / options.length);
        return option;
      };
      const kind = pick(
        'host',
        'host',
        'settle',
        'settle',
        'replied',
        'replied',
        'visits',
        'check',
        'check-visits',
        'dropped',
        'stale',
        'known',
      );
      const number = pick(...numbers);
      const question = pick(this.counted, this.counted, this.counted - 1, this.counted + 1);
      const before = this.state;
      switch (kind) {
        case 'host':
          this.context = hostContext({
            nhsNumber: pick(number, number, number, ''),
            encounter: pick('', 'E1', 'E2'),
            nhsNumberStatus: pick('verified', 'verified', 'unverified'),
            registerApi: pick('cp-is', 'cp-is', 'patient-flags'),
            attendance: pick('', 'scheduled'),
          });
          this.apply({ type: 'host-changed', intent: readIntent(this.context), adoptable: pick(true, false) });
          return;
        case 'settle':
          this.settle();
          return;
        case 'check': {
          const current = askedOf(this.state);
          if (current !== undefined) this.apply({ type: 'asked', asked: { ...current, question: ++this.counted } });
          return;
        }
        case 'check-visits':
          this.apply({ type: 'visits-asked', question: this.counted + 1 });
          if (this.state !== before) this.counted += 1;
          return;
        case 'replied':
          this.apply({ type: 'replied', question, reply: reply(pick('held', 'none', 'failed'), number) });
          break;
        case 'visits': {
          // The parser drops every other patient's history, so here it names the patient of the question.
          const seen = visits(question === this.counted ? this.number : number);
          this.apply({ type: 'visits', question, visits: pick<Visits>(seen, seen, { kind: 'failed' }) });
          break;
        }
        case 'known': {
          const { nhsNumber: known, plans, incomplete, checkedAt } = reply('held', number) as Reply & { kind: 'held' };
          const lastKnown = { nhsNumber: known, plans, incomplete, checkedAt };
          this.apply({ type: 'last-known', question, lastKnown });
          break;
        }
        case 'dropped':
          this.apply({ type: 'dropped', reason: pick('signed-out', 'check-again') });
          return;
        case 'stale':
          this.apply({ type: 'adopted', open: { ...open, nhsNumber: number, encounter: 'E9' } });
          if (number !== this.number) expect(this.state).to.equal(before);
          return;
      }
      if (question !== this.counted) expect(this.state).to.equal(before);
    }

    settle(): void {
      const intent = readIntent(this.context);
      if (intent.kind === 'nobody') this.apply({ type: 'nobody' });
      else if (intent.kind === 'cannot-ask') this.apply({ type: 'cannot-ask', reason: intent.reason });
      else {
        const current = askedOf(this.state);
        if (current !== undefined && continues(current.open, intent.open, true))
          this.apply({ type: 'adopted', open: intent.open });
        else
          this.apply({
            type: 'asked',
            asked: {
              open: intent.open,
              setting: intent.setting,
              traceId: 'T',
              openedAt: now,
              question: ++this.counted,
            },
          });
      }
    }

    apply(event: BannerEvent): void {
      this.state = reduce(this.state, event);
    }
  }

  const life = fc.array(fc.nat(2 ** 30), { minLength: 1, maxLength: 12 });

  it('no state holds another patient than the host’s, and no view shows one', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(life, (codes) => {
        const banner = new Life();
        for (const code of codes) {
          banner.step(code);
          const known = JSON.stringify(banner.state);
          const view = viewOf(banner.state, banner.number, now);
          seen.add(view.status);
          for (const number of numbers) if (number !== banner.number && known.includes(number)) return false;
          if (view.answer !== undefined && 'nhsNumber' in view.answer && view.answer.nhsNumber !== banner.number)
            return false;
        }
        return true;
      }),
      { numRuns: 15_000 },
    );
    expect([...seen]).to.include.members(['idle', 'checking', 'current', 'none', 'not-checked']);
  });

  it('a view for another patient than the state’s shows nothing, however the state arose', () => {
    fc.assert(
      fc.property(life, fc.constantFrom(...numbers, ''), (codes, number) => {
        const banner = new Life();
        for (const code of codes) banner.step(code);
        if (number === banner.number) return true;
        const { answer, visits: shown } = viewOf(banner.state, number, now);
        return (
          shown.kind === 'none' &&
          (answer === undefined || (answer.status === 'not-checked' && answer.plans.length === 0))
        );
      }),
      { numRuns: 10_000 },
    );
  });
});
