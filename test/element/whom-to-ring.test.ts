import { expect } from 'chai';
import { render } from 'lit';

import { idle, viewOf } from '../../src/domain/banner-state.js';
import type { LineNow } from '../../src/domain/office-hours.js';
import { freshReader, modelOf, type HoldsPlans } from '../../src/element/model.js';
import { noActions } from '../../src/element/rehearsal.js';
import { contacts } from '../../src/element/views/contacts.js';
import { london } from '../fixtures/london.js';
import { plan } from '../fixtures/plans.js';

const now = london('2026-11-21 10:00');
const answer: HoldsPlans = {
  status: 'current',
  nhsNumber: '9990000018',
  plans: [
    plan({ authority: 'Islington', officePhone: '020 7946 0199', emergencyPhone: '020 7946 0123' }),
    plan({ authority: 'Leeds', officePhone: '0113 496 0001', emergencyPhone: '0113 496 0002' }),
  ],
  incomplete: false,
  checkedAt: now,
  clock: 0,
};

/** The title, and each authority with the number that is large, while its office is open or closed. */
function drawn(lines: Readonly<Record<string, LineNow>>): readonly string[] {
  const model = modelOf({
    view: viewOf(idle, '', now),
    now,
    nhsNumber: '9990000018',
    history: undefined,
    service: '',
    isLong: false,
    canTryAgain: false,
    attendance: 'unscheduled',
    setting: 'emergency-department',
    layout: 'banner',
    discreet: false,
    outOfSync: false,
    officeHours: '',
    homeAuthorities: '',
    reader: freshReader,
  });
  const root = document.createElement('div');
  render(contacts({ ...model, lineOf: ({ authority = '' }) => lines[authority]! }, answer, noActions), root);
  return [...root.querySelectorAll('h3, .who, .number .phone')].map(({ textContent }) =>
    textContent.replace(/\s+/g, ' ').trim(),
  );
}

const open: LineNow = { line: 'office', until: london('2026-11-21 13:00') };
const closed: LineNow = { line: 'emergency-duty', until: london('2026-11-23 09:00') };

describe('whom to ring, of several authorities', () => {
  it('one time that holds for all is said once', () =>
    expect(drawn({ Islington: closed, Leeds: closed })).to.deep.equal([
      'If concerned, ring (the offices usually open again 09:00 Monday)',
      'Islington, emergency duty team',
      '020 7946 0123',
      'Leeds, emergency duty team',
      '0113 496 0002',
    ]));

  it('an office that is open on a Saturday is rung, beside another’s emergency duty team', () =>
    expect(drawn({ Islington: open, Leeds: closed })).to.deep.equal([
      'If concerned, ring',
      'Islington, office',
      '020 7946 0199',
      'Leeds, emergency duty team',
      '0113 496 0002',
    ]));
});
