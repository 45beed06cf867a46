import { expect } from 'chai';

import { notChecked, type Reply } from '../../src/domain/answer.js';
import { isStillKnown, storeName, toKeep, wantsLastKnown } from '../../src/domain/last-known.js';
import type { Plan } from '../../src/domain/plan.js';
import { hostReasons, replyReasons, type Reason } from '../../src/domain/reason.js';
import { plan } from '../fixtures/plans.js';

const nhsNumber = '9990000018';
const hackneys = plan({ kind: 'looked-after', start: '2025-01-01', authority: 'Hackney' });
const ended: Plan = { ...hackneys, end: '2026-03-14' };
const today = '2026-11-23';
const held = (plans: readonly Plan[], incomplete = false): Reply => ({
  kind: 'held',
  nhsNumber,
  plans,
  incomplete,
  checkedAt: 5,
  clock: 0,
});

describe('the last known answer: under what it is shown', () => {
  const shown: readonly Reason[] = ['busy', 'timed-out', 'unreachable', 'register-error', 'unreadable'];
  for (const reason of [...hostReasons, ...replyReasons, 'check-again' as const])
    it(`${reason}: ${shown.includes(reason) ? 'shown' : 'not shown'}`, () => {
      expect(wantsLastKnown(notChecked(reason))).to.equal(shown.includes(reason));
    });

  it('an answer needs none', () => {
    expect(wantsLastKnown({ status: 'none', nhsNumber, checkedAt: 5, clock: 0 })).to.equal(false);
  });
});

describe('the last known answer: what is kept', () => {
  const kept = (plans: readonly Plan[], incomplete: boolean) => ({
    nhsNumber,
    plans,
    incomplete,
    checkedAt: 5,
    clock: 0,
  });
  const cases: [what: string, reply: Reply, kept: ReturnType<typeof toKeep>][] = [
    ['a current plan', held([hackneys]), kept([hackneys], false)],
    ['an ended plan', held([ended]), kept([ended], false)],
    ['a current plan of an incomplete answer, as incomplete', held([hackneys], true), kept([hackneys], true)],
    [
      'a record that the register did not date, without a difference of clocks',
      { ...held([hackneys]), clock: undefined } as Reply,
      { nhsNumber, plans: [hackneys], incomplete: false, checkedAt: 5 },
    ],
    ['nothing of an incomplete answer with only ended plans', held([ended], true), undefined],
    ['nothing of a failure', { kind: 'failed', nhsNumber, reason: 'busy', mayHaveLeft: true }, undefined],
    [
      'never none: it says that what was kept is out of date',
      { kind: 'none', nhsNumber, checkedAt: 5, clock: 0 },
      'nothing-held',
    ],
  ];
  for (const [what, reply, expected] of cases)
    it(what, () => {
      expect(toKeep(reply, today)).to.deep.equal(expected);
    });
});

describe('the last known answer: where', () => {
  it('in the only database, which docs/security.md describes', () => {
    expect(storeName).to.equal('cp-is-banner');
  });
});

describe('the last known answer: how long', () => {
  const twelveHours = 43_200_000;
  const ages: [age: number, isKnown: boolean][] = [
    [0, true],
    [twelveHours - 1, true],
    [twelveHours, false],
    [-1, false],
  ];
  for (const [age, isKnown] of ages)
    it(`${age} ms after it was kept: ${isKnown ? 'known' : 'no longer known'}`, () => {
      expect(isStillKnown(1_000_000, 1_000_000 + age)).to.equal(isKnown);
    });
});
