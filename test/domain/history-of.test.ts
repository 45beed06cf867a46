import { expect } from 'chai';

import type { Reply, Visits } from '../../src/domain/answer.js';
import { viewOf, type Asked, type BannerState, type BannerView } from '../../src/domain/banner-state.js';
import type { Attendance, CareSetting } from '../../src/domain/care-setting.js';
import { historyOf } from '../../src/domain/history-of.js';
import { patientOpen } from '../fixtures/opens.js';
import { plan } from '../fixtures/plans.js';

const HOUR = 3_600_000;
const now = Date.parse('2026-08-09T20:42:00Z');
const nhsNumber = '9990000018';
const ED = 'THE WHITTINGTON HOSPITAL NHS TRUST - ED (RKEAA)';

const held = (facts: Partial<Reply & { kind: 'held' }> = {}): Reply => ({
  kind: 'held',
  nhsNumber,
  plans: [plan()],
  incomplete: false,
  checkedAt: now,
  clock: 0,
  ...facts,
});
/** Views this long before the register answered. */
const seen = (...ago: number[]): Visits => ({
  kind: 'shown',
  accesses: ago.map((ms) => ({ at: now - ms, place: ED, viewer: 'A NURSE', role: undefined })),
  respondedAt: now,
  incomplete: false,
});

/** The view of an open one second ago by this computer's clock, which is this far ahead of the register's. */
function view(
  facts: {
    attendance?: Attendance;
    setting?: CareSetting;
    clock?: number | undefined;
    reply?: Reply;
    visits?: Visits;
  } = {},
): BannerView {
  const { attendance = 'unscheduled', setting = 'emergency-department', visits = seen(0) } = facts;
  const clock = 'clock' in facts ? facts.clock : 0;
  const asked: Asked = {
    open: patientOpen({ attendance }),
    setting,
    traceId: 'T1',
    openedAt: now - 1000 + (clock ?? 0),
    question: 1,
  };
  const state: BannerState = { kind: 'answered', asked, reply: facts.reply ?? held({ clock }), visits };
  return viewOf(state, nhsNumber, now);
}
const partOf = (of: BannerView, service = ED) => historyOf(of, service)?.rows.map(({ part }) => part);

describe('history of a view', () => {
  const notShown: Visits[] = [
    { kind: 'none' },
    { kind: 'loading' },
    { kind: 'failed' },
    { kind: 'failed', wrongPatient: true },
    { kind: 'unavailable' },
  ];
  for (const visits of notShown)
    it(`there is none while the visits are ${visits.kind}`, () => {
      expect(historyOf(view({ visits }), ED)).to.equal(undefined);
    });

  it('there is none without an answer, or a question', () => {
    const { asked, visits } = view();
    expect(historyOf({ status: 'checking', answer: undefined, visits, asked }, ED)).to.equal(undefined);
    expect(historyOf({ ...view(), asked: undefined }, ED)).to.equal(undefined);
  });

  it('the visits are those that are shown, with times counted back from the register’s answer', () => {
    const history = historyOf(view({ visits: seen(30 * 24 * HOUR) }), ED);
    expect(history?.before).to.deep.equal({ views: 1, visits: 1 });
    expect(history?.last30Days.visits).to.equal(1);
    expect(historyOf(view({ visits: seen(30 * 24 * HOUR + 1) }), ED)?.last30Days.visits).to.equal(0);
  });

  it('in unscheduled care the check’s own view is distinguished from an earlier one', () => {
    expect(partOf(view())).to.deep.equal(['this-check']);
    expect(partOf(view(), '')).to.deep.equal(['recent']);
    expect(partOf(view({ visits: seen(HOUR) }))).to.deep.equal(['this-attendance']);
  });

  for (const attendance of ['scheduled', 'not-brought'] as const)
    it(`${attendance}: the register does not list the check, and a view of this moment is a visit’s`, () => {
      expect(partOf(view({ attendance, setting: 'dentistry' }))).to.deep.equal(['earlier']);
    });

  for (const setting of ['nhs-111', 'ambulance'] as const)
    it(`${setting}: an hour before this open’s own view is another call`, () => {
      const visits = seen(0, HOUR);
      expect(partOf(view({ setting, visits }))).to.deep.equal(['this-check', 'earlier']);
      expect(partOf(view({ visits }))).to.deep.equal(['this-check', 'this-attendance']);
    });

  for (const clock of [-HOUR, -6001, 0, 6001, HOUR, 26 * HOUR])
    it(`a computer whose clock is ${clock} ms ahead: the open is placed by the register’s`, () => {
      expect(partOf(view({ clock }))).to.deep.equal(['this-check']);
      const before = view({ clock, visits: seen(60_000) });
      expect(partOf(before)).to.deep.equal(['this-attendance']);
    });

  it('a reply without a clock: this computer’s clock is trusted', () => {
    expect(partOf(view({ clock: undefined }))).to.deep.equal(['this-check']);
  });

  it('a reply that was cached for a day shows its age, not how far the clock is off', () => {
    const day = 24 * HOUR;
    const kept = view({ reply: held({ kept: true, clock: day, checkedAt: now - day }), visits: seen(13 * HOUR) });
    expect(partOf(kept)).to.deep.equal(['earlier']);
  });

  it('only ended plans, and more to come: not checked, and the open is still placed by the register’s clock', () => {
    const reply = held({ plans: [plan({ end: '2026-01-01' })], incomplete: true, clock: HOUR });
    const notChecked = view({ clock: HOUR, reply });
    expect(notChecked.status).to.equal('not-checked');
    expect(partOf(notChecked)).to.deep.equal(['this-check']);
  });
});
