import type { Today } from '../../domain/clocks.js';
import type { AccessHistory } from '../../domain/access-history.js';
import type { Instant } from '../../domain/calendar.js';
import type { Answer } from '../../domain/answer.js';
import { contactsOf, lineToRing, phonesFor, type Contact } from '../../domain/contact.js';
import type { LineNow } from '../../domain/office-hours.js';
import { mostUrgentFirst, phaseOf, type Plan } from '../../domain/plan.js';
import { readPhone } from '../../domain/phone.js';
import { formatDay, formatDayTime } from './dates.js';
import { from, incomplete, mayBeOld, nameOf, planName, until } from './plans.js';
import { lineNames, phoneText } from './ring.js';
import { lowerFirst } from './text.js';
import { visitsHeading } from './visits.js';

/** What a note is made of. */
export interface Noted {
  readonly answer: Answer;
  /** The number asked about; "" when there is no valid one. */
  readonly nhsNumber: string;
  readonly now: Instant;
  readonly today: Today;
  readonly lineOf: (contact: Contact) => LineNow;
  readonly history: AccessHistory | undefined;
  /** The history may lack some views. */
  readonly isHistoryIncomplete: boolean;
  readonly isSilent: boolean;
}

const hideOnline = 'Safeguarding: hide from online and proxy access.';

/**
 * "Copy for the notes": what a clinician would write down about this check. No place, no staff, no whole NHS number,
 * never "alert received": it goes into a record that the family may come to read.
 */
export function noteText(noted: Noted): string {
  const { answer, now } = noted;
  switch (answer.status) {
    case 'none':
      return `CP-IS checked ${formatDayTime(answer.checkedAt)}${whose(noted)}: no record. This does not rule out a concern.`;
    case 'not-checked':
      return `CP-IS could not be checked ${formatDayTime(now)}${whose(noted)}: status unknown. Referred as usual? No / Yes (whom, when):`;
    case 'current':
    case 'ended':
      return [
        hideOnline,
        `CP-IS checked ${formatDayTime(answer.checkedAt)}${whose(noted)}.`,
        ...('kept' in answer ? [mayBeOld] : []),
        `${mostUrgentFirst(answer.plans, noted.today)
          .map((plan, at) => sayPlan(plan, noted.today, at === 0))
          .join('; ')}.`,
        ...(answer.incomplete ? [incomplete] : []),
        visits(noted),
        ...numbers(answer.plans, noted),
        'Rang social care? No / Yes (whom, when, outcome):',
      ].join(' ');
  }
}

const whose = ({ nhsNumber }: Noted): string => (nhsNumber === '' ? '' : `, NHS No. ending ${nhsNumber.slice(-4)}`);

function sayPlan(plan: Plan, today: Today, isFirst: boolean): string {
  const name = plan.kind === 'unborn' ? 'Unborn baby: child protection plan' : planName(plan);
  return `${isFirst ? name : lowerFirst(name)} ${from(plan, today)}${ending(plan, today)}, ${nameOf(plan.authority)}`;
}

function ending(plan: Plan, today: Today): string {
  if (plan.end === undefined) return '';
  return phaseOf(plan, today) === 'ended' ? `, ended ${formatDay(plan.end)}` : ` ${until(plan.end)}`;
}

function visits({ history, isHistoryIncomplete, isSilent }: Noted): string {
  if (history === undefined) return 'Earlier visits not available.';
  if (history.before.views === 0)
    return isHistoryIncomplete ? 'Earlier visits not available.' : 'No earlier visits in CP-IS.';
  return `${visitsHeading(history, isHistoryIncomplete, isSilent)}.`;
}

/** The number shown on the screen as the one to ring now. */
function numbers(plans: readonly Plan[], { today, lineOf }: Noted): readonly string[] {
  return contactsOf(plans, today)
    .filter(({ responsible }) => responsible)
    .flatMap((contact) => {
      const which = lineToRing(contact, lineOf(contact).line);
      if (which === undefined) return [];
      return phonesFor(contact, which)
        .slice(0, 1)
        .map((phone) => `${nameOf(contact.authority)} ${lineNames[which]} ${phoneText(readPhone(phone))}.`);
    });
}
