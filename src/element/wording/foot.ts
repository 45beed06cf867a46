import type { Today } from '../../domain/clocks.js';
import { isSilent, type Attendance, type CareSetting } from '../../domain/care-setting.js';
import { contactsOf } from '../../domain/contact.js';
import { openOf, standingOf, type Plan } from '../../domain/plan.js';
import { namesOf } from './plans.js';
import { ringThem } from './ring.js';
import { listed, type Emphasised } from './text.js';

/** What was done and what to do, after an answer that holds a record. */

/** The check that a foot is about. */
export interface Checked {
  readonly attendance: Attendance;
  readonly setting: CareSetting;
  readonly plans: readonly Plan[];
  readonly today: Today;
  /** The answer was cached on its way: nothing is known of an alert. */
  readonly kept: boolean;
}

const unnamed = 'the responsible authority';
const allOf = (names: readonly string[]): string => listed(names) || unnamed;
const oneOf = (names: readonly string[]): string => names.join(' or ') || unnamed;

const whenToRing: Partial<Record<CareSetting, string>> = {
  'paediatric-ward': 'Ring now; don’t wait for discharge.',
  'maternity-unit': 'Ring now; don’t wait for discharge.',
  ambulance: 'Ring before you leave the patient.',
  'gp-out-of-hours': 'Ring before the contact ends.',
};

export const tellYourClinician = 'Concerned? Tell your clinician';
const dontAssume = 'Don’t assume anyone has read it.';

export function footLines(checked: Checked): readonly Emphasised[] {
  const { attendance, setting, plans, today, kept } = checked;
  if (isSilent(attendance)) return [silent(checked)];
  const alerts = `CP-IS alerts ${allOf(namesOf(standingOf(plans, today)))} automatically.`;
  if (setting === 'nhs-111') {
    const untold = 'Don’t tell the caller what CP-IS shows.';
    return [[`${tellYourClinician} before the call ends.`, kept ? untold : `${untold} ${alerts} ${dontAssume}`]];
  }
  const toDo = `Concerned? ${whenToRing[setting] ?? 'Ring before the patient leaves.'}`;
  const first: Emphasised = kept ? [toDo, ''] : [alerts, `${dontAssume} ${toDo}`];
  const unborn = openOf(plans, today).filter(({ kind }) => kind === 'unborn');
  if (setting !== 'maternity-unit' || unborn.length === 0) return [first];
  return [first, ['After birth:', `give ${oneOf(namesOf(unborn))} the baby’s NHS number.`]];
}

function silent({ attendance, setting, plans, today }: Checked): Emphasised {
  const names = namesOf(standingOf(plans, today));
  const ring = `Concerned? Ring ${ringThem(contactsOf(plans, today).filter(({ responsible }) => responsible))}.`;
  if (attendance === 'not-brought')
    return [`Missed or not brought: CP-IS does not tell ${oneOf(names)}.`, `Follow your policy. ${ring}`];
  return ['Planned care: this check sent no alert.', ring + besides(setting, names, openOf(plans, today).length > 0)];
}

function besides(setting: CareSetting, names: readonly string[], isAnyOpen: boolean): string {
  // Ringing tells an authority where the patient is, which in these two settings is first the patient's own affair.
  if (setting === 'termination-of-pregnancy' || setting === 'sexual-assault-referral-centre')
    return ` Ringing tells ${oneOf(names)} the patient is here. Share only what is needed.`;
  return isAnyOpen ? ` Not in your record? Ask ${oneOf(names)} for background.` : '';
}

/** What else to know about these plans. */
export function footNotes(plans: readonly Plan[], today: Today): readonly string[] {
  const open = openOf(plans, today);
  const lookedAfter = open.filter(({ kind }) => kind === 'looked-after');
  return [
    ...(open.some(({ kind }) => kind === 'unborn') ? [heldOnThisRecord] : []),
    ...(lookedAfter.length > 0 ? [consent(namesOf(lookedAfter))] : []),
  ];
}

const heldOnThisRecord =
  'The plan is the unborn baby’s; CP-IS holds it here, on the mother’s record. Mother under 18? Consider her safety too.';
const consent = (names: readonly string[]): string =>
  `CP-IS does not show who can consent. If the patient can’t, ask ${oneOf(names)}. Don’t delay urgent treatment.`;

/** What to know when every plan has ended, and what to do. An unborn baby's may be followed by the baby's own. */
export function endedNotes(plans: readonly Plan[]): readonly [toKnow: string, toDo?: string] {
  const unborn = plans.filter(({ kind }) => kind === 'unborn');
  if (unborn.length > 0)
    return [
      'If born, a plan may be on the baby’s record.',
      `Check it only if the baby is being seen here now; if not and concerned, ask ${oneOf(namesOf(unborn))}.`,
    ];
  const isCareLeaver = plans.some(({ kind }) => kind === 'looked-after');
  return isCareLeaver
    ? ['May have no social worker or personal adviser now.', 'Adult? Ask them first, unless that adds risk.']
    : ['May have no social worker now.'];
}

export const openedInError = 'Opened in error?';
export const openedInErrorAdvice = (attendance: Attendance, names: readonly string[]): string =>
  isSilent(attendance)
    ? 'No alert was sent. Report it locally.'
    : `The alert can’t be recalled. Ring ${allOf(names)}, say so; tell your safeguarding team; report it locally.`;
