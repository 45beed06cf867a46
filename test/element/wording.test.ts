import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, planCodes, type AccessFacts } from '../fixtures/bundles.js';
import { textOf, unmountAll } from '../support/banner.js';
import { resume, stopDateAt } from '../support/clock.js';
import { pressAll } from '../support/page.js';
import { ended, hackney, islington, open, stateNamed, sunday, type State } from '../support/states.js';

/** The sentences as the safeguarding lead read them, each in the situation it is for. */
interface Situation {
  readonly state: State;
  readonly attendance?: 'scheduled' | 'unscheduled';
  readonly properties?: Partial<CpIsBanner>;
  /** Another moment than the Sunday evening. */
  readonly at?: string;
  readonly press?: RegExp;
  readonly says: readonly string[];
  readonly doesNotSay?: readonly string[];
}

const on = (name: string): Pick<Situation, 'state'> => ({ state: stateNamed(name) });

/** Both calls answered, at a moment. */
const answering = (body: unknown, views: readonly AccessFacts[] = [], at = sunday): State => {
  const headers = { Date: new Date(at).toUTCString() };
  return {
    ...stateNamed('child protection plan'),
    scripts: { CareTeam: { body, headers }, AuditEvent: { body: accesses(views), headers } },
  };
};

/** Eight visits: five of two views an hour apart, three of one. Two of them in the last 30 days. */
const thirteenViews: readonly AccessFacts[] = [
  ['2026-11-18', 'Royal London Hospital'],
  ['2026-11-14', 'Whittington Hospital'],
  ['2026-09-20', 'Royal London Hospital'],
  ['2026-08-11', 'Homerton Hospital'],
  ['2026-07-02', 'Whittington Hospital'],
  ['2026-05-05', 'University College Hospital'],
  ['2026-03-09', 'Homerton Hospital'],
  ['2026-01-17', 'Royal London Hospital'],
].flatMap(([day = '', place = ''], index) =>
  (index < 5 ? ['02', '03'] : ['02']).map((hour) => ({ at: `${day}T${hour}:15:00Z`, place })),
);

const alert =
  'CP-IS alerts the local authority automatically. Don’t assume anyone has read it. Concerned? Ring before the patient leaves.';
const tuesday = '2026-11-24T14:05:00Z';

const situations: Readonly<Record<string, Situation>> = {
  'a child protection plan': { ...on('child protection plan'), says: ['Child protection plan', alert] },
  'looked after': {
    ...on('looked after'),
    says: ['Looked after', 'CP-IS does not show who can consent. Ask Hackney.', alert],
  },
  'an unborn baby': {
    ...on('unborn baby'),
    says: [
      'Unborn baby: child protection plan',
      'Held on this patient’s record.',
      alert,
      'After birth: give Sheffield the baby’s NHS number.',
    ],
  },
  'a plan of an unknown type': {
    ...on('plan of an unknown type'),
    says: ['CP-IS record held. Plan type not recognised.'],
  },
  'several kinds': {
    ...on('child protection plan and looked after'),
    says: ['Child protection plan and looked after'],
  },
  'own and unborn': {
    ...on('the patient’s own plan and an unborn baby’s'),
    says: ['Child protection plan. Unborn baby also has one.', 'Patient', 'Unborn baby'],
  },
  'a care leaver': {
    state: {
      ...answering(held({ ...hackney, start: '2012-05-01', end: '2026-01-12' })),
      is: ['ended', undefined, 'shown'],
    },
    says: ['Looked after until 12-Jan-2026', 'May have no social worker or personal adviser now.'],
  },
  'out of office hours': {
    ...on('child protection plan'),
    says: ['If concerned, ring: emergency duty team', 'office usually opens 09:00 Monday'],
  },
  'in office hours': {
    state: answering(held(islington), [], tuesday),
    at: tuesday,
    says: ['If concerned, ring: office', 'office usually open until 17:00'],
  },
  'NHS 111': {
    ...on('child protection plan'),
    properties: { careSetting: 'nhs-111' },
    says: [
      'CP-IS alerts the local authority. Concerned? Tell your clinician before the call ends. Don’t tell the caller.',
    ],
    doesNotSay: ['Ring before the patient leaves.'],
  },
  'scheduled, a current plan': {
    ...on('looked after'),
    attendance: 'scheduled',
    says: [
      'Routine appointment: this check sent no alert. Concerned? Ring Hackney.',
      'Not in your record? Ask Hackney for background.',
    ],
    doesNotSay: ['CP-IS alerts'],
  },
  'scheduled, an ended plan': {
    ...on('ended'),
    attendance: 'scheduled',
    says: ['Routine appointment: this check sent no alert. Concerned? Ring Islington.'],
    doesNotSay: ['Not in your record?', 'CP-IS alerts'],
  },
  ended: {
    ...on('ended'),
    says: [
      'Child protection plan ended 14-Mar-2026',
      'May have no social worker now.',
      '020 7946 0123',
      '020 7946 0199',
      alert,
    ],
    doesNotSay: ['personal adviser'],
  },
  none: {
    ...on('none'),
    says: ['No CP-IS record for this NHS number. This does not rule out a concern. England only.'],
    doesNotSay: ['Newborn?'],
  },
  'none, maternity': { ...on('none, on a maternity unit'), says: ['Newborn? Check the mother’s record.'] },
  'none, paediatric ward': {
    ...on('none'),
    properties: { careSetting: 'paediatric-ward' },
    says: ['Newborn? Check the mother’s record.'],
  },
  'discreet, held': {
    ...on('child protection plan'),
    properties: { discreet: true },
    says: ['Please read: CP-IS', 'Show'],
    doesNotSay: ['Child protection', 'Islington'],
  },
  'discreet, none': {
    ...on('none'),
    properties: { discreet: true },
    says: ['Please read: CP-IS', 'Show'],
    doesNotSay: ['No CP-IS record'],
  },
  'discreet, not checked': {
    ...on('not checked: busy'),
    properties: { discreet: true },
    says: ['CP-IS not checked: status unknown'],
    doesNotSay: ['Please read'],
  },
  'earlier visits': {
    state: answering(held(), thirteenViews),
    says: ['CP-IS viewed 13 times before now, at 4 services. About 8 visits; 2 in the last 30 days.'],
  },
  'no earlier visits': { ...on('visits empty'), says: ['Not viewed before in unscheduled care.'] },
  'visits failed': { ...on('visits failed'), says: ['Earlier visits did not load. There may be some.'] },
  'the table': {
    ...on('child protection plan'),
    properties: { layout: 'panel' },
    says: [
      'Date and time Viewed at Viewed by Role',
      'Visits are an estimate: returns within 12 hours may show as one. Don’t share places or authority with the family: a placement may be confidential.',
    ],
  },
  checking: { ...on('checking'), says: ['Checking CP-IS… recorded under your name.'] },
  'checking, scheduled': {
    ...on('checking'),
    attendance: 'scheduled',
    says: ['Checking CP-IS…'],
    doesNotSay: ['recorded'],
  },
  'opened in error': {
    ...on('child protection plan'),
    press: /^Opened in error\?$/,
    says: ['The alert can’t be recalled. Ring Islington and say so; report it locally.'],
  },
  'opened in error, scheduled': {
    ...on('child protection plan'),
    attendance: 'scheduled',
    press: /^Opened in error\?$/,
    says: ['No alert was sent.'],
    doesNotSay: ['recalled'],
  },
  incomplete: { ...on('incomplete answer'), says: ['The answer was incomplete. There may be more.'] },
  'incomplete, nothing current': {
    ...on('not checked: unreadable, plans listed'),
    says: [
      'CP-IS not checked: status unknown',
      'The answer could not be read safely.',
      'The answer was incomplete. There may be more.',
      'Ended 14-Mar-2026: child protection plan · Islington',
    ],
  },
};

