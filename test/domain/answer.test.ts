import { expect } from 'chai';

import { answerOf, notChecked, visitsFollow, type Reply } from '../../src/domain/answer.js';
import type { Plan } from '../../src/domain/plan.js';
import { hostReasons, replyReasons } from '../../src/domain/reason.js';
import { plan } from '../fixtures/plans.js';

const today = '2026-08-09';
const nhsNumber = '9990000018';
const current = plan();
const future = plan({ start: '2026-09-01' });
const ended = plan({ end: '2026-08-08' });
const unknown = plan({ kind: 'unrecognised', code: '999', start: undefined });
const known = { nhsNumber, checkedAt: 1_786_000_000_000, clock: -250 };

const held = (plans: readonly Plan[], incomplete = false): Reply => ({ kind: 'held', ...known, plans, incomplete });
const unreadable = (plans: readonly Plan[]) => ({
  status: 'not-checked',
  reason: 'unreadable',
  plans,
  mayHaveLeft: true,
});

describe('answer: of a record held', () => {
  const table: [title: string, plans: Plan[], whole: string, incomplete: string][] = [
    ['a current plan', [current], 'current', 'current'],
    ['a plan that ends today', [plan({ end: today })], 'current', 'current'],
    ['a future plan', [future], 'current', 'current'],
    ['a plan of an unknown kind without dates', [unknown], 'current', 'current'],
    ['an ended plan', [ended], 'ended', 'not-checked'],
    ['two ended plans', [ended, plan({ end: '2026-01' })], 'ended', 'not-checked'],
    ['an ended plan and a current one', [ended, current], 'current', 'current'],
    ['an ended plan and a future one', [ended, future], 'current', 'current'],
    ['no plan', [], 'not-checked', 'not-checked'],
  ];
  for (const [title, plans, whole, incomplete] of table) {
    const expected = (status: string, isIncomplete: boolean): unknown =>
      status === 'not-checked' ? unreadable(plans) : { status, ...known, plans, incomplete: isIncomplete };

    it(`${title}: ${whole}, every plan listed as received`, () => {
      expect(answerOf(held(plans), today)).to.deep.equal(expected(whole, false));
    });
    it(`${title}, in an incomplete answer: ${incomplete}, every plan listed as received`, () => {
      expect(answerOf(held(plans, true), today)).to.deep.equal(expected(incomplete, true));
    });
  }

  it('an answer from a cache may be old: what has not ended is listed as such, and the rest is not known', () => {
    const kept = (plans: readonly Plan[]): Reply => ({ kind: 'held', ...known, plans, incomplete: false, kept: true });
    expect(answerOf(kept([current, ended]), today)).to.include({ status: 'current', kept: true });
    expect(answerOf(kept([ended]), today)).to.deep.equal(unreadable([ended]));
  });

  it('the same reply read a day later: a plan that ended overnight is ended', () => {
    const reply = held([plan({ end: today })]);
    expect(answerOf(reply, today).status).to.equal('current');
    expect(answerOf(reply, '2026-08-10').status).to.equal('ended');
  });
});

describe('answer: of anything else', () => {
  it('none is none, with its number and its time', () => {
    expect(answerOf({ kind: 'none', ...known }, today)).to.deep.equal({ status: 'none', ...known });
  });

  for (const reason of replyReasons)
    for (const mayHaveLeft of [true, false])
      it(`${reason}${mayHaveLeft ? ', after the request may have left' : ''}: not checked, and nothing is listed`, () => {
        expect(answerOf({ kind: 'failed', nhsNumber, reason, mayHaveLeft }, today)).to.deep.equal({
          status: 'not-checked',
          reason,
          plans: [],
          mayHaveLeft,
        });
      });

  it('a reason that needs no reply: not checked, and nothing was sent', () => {
    for (const reason of [...hostReasons, 'check-again'] as const)
      expect(notChecked(reason)).to.deep.equal({ status: 'not-checked', reason, plans: [], mayHaveLeft: false });
  });
});

describe('answer: whether the earlier visits come after it', () => {
  const replies: [reply: Reply, follow: boolean][] = [
    [held([current]), true],
    [{ kind: 'none', ...known }, false],
    [{ kind: 'failed', nhsNumber, reason: 'busy', mayHaveLeft: true }, false],
  ];
  for (const [reply, follow] of replies)
    it(`${reply.kind}: ${follow ? 'where the register tells them' : 'never'}`, () => {
      expect(visitsFollow(reply, 'cp-is')).to.equal(follow);
      expect(visitsFollow(reply, 'patient-flags')).to.equal(false);
    });
});
