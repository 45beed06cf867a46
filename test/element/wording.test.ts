import { expect } from 'chai';

import type { CpIsBanner } from '../../src/index.js';
import { accesses, held, otherNumber, planCodes, type AccessFacts, type CareTeamFacts } from '../fixtures/bundles.js';
import { textOf, unmountAll } from '../support/page/banner.js';
import { resume, stopDateAt } from '../support/page/clock.js';
import { pressAll } from '../support/page/page.js';
import { ended, hackney, islington, open, stateNamed, sunday, type State } from '../support/page/states.js';

/** The sentences as the safeguarding lead read them, each in its situation. */
interface Situation {
  readonly state: State;
  readonly attendance?: 'scheduled' | 'unscheduled';
  readonly properties?: Partial<CpIsBanner>;
  /** A moment other than the Sunday evening. */
  readonly at?: string;
  readonly press?: RegExp;
  readonly says: readonly string[];
  readonly doesNotSay?: readonly string[];
}

const on = (name: string): Pick<Situation, 'state'> => ({ state: stateNamed(name) });

/** Both calls are answered, at a moment. */
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
  'CP-IS alerts Islington automatically. Don’t assume anyone has read it. Concerned? Ring before the patient leaves.';
const tuesday = '2026-11-24T14:05:00Z';
const endedUnborn = { ...hackney, code: planCodes.unborn, start: '2026-05-01', end: '2026-11-21' };
const newborn =
  'Newborn? A plan may be on the mother’s record. Check hers only if she is being seen here now; if not and concerned, ask social care.';
const none =
  'No CP-IS record for this NHS number. This does not rule out a concern: CP-IS shows only current and recent plans and looked-after children, England only.';
const heldBy = (...teams: readonly CareTeamFacts[]): Pick<Situation, 'state'> => ({ state: answering(held(...teams)) });
const onTuesday = (...teams: readonly CareTeamFacts[]): Pick<Situation, 'state' | 'at'> => ({
  state: answering(held(...teams), [], tuesday),
  at: tuesday,
});
const endedBy = (...teams: readonly CareTeamFacts[]): Pick<Situation, 'state'> => ({
  state: { ...answering(held(...teams)), is: ['ended', undefined, 'shown'] },
});

