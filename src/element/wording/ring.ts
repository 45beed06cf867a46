import type { Today } from '../../domain/clocks.js';
import type { Contact } from '../../domain/contact.js';
import type { Line } from '../../domain/office-hours.js';
import type { Phone } from '../../domain/phone.js';
import { openOf, type Plan } from '../../domain/plan.js';
import { kindsBeside, nameOf } from './plans.js';

/** Whom to ring, and on which line. */

export const lineNames: Readonly<Record<Line | 'other', string>> = {
  office: 'office',
  'emergency-duty': 'emergency duty team',
  other: 'other number',
};

/** A number as it is read and copied: "020 7946 0123 ext 45". */
export const phoneText = ({ display, extension }: Phone): string =>
  extension === undefined ? display : `${display} ext ${extension}`;

/** The words before the authority: a call handler reads numbers that are for somebody else. */
export type Ringing = 'if-concerned' | 'for-the-clinician' | 'compact';

const ringing: Readonly<Record<Ringing, string>> = {
  'if-concerned': 'If concerned, ring ',
  'for-the-clinician': 'For the clinician: ',
  compact: '',
};

export const ringTitle = (how: Ringing, authority: string | undefined, line: Line | 'other'): string =>
  `${ringing[how]}${authority === undefined ? 'the responsible authority’s' : nameOf(authority)} ${lineNames[line]}`;

export const ringSeveral = (how: Ringing, line: Line, when: string | undefined): string =>
  `${how === 'for-the-clinician' ? 'For the clinician' : 'If concerned, ring'}${when === undefined ? '' : ` (the offices ${line === 'office' ? 'are usually open until' : 'usually open again'} ${when})`}`;

export const mayNotAnswer = 'may not answer in office hours';

/** `when`: such as "17:00" or "09:00 Monday". */
export const officeUsually = (line: Line, when: string): string =>
  line === 'office' ? `usually open until ${when}` : `usually opens ${when}`;

/** Whom to ask for, in office hours, about this authority's plans. */
export function askFor(plans: readonly Plan[], today: Today): string {
  const open = openOf(plans, today);
  if (open.length === 0) return 'Ask for the duty social worker.';
  if (open.every(({ kind }) => kind === 'unborn')) return 'Ask for the unborn baby’s social worker.';
  return open.every(({ kind }) => kind === 'looked-after')
    ? 'Ask for the allocated social worker or personal adviser.'
    : 'Ask for the allocated social worker.';
}

export const noOffice = 'No office number in CP-IS.';
export const noEmergencyDuty = (authority: string | undefined): string =>
  `No emergency duty number in CP-IS. Ask switchboard for ${authority === undefined ? 'it' : `${nameOf(authority)}’s`}.`;
export const noNumber = (authority: string | undefined, plans: readonly Plan[]): string =>
  `${nameOf(authority)} · ${kindsBeside(plans)}: no number in CP-IS. Ask switchboard.`;
export const nobodyNamed = 'CP-IS gives no authority or number. Concerned? Refer as usual, where the patient lives.';

/** "child protection plan", "looked after": beside an authority's name. */
export const plansBeside = kindsBeside;
export const alsoEnded = 'Plan ended';

/** A link's or a button's name: what is shown, and whose it is. */
export const ringName = (authority: string, line: Line | 'other', phone: string): string =>
  `Ring ${authority} ${lineNames[line]} ${phone}`;
export const copyName = (authority: string, line: Line | 'other', phone: string): string =>
  `Copy ${authority} ${lineNames[line]} ${phone}`;
export const copy = 'Copy';
export const copied = 'Copied';
export const notCopied = 'Not copied';

export const hoursUnreadable = 'Office hours set on this screen could not be read. Usual hours shown.';
export const holidaysUnknown = 'Bank holidays for this year are not known. The office may be closed.';
export const clockDiffers = 'This computer’s clock and CP-IS’s differ. Check the time before you choose a number.';

/** "Islington (child protection plan); Hackney (looked after) too", or the one there is. */
export function ringThem(contacts: readonly Pick<Contact, 'authority' | 'plans'>[]): string {
  const named = contacts.filter(({ authority }) => authority !== undefined);
  const [only] = named;
  if (only === undefined) return 'the responsible authority';
  if (named.length === 1) return nameOf(only.authority);
  return `${named.map(({ authority, plans }) => `${nameOf(authority)} (${kindsBeside(plans)})`).join('; ')} too`;
}
