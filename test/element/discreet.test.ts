import { expect } from 'chai';
import { render } from 'lit';

import type { Access } from '../../src/domain/access-history.js';
import type { LastKnown, Reply } from '../../src/domain/answer.js';
import { idle, reduce, viewOf, type BannerEvent, type BannerState } from '../../src/domain/banner-state.js';
import type { CareSetting } from '../../src/domain/care-setting.js';
import { historyOf } from '../../src/domain/history-of.js';
import type { Plan, PlanKind } from '../../src/domain/plan.js';
import { freshReader, modelOf, type Facts } from '../../src/element/model.js';
import { noActions } from '../../src/element/rehearsal.js';
import { banner } from '../../src/element/views/banner.js';
import { nhsNumber } from '../fixtures/bundles.js';

const now = Date.parse('2026-11-27T12:00:00Z');

/** A generator of numbers from 0 to 1. The same seed gives the same sequence (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Random {
  readonly next: () => number;
  constructor(seed: number) {
    this.next = randomFrom(seed);
  }
  one = <T>(all: readonly T[]): T => all[Math.floor(this.next() * all.length)]!;
  maybe = <T>(value: T, chance = 0.5): T | undefined => (this.next() < chance ? value : undefined);
}

/** A text that occurs nowhere but in the answer. */
const secret = 'Zqx';
const dates = ['1999-01-02', '2001-03', '2003', '2098-07-08'];

const planOf = ({ one, maybe, next }: Random): Plan => ({
  kind: one<PlanKind>(['child-protection', 'looked-after', 'unborn', 'unrecognised']),
  code: maybe(`${secret}code`, 0.3),
  start: maybe(one(dates)),
  end: maybe(one(dates)),
  authority: maybe(`${secret}shire ${Math.floor(next() * 3)}`, 0.8),
  officePhone: maybe(`0189${Math.floor(next() * 1e7)}`, 0.8),
  emergencyPhone: maybe(`${secret} 01632 960199`, 0.8),
});
const accessOf = ({ maybe, next }: Random): Access => ({
  at: now - next() * 1e10,
  viewer: maybe(`${secret}viewer`),
  role: maybe(`${secret}role`),
  place: maybe(`${secret}place`),
});
const some = <T>(random: Random, most: number, make: (random: Random) => T): readonly T[] =>
  Array.from({ length: Math.floor(random.next() * (most + 1)) }, () => make(random));

function replyOf(random: Random): Reply {
  const { one, next } = random;
  const at = { nhsNumber, checkedAt: now - next() * 1e7, clock: one([undefined, 0, 1e6]) };
  const plans = [planOf(random), ...some(random, 3, planOf)];
  return one<Reply>([
    { kind: 'held', plans, incomplete: next() < 0.5, ...at },
    { kind: 'held', plans, incomplete: false, kept: true, ...at },
    { kind: 'none', ...at },
    {
      kind: 'failed',
      nhsNumber,
      reason: one(['unreachable', 'unreadable', 'busy', 'wrong-patient']),
      mayHaveLeft: true,
    },
  ]);
}

function stateOf(random: Random): BannerState {
  const { one, maybe, next } = random;
  const attendance = one(['unscheduled', 'scheduled', 'not-brought'] as const);
  const registerApi = one(['cp-is', 'patient-flags'] as const);
  const open = { baseUrl: 'https://r.example', registerApi, user: '', nhsNumber, encounter: '', attendance };
  const setting = one<CareSetting>(['emergency-department', 'nhs-111', 'maternity-unit', 'general-practice']);
  const lastKnown: LastKnown = { nhsNumber, plans: [planOf(random)], incomplete: next() < 0.5, checkedAt: now - 1e6 };
  const events: readonly (BannerEvent | undefined)[] = [
    { type: 'asked', asked: { open, setting, traceId: '', openedAt: now, question: 0 } },
    maybe<BannerEvent>({ type: 'replied', question: 0, reply: replyOf(random) }, 0.95),
    maybe<BannerEvent>(
      one<BannerEvent>([
        { type: 'visits', question: 0, visits: { kind: 'failed' } },
        {
          type: 'visits',
          question: 0,
          visits: { kind: 'shown', accesses: some(random, 25, accessOf), respondedAt: now, incomplete: next() < 0.3 },
        },
      ]),
      0.8,
    ),
    maybe<BannerEvent>({ type: 'last-known', question: 0, lastKnown }),
    maybe<BannerEvent>({ type: 'dropped', reason: 'signed-out' }, 0.05),
  ];
  return events.filter((event) => event !== undefined).reduce(reduce, idle);
}

function factsOf(random: Random, state: BannerState): Facts {
  const { one, next } = random;
  const view = viewOf(state, nhsNumber, now);
  return {
    view,
    now,
    nhsNumber,
    history: historyOf(view, one(['', 'Royal London Hospital'])),
    service: '',
    isLong: next() < 0.3,
    canTryAgain: next() < 0.5,
    attendance: one(['unscheduled', 'scheduled', 'not-brought', undefined]),
    setting: one<CareSetting | undefined>(['emergency-department', 'nhs-111', 'general-practice', undefined]),
    layout: one(['banner', 'compact', 'panel']),
    discreet: true,
    outOfSync: next() < 0.1,
    officeHours: '',
    homeAuthorities: one(['', 'Islington']),
    reader: { ...freshReader, detailsOpen: next() < 0.5, errorOpen: next() < 0.5, hidden: next() < 0.2 },
  };
}

/** Everything in a tree that a person, a screen reader, a printer or a script could find: texts and attributes. */
function everythingIn(facts: Facts): string {
  const root = document.createElement('div');
  render(banner(modelOf(facts), noActions), root);
  return root.innerHTML.replace(/<!--.*?-->/gs, '');
}

const told = /Zqx|0189\d|1999|2001|2003|2098|hild protection plan|ooked after|nborn|social worker|consent/;

describe('a discreet banner that was not revealed', () => {
  it('holds no text of the answer, whatever the answer, the status, the layout and the attendance', () => {
    for (let seed = 0; seed < 5000; seed += 1) {
      const random = new Random(seed);
      const state = stateOf(random);
      const facts = factsOf(random, state);
      const found = told.exec(everythingIn(facts));
      expect(found?.[0], `seed ${seed}: ${facts.view.status}, ${facts.layout}`).to.equal(undefined);
    }
  });

  it('holds the answer once revealed, which shows that the search above works', () => {
    let found = 0;
    for (let seed = 0; seed < 500; seed += 1) {
      const random = new Random(seed);
      const facts = factsOf(random, stateOf(random));
      if (told.test(everythingIn({ ...facts, reader: { ...facts.reader, revealed: true, hidden: false } }))) found += 1;
    }
    expect(found).to.be.greaterThan(250);
  });
});