const situations: Readonly<Record<string, Situation>> = {
  // ---- headings
  'a child protection plan': {
    ...on('child protection plan'),
    says: ['Child protection plan', 'since 26-Sep-2025 · Islington', alert],
  },
  'looked after': {
    ...on('looked after'),
    says: [
      'Looked after',
      'CP-IS does not show who can consent. If the patient can’t, ask Hackney. Don’t delay urgent treatment.',
    ],
  },
  'looked after by two authorities': {
    ...heldBy(hackney, { ...hackney, name: islington.name }),
    says: ['Looked after: 2 records. Ask which authority is responsible.'],
  },
  'an unborn baby': {
    ...on('unborn baby'),
    says: [
      'Unborn baby: child protection plan',
      'The plan is the unborn baby’s; CP-IS holds it here, on the mother’s record. Mother under 18? Consider her safety too.',
      'Concerned? Ring now; don’t wait for discharge.',
      'After birth: give Sheffield the baby’s NHS number.',
    ],
  },
  'a plan of an unknown type': {
    ...on('plan of an unknown type'),
    says: ['CP-IS record held. Plan type not recognised.', 'code 12345'],
  },
  'several kinds': {
    ...on('child protection plan and looked after'),
    says: ['Child protection plan and looked after'],
  },
  'own and unborn': {
    ...on('the patient’s own plan and an unborn baby’s'),
    press: /^Details$/,
    says: ['Child protection plan. Unborn baby also has one.', 'Patient', 'Unborn baby'],
  },
  'looked after and unborn': {
    ...heldBy(hackney, { ...hackney, code: planCodes.unborn }),
    says: ['Unborn baby: child protection plan. Patient looked after.'],
  },
  'a plan, and an unborn baby’s that has ended': {
    ...heldBy(islington, endedUnborn),
    says: ['Child protection plan. Unborn baby’s plan ended 21-Nov-2026.'],
  },
  'a plan that starts later': {
    ...on('plan that has not started'),
    says: ['Child protection plan starts 01-Dec-2026. Treat as current.'],
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
  'a care leaver': {
    ...endedBy({ ...hackney, start: '2012-05-01', end: '2026-01-12' }),
    says: [
      'Looked after until 12-Jan-2026',
      'May have no social worker or personal adviser now.',
      'Adult? Ask them first, unless that adds risk.',
    ],
  },
  'an unborn baby’s plan that has ended': {
    ...endedBy(endedUnborn),
    says: [
      'Unborn baby’s plan ended 21-Nov-2026',
      'If born, a plan may be on the baby’s record.',
      'Check it only if the baby is being seen here now; if not and concerned, ask Hackney.',
      '020 7946 0456',
      '020 7946 0188',
      'CP-IS alerts Hackney automatically.',
    ],
    doesNotSay: ['May have no social worker'],
  },

  // ---- whom to ring
  'out of office hours': {
    ...on('child protection plan'),
    says: [
      'If concerned, ring Islington emergency duty team 020 7946 0123',
      'office 020 7946 0199 usually opens 09:00 Monday',
    ],
  },
  'in office hours': {
    ...onTuesday(islington),
    says: [
      'If concerned, ring Islington office (usually open until 17:00). Ask for the allocated social worker. 020 7946 0199',
      'emergency duty team 020 7946 0123',
    ],
  },
  'in office hours, looked after': {
    ...onTuesday(hackney),
    says: ['Ask for the allocated social worker or personal adviser.'],
  },
  'in office hours, unborn': {
    ...onTuesday({ ...hackney, code: planCodes.unborn }),
    says: ['Ask for the unborn baby’s social worker.'],
  },
  'in office hours, ended': {
    ...onTuesday({ ...islington, end: '2026-03-14' }),
    state: { ...answering(held({ ...islington, end: '2026-03-14' }), [], tuesday), is: ['ended', undefined, 'shown'] },
    says: ['Ask for the duty social worker.'],
  },
  'two authorities': {
    ...heldBy(islington, hackney),
    says: [
      'If concerned, ring (the offices usually open again 09:00 Monday)',
      'Islington, emergency duty team child protection plan · office 020 7946 0199',
      'Hackney, emergency duty team looked after · office 020 7946 0188',
      'CP-IS alerts Islington and Hackney automatically.',
    ],
  },
  'no office number, by day': {
    ...onTuesday({ ...islington, office: '' }),
    says: [
      'If concerned, ring Islington emergency duty team (may not answer in office hours) 020 7946 0123',
      'No office number in CP-IS.',
    ],
    doesNotSay: ['Islington office'],
  },
  'no emergency duty number, by night': {
    ...heldBy({ ...islington, emergency: '' }),
    says: ['No emergency duty number in CP-IS. Ask switchboard for Islington’s.', 'office 020 7946 0199'],
    doesNotSay: ['ring Islington emergency duty team'],
  },
  'no emergency duty number, by day': {
    ...onTuesday({ ...islington, emergency: '' }),
    says: ['If concerned, ring Islington office', 'No emergency duty number in CP-IS.'],
  },
  'one of two authorities without a number': {
    ...heldBy(islington, { ...hackney, name: 'Haringey', office: '', emergency: '' }),
    says: ['Haringey · looked after: no number in CP-IS. Ask switchboard.', '020 7946 0123'],
  },
  'no authority and no number': {
    ...heldBy({ ...islington, name: '', office: '', emergency: '' }),
    says: [
      'CP-IS gives no authority or number. Concerned? Refer as usual, where the patient lives.',
      'CP-IS alerts the responsible authority automatically.',
    ],
    doesNotSay: ['usually open'],
  },

  // ---- what was done, and what to do
  'NHS 111': {
    ...on('child protection plan'),
    properties: { careSetting: 'nhs-111' },
    says: [
      'Concerned? Tell your clinician before the call ends. Don’t tell the caller what CP-IS shows. CP-IS alerts Islington automatically. Don’t assume anyone has read it.',
      'For the clinician: Islington emergency duty team 020 7946 0123',
    ],
    doesNotSay: ['Ring before the patient leaves.', 'If concerned, ring'],
  },
  'an ambulance': {
    ...on('child protection plan'),
    properties: { careSetting: 'ambulance' },
    says: ['Concerned? Ring before you leave the patient.'],
  },
  'a GP out of hours': {
    ...on('child protection plan'),
    properties: { careSetting: 'gp-out-of-hours' },
    says: ['Concerned? Ring before the contact ends.'],
  },
  'a paediatric ward': {
    ...on('child protection plan'),
    properties: { careSetting: 'paediatric-ward' },
    says: ['Concerned? Ring now; don’t wait for discharge.'],
  },
  'scheduled, a current plan': {
    ...on('looked after'),
    attendance: 'scheduled',
    says: [
      'Planned care: this check sent no alert. Concerned? Ring Hackney. Not in your record? Ask Hackney for background.',
    ],
    doesNotSay: ['CP-IS alerts'],
  },
  'scheduled, two authorities': {
    ...heldBy(islington, hackney),
    attendance: 'scheduled',
    says: ['Concerned? Ring Islington (child protection plan); Hackney (looked after) too.'],
  },
  'scheduled, an ended plan': {
    ...on('ended'),
    attendance: 'scheduled',
    says: ['Planned care: this check sent no alert. Concerned? Ring Islington.'],
    doesNotSay: ['Not in your record?', 'CP-IS alerts'],
  },
  'a termination service': {
    ...on('looked after'),
    attendance: 'scheduled',
    properties: { careSetting: 'termination-of-pregnancy' },
    says: ['Ringing tells Hackney the patient is here. Share only what is needed.'],
    doesNotSay: ['Not in your record?'],
  },
  'not brought': {
    ...on('child protection plan'),
    attendance: 'scheduled',
    properties: { attendance: 'not-brought' },
    says: ['Missed or not brought: CP-IS does not tell Islington. Follow your policy. Concerned? Ring Islington.'],
    doesNotSay: ['CP-IS alerts', 'Planned care'],
  },
  'not brought, none': {
    ...on('none'),
    attendance: 'scheduled',
    properties: { attendance: 'not-brought' },
    says: ['Missed or not brought: follow your policy all the same.'],
  },
  'opened in error': {
    ...on('child protection plan'),
    press: /^Opened in error\?$/,
    says: ['The alert can’t be recalled. Ring Islington, say so; tell your safeguarding team; report it locally.'],
  },
  'opened in error, scheduled': {
    ...on('child protection plan'),
    attendance: 'scheduled',
    press: /^Opened in error\?$/,
    says: ['No alert was sent. Report it locally.'],
    doesNotSay: ['recalled'],
  },

  // ---- none and checking
  none: { ...on('none'), says: [none, 'Concerned? Refer as usual.', newborn], doesNotSay: ['Pregnant?'] },
  'none, a dental emergency': {
    ...on('none'),
    properties: { careSetting: 'emergency-dental' },
    says: [none],
    doesNotSay: ['Newborn?'],
  },
  'none, scheduled': { ...on('none'), attendance: 'scheduled', says: [none], doesNotSay: ['Newborn?'] },
  'none, maternity': {
    ...on('none, on a maternity unit'),
    says: [newborn, 'Pregnant? An unborn baby’s plan shows only if the authority sent the mother’s NHS number.'],
  },
  'none, NHS 111': {
    ...on('none'),
    properties: { careSetting: 'nhs-111' },
    says: ['Concerned? Tell your clinician.'],
    doesNotSay: ['Refer as usual'],
  },
  'not checked, NHS 111': {
    ...on('not checked: busy'),
    properties: { careSetting: 'nhs-111' },
    says: ['Concerned? Tell your clinician.'],
    doesNotSay: ['refer as usual'],
  },
  checking: { ...on('checking'), says: ['Checking CP-IS… recorded under your name.'] },
  'checking, scheduled': {
    ...on('checking'),
    attendance: 'scheduled',
    says: ['Checking CP-IS…'],
    doesNotSay: ['recorded'],
  },

  // ---- discreet
  'discreet, held': {
    ...on('child protection plan'),
    properties: { discreet: true },
    says: ['Please read: CP-IS', 'Show'],
    doesNotSay: ['Child protection', 'Islington', '999 000 0018'],
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
  hidden: { ...on('child protection plan'), press: /^Hide$/, says: ['CP-IS hidden Show'], doesNotSay: ['Islington'] },

  // ---- visits
  'earlier visits': {
    state: answering(held(), thirteenViews),
    says: ['About 8 earlier visits, 2 in the last 30 days at 4 services · CP-IS viewed 13 times'],
  },
  'earlier visits, scheduled': {
    state: answering(held(), thirteenViews),
    attendance: 'scheduled',
    says: ['About 8 unscheduled visits, 2 in the last 30 days'],
  },
  'one earlier visit': {
    state: answering(held(), [{ at: '2026-09-20T02:15:00Z', place: 'Royal London Hospital' }]),
    says: ['1 earlier visit, none in the last 30 days at 1 service · CP-IS viewed once'],
  },
  'no earlier visits': {
    ...on('visits empty'),
    says: ['No earlier visits in CP-IS. Visits without a CP-IS view don’t show.'],
  },
  'a colleague at this service': {
    state: answering(held(), [
      { at: sunday, viewer: 'Ms Hannah LEWIS', place: 'Whittington Hospital' },
      { at: '2026-11-22T20:44:00Z', viewer: 'Dr Amira SHAH', place: 'Whittington Hospital' },
      { at: '2026-11-22T20:45:00Z', viewer: 'Mr Daniel OKAFOR', place: 'Whittington Hospital' },
    ]),
    properties: { service: 'Whittington Hospital' },
    says: ['No earlier visits in CP-IS.', 'Also viewed here in the last 12 hours: 2 staff'],
  },
  'a view of this evening, and nobody knows where we are': {
    state: answering(held(), [{ at: '2026-11-22T20:44:00Z', place: 'Royal London' }]),
    says: ['No earlier visits in CP-IS.', 'Viewed in the last 12 hours at Royal London: 1 staff'],
    doesNotSay: ['1 earlier visit'],
  },
  'visits failed': {
    ...on('visits failed'),
    properties: { encounter: 'one' },
    says: ['Earlier visits did not load. There may be some. Try again'],
  },
  'visits of another number': {
    state: {
      ...answering(held()),
      is: ['current', undefined, 'failed'],
      scripts: { ...answering(held()).scripts, AuditEvent: { body: accesses([{ at: sunday, number: otherNumber }]) } },
    },
    says: ['Earlier visits were for another NHS number. Not shown. Report it now: IT and the safeguarding team.'],
    doesNotSay: ['Try again'],
  },
  'visits by the patient flags': {
    ...on('visits unavailable'),
    attendance: 'scheduled',
    says: ['Earlier visits are not shown in this system. There may be some.'],
  },
  'the table': {
    ...on('child protection plan'),
    properties: { layout: 'panel' },
    says: [
      'Visit Where Viewed by',
      'Visits are an estimate: returns within 12 hours may show as one, a long stay as several. Don’t share places or authority with the family: a placement may be confidential.',
    ],
  },

  // ---- when, and what is wrong with an answer
  'checked a moment ago': {
    state: answering(held(islington)),
    says: ['NHS No. 999 000 0018 21:42'],
    doesNotSay: ['hours ago'],
  },
  incomplete: { ...on('incomplete answer'), says: ['The answer was incomplete. There may be more.'] },
  'incomplete, nothing current': {
    ...on('not checked: unreadable, plans listed'),
    says: [
      'CP-IS not checked: status unknown',
      'The answer was incomplete. There may be a current plan.',
      'Ended 14-Mar-2026: child protection plan · Islington',
    ],
  },
  'a computer that is an hour ahead': {
    state: answering(held(islington), [], '2026-11-22T20:42:00Z'),
    says: ['This computer’s clock and CP-IS’s differ. Check the time before you choose a number.'],
  },
};

const lines: Readonly<Record<string, string>> = {
  'no-attendance': 'No current attendance. CP-IS is asked when there is one.',
  'nhs-number-missing': 'No NHS number. Trace it. Newborn? A plan may be on the mother’s record.',
  'nhs-number-invalid': 'NHS number not valid. Correct it.',
  'nhs-number-unverified': 'NHS number not confirmed. Trace it first.',
  'care-setting-missing': 'Not set up on this screen. Tell IT.',
  'care-setting-unknown': 'Not set up on this screen. Tell IT.',
  'attendance-missing': 'Record whether this visit is planned.',
  misconfigured: 'Not set up on this screen. Tell IT.',
  'signed-out': 'Sign in again, then Check again.',
  'access-denied': 'Your role cannot make this check. Ask a colleague who is caring for this patient.',
  refused: 'CP-IS refused the request. Tell IT.',
  busy: 'CP-IS is busy. Try in a minute.',
  unreachable: 'No connection to CP-IS.',
  'timed-out': 'CP-IS did not answer.',
  'register-error': 'CP-IS has a fault.',
  unreadable: 'The answer could not be read safely.',
  'check-again': 'This page was left. Check again.',
  'wrong-patient': 'The answer was for another NHS number. Nothing shown. Report it now: IT and the safeguarding team.',
};
const beforeAnyRequest = /^(no-attendance|nhs-number|care-setting|attendance|misconfigured)/;
const cannotHelp = ['access-denied', 'wrong-patient'];
const withoutNumber = ['nhs-number-missing', 'nhs-number-invalid'];

describe('the sentences are as the safeguarding lead read them, each in its situation', () => {
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
      const asked = !beforeAnyRequest.test(reason);
      const toDo = reason === 'no-attendance' ? '' : ' Concerned? Don’t wait: refer as usual.';
      const number = withoutNumber.includes(reason) ? '' : ' NHS No. 999 000 0018';
      const again = asked && !cannotHelp.includes(reason) ? ' Check again' : '';
      const rest = `${toDo}${number} Copy for the notes${again}`;
      const banner = await open(state);
      const alertLine = asked ? ' Don’t rely on an alert.' : '';
      expect(textOf(banner)).to.equal(`CP-IS not checked: status unknown ${line}${alertLine}${rest}`);
      if (state.only !== undefined) return;
      const silent = await open(state, 'scheduled');
      expect(textOf(silent)).to.equal(`CP-IS not checked: status unknown ${line}${rest}`);
    });

  it('an unborn baby’s plan is never merged with the patient’s own', async () => {
    stopDateAt(sunday);
    const banner = await open(answering(held(islington, { ...islington, code: planCodes.unborn }, ended)));
    await pressAll(banner, /^Details$/);
    expect(textOf(banner, '[part=plans]')).to.equal(
      'Plans Patient Child protection plan Since 26-Sep-2025 · Islington ' +
        'Ended 14-Mar-2026: child protection plan · Islington Unborn baby Child protection plan Since 26-Sep-2025 · Islington',
    );
  });
});