const lines: Readonly<Record<string, string>> = {
  'nhs-number-missing': 'No NHS number. Trace it. Newborn? Check the mother’s record.',
  'nhs-number-invalid': 'NHS number not valid. Correct it.',
  'nhs-number-unverified': 'NHS number not confirmed. Trace it first.',
  'care-setting-missing': 'Not set up on this screen. Tell IT.',
  'care-setting-unknown': 'Not set up on this screen. Tell IT.',
  'attendance-missing': 'Not set up on this screen. Tell IT.',
  misconfigured: 'Not set up on this screen. Tell IT.',
  'signed-out': 'Sign in again.',
  'access-denied': 'Your role cannot see CP-IS. Ask a colleague who can.',
  refused: 'CP-IS refused the request. Tell IT.',
  busy: 'CP-IS is busy. Try in a minute.',
  unreachable: 'No connection to CP-IS.',
  'timed-out': 'CP-IS did not answer.',
  'register-error': 'CP-IS has a fault.',
  unreadable: 'The answer could not be read safely.',
  'check-again': 'This page was left. Check again.',
  'wrong-patient': 'The answer was for another NHS number. Nothing shown. Report it now.',
};
const beforeAnyRequest = /^(nhs-number|care-setting|attendance|misconfigured)/;

describe('the sentences stand as they were read, each in its situation', () => {
  afterEach(() => {
    unmountAll();
    resume();
  });

  for (const [name, situation] of Object.entries(situations))
    it(name, async () => {
      stopDateAt(situation.at ?? sunday);
      const banner = await open(situation.state, situation.attendance, situation.properties);
      if (situation.press !== undefined) await pressAll(banner, situation.press);
      const text = textOf(banner);
      for (const sentence of situation.says) expect(text).to.contain(sentence);
      for (const sentence of situation.doesNotSay ?? []) expect(text).not.to.contain(sentence);
    });

  for (const [reason, line] of Object.entries(lines))
    it(`not checked: ${reason}`, async () => {
      stopDateAt(sunday);
      const state = stateNamed(`not checked: ${reason}`);
      const gone = beforeAnyRequest.test(reason) ? '' : ' An alert may have gone.';
      const heading = `CP-IS not checked: status unknown${gone === '' ? '' : ' Check again'}`;
      const banner = await open(state);
      expect(textOf(banner)).to.equal(`${heading} ${line}${gone} Concerned? Don’t wait: refer as usual.`);
      if (state.only !== undefined) return;
      const silent = await open(state, 'scheduled');
      expect(textOf(silent)).to.equal(`${heading} ${line} Concerned? Don’t wait: refer as usual.`);
    });

  it('an unborn baby’s plan is never merged with the patient’s own', async () => {
    stopDateAt(sunday);
    const banner = await open(answering(held(islington, { ...islington, code: planCodes.unborn }, ended)));
    expect(textOf(banner, '[part=plans]')).to.equal(
      'Plans Patient Child protection plan Since 26-Sep-2025 · Islington ' +
        'Ended 14-Mar-2026: child protection plan · Islington Unborn baby Child protection plan Since 26-Sep-2025 · Islington',
    );
  });
});
